"""Sessions in a room with fewer seats than people are expected."""

from typing import Any

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import PAST, Activity, Session
from symposia.activities.types import enduring_types
from symposia.shared.lists import Column, ListOf, Rows, Search


def _rows(access: Access) -> Rows:
    """Where all of an activity are in one room; of sessions side by side nobody knows how many
    come to which."""
    coming = Activity.objects.visible_to(access).exclude(state__in=PAST)
    held = Session.objects.filter(activity__in=coming.exclude(type__in=enduring_types()))
    beside = (
        Session.objects.filter(
            activity=OuterRef("activity"),
            starts_at__lt=OuterRef("ends_at"),
            ends_at__gt=OuterRef("starts_at"),
            is_break=False,
        )
        .exclude(pk=OuterRef("pk"))
        .order_by("pk")
    )
    small = held.filter(is_break=False, place__seats__lt=F("activity__expected_attendance"))
    rows: Rows = small.exclude(Exists(beside)).select_related("activity", "place__venue")
    return rows


def _search(rows: Any, text: str) -> Any:
    return rows.filter(activity__in=Activity.objects.search(text))


SMALL_ROOMS = ListOf(
    name="small_rooms",
    title=_("Rooms too small"),
    permission=Permission.VIEW_ACTIVITIES,
    rows=_rows,
    columns=(
        Column(
            "activity",
            _("Activity"),
            "activity__title",
            sort="activity__title",
            url=lambda s: ("activity_agenda", [s.activity_id]),
        ),
        Column("number", _("Number"), "activity__number", kind="id"),
        Column("session", _("Session"), "title", sort="title"),
        Column("starts_at", _("Begins"), "starts_at", sort="starts_at", kind="moment"),
        Column(
            "venue",
            _("Venue"),
            "place__venue__name",
            sort="place__venue__name",
            url=lambda s: ("venue", [s.place.venue_id]),
        ),
        Column("room", _("Room"), "place__name"),
        Column("seats", _("Seats"), "place__seats", sort="place__seats", kind="n"),
        Column("expected", _("Expected"), "activity__expected_attendance", kind="n"),
    ),
    filters=(Search("q", _("Words or number"), _search),),
    sort="starts_at",
    empty=_("Every room that is kept has a seat for everybody who is expected."),
)
