"""Series: what takes place again and again, its days and its readiness."""

import uuid
from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.actions.occasions import add_day, avoid_holidays, except_day
from symposia.activities.actions.refreshing import look_at
from symposia.activities.actions.series import (
    SeriesFacts,
    begin_series,
    change_series,
    copy_to_next_year,
)
from symposia.activities.models import DeliveryForm, Mode, Refresh, Repeats, Series, Type
from symposia.activities.owing import facts_hidden
from symposia.activities.series import refreshes_of
from symposia.activities.series_board import BoardRow, board_of_series
from symposia.activities.series_lists import SERIES
from symposia.activities.tasks import ask_for_sessions
from symposia.activities.wall import objection_to_planning
from symposia.api.fields import Clock, Zone
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.shared.refusals import refuse_if

router = Router(tags=["series"])
list_route(router, SERIES)


class FactsOfSeries(Schema):
    """The rule of a series, and what each of its sessions is."""

    title: str = Field(min_length=1, max_length=200)
    type: Type
    repeats: Repeats
    interval: int = Field(ge=1, le=60)
    first_on: date = Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))
    until_on: date = Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))
    clock: Clock
    minutes: int = Field(ge=1, le=1440)
    zone: Zone
    delivery: DeliveryForm
    summary: str = Field("", max_length=4000)
    venue_name: str = Field("", max_length=200)
    city: str = Field("", max_length=120)
    country: str = Field("", pattern="^([A-Z]{2})?$")
    online_address: str = Field("", max_length=500, pattern=r"^(https?://[^\s\x00]+)?$")
    capacity: int | None = Field(None, ge=1, le=1_000_000)
    expected_attendance: int = Field(0, ge=0, le=1_000_000)


class NewSeries(FactsOfSeries):
    """A new series; its mode is chosen once."""

    mode: Mode


class ChangedSeries(FactsOfSeries):
    """All facts of a series, written on a version that was read before."""

    seen_version: int


class ExceptedDay(Schema):
    """A day that is skipped, or held on another."""

    day: date
    moved_to: date | None = Field(None, ge=date(2000, 1, 1), le=date(2100, 12, 31))
    reason: str = Field(min_length=1, max_length=300)


class AddedDay(Schema):
    """A day more than the rule has."""

    day: date = Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))
    reason: str = Field(min_length=1, max_length=300)


class Looked(Schema):
    """What somebody found who looked at something taken over."""

    note: str = Field(min_length=1, max_length=300)


class DayOut(Schema):
    """A day of a series, its activity and what that waits for."""

    day: date
    on: date | None
    kind: str
    reason: str
    activity: str
    state: str
    conditions: dict[str, str]


class RefreshOut(Schema):
    """Something taken over from another year."""

    id: uuid.UUID
    kind: str
    statement: str
    looked_by_name: str


class SeriesOut(Schema):
    """A series with its year."""

    id: uuid.UUID
    number: str
    title: str
    version: int
    days: list[DayOut]
    taken_over: list[RefreshOut]


@router.post("", response={201: SeriesOut}, operation_id="begin_series")
@allowed(Permission.PLAN_ACTIVITIES)
def begin(request: Any, body: NewSeries) -> dict[str, Any]:
    """Plan something that takes place again and again."""
    refuse_if(objection_to_planning(request.access, body.mode))
    facts = SeriesFacts(**body.dict(exclude={"mode"}))
    return _out(request, begin_series(facts, mode=body.mode, owner=request.user, by=request.actor))


