"""The calendar: what takes place, days off, closed days, and one's own calendar addresses."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Query, Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.activities.actions.calendar import (
    close_day,
    make_feed,
    reopen_day,
    revoke_feed,
    rotate_feed,
)
from symposia.activities.calendar_choices import Wanted
from symposia.activities.calendar_lists import CALENDAR_FEEDS, CLOSED_DAYS
from symposia.activities.calendars import Entry, Span, activities_in
from symposia.activities.holidays import Holiday, holidays_between
from symposia.activities.models import CalendarFeed, ClosedDay, Mode, Type
from symposia.api.fields import WallTime
from symposia.api.gates import allowed, tells_a_secret
from symposia.api.lists import list_route
from symposia.directory.models import Territory

router = Router(tags=["calendar"])
list_route(router, CLOSED_DAYS, "/closed-days")
list_route(router, CALENDAR_FEEDS, "/feeds")
LONGEST = timedelta(days=400)
_FEEDS = "/api/v1/calendars/feeds"


class Asked(Schema):
    """A stretch of days, today and the month after unless said, and which activities."""

    first: date | None = None
    last: date | None = None
    mode: Mode | None = None
    type: Type | None = None
    owner: uuid.UUID | None = None
    venue: uuid.UUID | None = None
    territory: uuid.UUID | None = None
    area: str = Field("", max_length=120)

    def span(self) -> Span:
        first = self.first or local_day()
        last = self.last or first + timedelta(days=31)
        return Span(first, min(max(first, last), first + LONGEST))

    def wanted(self) -> Wanted:
        said = self.dict(exclude={"first", "last", "mode", "type"})
        return Wanted(mode=self.mode or "", type=self.type or "", **said)


class EntryOut(Schema):
    """An activity in the calendar."""

    id: uuid.UUID
    number: str
    title: str
    mode: str
    type: str
    state: str
    wall_starts: WallTime
    wall_ends: WallTime
    zone: str
    starts_at: datetime
    ends_at: datetime
    place: str
    country: str
    is_tentative: bool


class HolidayOut(Schema):
    """A public holiday; one that is not certain is to be verified."""

    day: date
    name: str
    country: str
    region: str
    citation: str
    is_certain: bool


class NewClosedDay(Schema):
    day: date
    name: str = Field(min_length=1, max_length=120)
    territory: uuid.UUID | None = None


class ClosedDayOut(Schema):
    id: uuid.UUID
    day: date
    name: str
    territory: uuid.UUID | None = Field(alias="territory_id")


class NewFeed(Schema):
    """A name to know it by, and filters as they stand in the calendar's address."""

    name: str = Field(min_length=1, max_length=80)
    filters: str = Field("", max_length=500)


class FeedOut(Schema):
    """The address is told this once."""

    id: uuid.UUID
    name: str
    address: str


class FeedEnded(Schema):
    id: uuid.UUID
    revoked_at: datetime | None


@router.get("/entries", response=list[EntryOut], operation_id="calendar_entries")
@allowed(Permission.VIEW_ACTIVITIES)
def entries(request: Any, asked: Query[Asked]) -> list[Entry]:
    """What takes place on some days, at most about a year of them."""
    return activities_in(request.access, asked.span(), asked.wanted())


@router.get("/holidays", response=list[HolidayOut], operation_id="holidays")
@allowed(Permission.VIEW_ACTIVITIES)
def public_holidays(
    request: Any, asked: Query[Asked], country: str = "", region: str = ""
) -> list[Holiday]:
    """Public holidays of a country, the organisation's own unless another is named."""
    span = asked.span()
    chosen = country[:2] or request.organisation.country
    return holidays_between(chosen, span.first, span.last, region=region[:6])


@router.post("/closed-days", response={201: ClosedDayOut}, operation_id="close_day")
@allowed(Permission.PLAN_ACTIVITIES)
def close(request: Any, body: NewClosedDay) -> ClosedDay:
    """Say that nothing is planned on a day."""
    territory = (
        get_object_or_404(Territory.objects.order_by("pk"), pk=body.territory)
        if body.territory
        else None
    )
    return close_day(body.day, name=body.name, territory=territory, by=request.actor)


@router.delete("/closed-days/{uuid:pk}", response={204: None}, operation_id="reopen_day")
@allowed(Permission.PLAN_ACTIVITIES)
def reopen(request: Any, pk: uuid.UUID) -> None:
    """Plan on that day as on any other."""
    closed = get_object_or_404(ClosedDay.objects.visible_to(request.access), pk=pk)
    reopen_day(closed, by=request.actor)


@router.post("/feeds", response={201: FeedOut}, operation_id="make_feed")
@allowed(Permission.VIEW_ACTIVITIES)
def make(request: Any, body: NewFeed, response: HttpResponse) -> dict[str, Any]:
    """A secret address for a calendar program."""
    tells_a_secret(response, _FEEDS)
    feed, secret = make_feed(request.user, name=body.name, filters=body.filters, by=request.actor)
    return _told(feed, secret)


@router.post("/feeds/{uuid:pk}/rotations", response=FeedOut, operation_id="rotate_feed")
@allowed(Permission.VIEW_ACTIVITIES)
def rotate(request: Any, pk: uuid.UUID, response: HttpResponse) -> dict[str, Any]:
    """Another address; the old one answers no more."""
    tells_a_secret(response, _FEEDS)
    return _told(*rotate_feed(_feed(request, pk), by=request.actor))


@router.post("/feeds/{uuid:pk}/revocation", response=FeedEnded, operation_id="revoke_feed")
@allowed(Permission.VIEW_ACTIVITIES)
def revoke(request: Any, pk: uuid.UUID) -> CalendarFeed:
    """End an address."""
    return revoke_feed(_feed(request, pk), by=request.actor)


def _told(feed: CalendarFeed, secret: str) -> dict[str, Any]:
    address = settings.ORIGIN + reverse("calendar_subscription", args=[secret])
    return {"id": feed.pk, "name": feed.name, "address": address}


def _feed(request: Any, pk: uuid.UUID) -> CalendarFeed:
    return get_object_or_404(CalendarFeed.objects.of(request.user.pk), pk=pk)