@router.get("/{uuid:pk}", response=SeriesOut, operation_id="series")
@allowed(Permission.VIEW_ACTIVITIES)
def series(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One series with the readiness of its year."""
    return _out(request, _series(request, pk, Permission.VIEW_ACTIVITIES))


@router.put("/{uuid:pk}", response=SeriesOut, operation_id="change_series")
@allowed(Permission.PLAN_ACTIVITIES)
def change(request: Any, pk: uuid.UUID, body: ChangedSeries) -> dict[str, Any]:
    """Change a series; its sessions follow where nobody said otherwise."""
    facts = SeriesFacts(**body.dict(exclude={"seen_version"}))
    found = _series(request, pk)
    return _out(
        request, change_series(found, facts, seen_version=body.seen_version, by=request.actor)
    )


class SessionsAsked(Schema):
    """How many sessions a job makes now."""

    sessions: int


@router.post("/{uuid:pk}/sessions", response={202: SessionsAsked}, operation_id="make_occasions")
@allowed(Permission.PLAN_ACTIVITIES)
def sessions(request: Any, pk: uuid.UUID) -> Status[dict[str, int]]:
    """Make an activity for each day that has none, as a job."""
    return Status(202, {"sessions": ask_for_sessions(_series(request, pk), by=request.actor)})


@router.post("/{uuid:pk}/exceptions", response=SeriesOut, operation_id="except_day")
@allowed(Permission.PLAN_ACTIVITIES)
def exception(request: Any, pk: uuid.UUID, body: ExceptedDay) -> dict[str, Any]:
    """Skip a day, or hold it on another."""
    found = _series(request, pk)
    except_day(found, body.day, moved_to=body.moved_to, reason=body.reason, by=request.actor)
    return _out(request, found)


@router.post("/{uuid:pk}/days", response=SeriesOut, operation_id="add_day")
@allowed(Permission.PLAN_ACTIVITIES)
def extra_day(request: Any, pk: uuid.UUID, body: AddedDay) -> dict[str, Any]:
    """Hold it on one day more."""
    found = _series(request, pk)
    add_day(found, body.day, reason=body.reason, by=request.actor)
    return _out(request, found)


@router.post("/{uuid:pk}/holidays", response=SeriesOut, operation_id="avoid_holidays")
@allowed(Permission.PLAN_ACTIVITIES)
def holidays(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Move each day that meets a public holiday as proposed."""
    found = _series(request, pk)
    avoid_holidays(found, by=request.actor)
    return _out(request, found)


@router.post("/{uuid:pk}/copies", response={201: SeriesOut}, operation_id="copy_to_next_year")
@allowed(Permission.PLAN_ACTIVITIES)
def copy(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """The same series a year on; what it takes over is to be looked at."""
    return _out(request, copy_to_next_year(_series(request, pk), by=request.actor))


@router.put(
    "/{uuid:pk}/refreshes/{uuid:refresh_pk}", response=SeriesOut, operation_id="look_at_series"
)
@allowed(Permission.PLAN_ACTIVITIES)
def look(request: Any, pk: uuid.UUID, refresh_pk: uuid.UUID, body: Looked) -> dict[str, Any]:
    """Say that something taken over was looked at."""
    found = _series(request, pk)
    refresh = get_object_or_404(Refresh, series=found, pk=refresh_pk)
    look_at(refresh, note=body.note, by=request.actor)
    return _out(request, found)


def _series(
    request: Any, pk: uuid.UUID, permission: Permission = Permission.PLAN_ACTIVITIES
) -> Series:
    return get_object_or_404(Series.objects.visible_to(request.access, permission), pk=pk)


def _out(request: Any, found: Series) -> dict[str, Any]:
    hidden = facts_hidden(request.access, found.mode)
    names = ("id", "number", "title", "version")
    return {name: getattr(found, name) for name in names} | {
        "days": [_day(row) for row in board_of_series(found, at=now(), hidden=hidden).rows],
        "taken_over": refreshes_of(found),
    }


def _day(row: BoardRow) -> dict[str, Any]:
    known = row.readiness.known if row.readiness else []
    return {
        "day": row.day.planned_on,
        "on": row.day.on,
        "kind": row.day.kind,
        "reason": row.day.reason,
        "activity": row.activity.number if row.activity else "",
        "state": row.activity.state if row.activity else "",
        "conditions": {each.fact.name: each.reading.state for each in known},
    }
