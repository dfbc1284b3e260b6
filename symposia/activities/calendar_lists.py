from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import (
    CalendarFeed,
    CalendarFeedQuerySet,
    ClosedDay,
    ClosedDayQuerySet,
)
from symposia.shared.lists import Column, ListOf, Search


def _closed(access: Access) -> ClosedDayQuerySet:
    return ClosedDay.objects.visible_to(access).select_related("territory")


def _feeds(access: Access) -> CalendarFeedQuerySet:
    """One's own, and nobody else's."""
    return CalendarFeed.objects.of(access.user_id)


def _named(rows: Any, text: str) -> Any:
    return rows.filter(name__icontains=text)


CLOSED_DAYS = ListOf(
    name="closed_days",
    title=_("Closed days"),
    permission=Permission.VIEW_ACTIVITIES,
    rows=_closed,
    columns=(
        Column("day", _("Day"), "day", sort="day", kind="day"),
        Column("name", _("Why"), "name", sort="name", url=lambda d: ("closed_day", [d.pk])),
        Column("territory", _("Territory"), "territory__name"),
    ),
    filters=(Search("q", _("Why"), _named),),
    sort="day",
    empty=_("Public holidays stand in the calendar by themselves; own days are entered here."),
)
CALENDAR_FEEDS = ListOf(
    name="calendar_feeds",
    title=_("My calendar addresses"),
    permission=Permission.VIEW_ACTIVITIES,
    rows=_feeds,
    columns=(
        Column("name", _("Name"), "name", sort="name", url=lambda f: ("calendar_feed", [f.pk])),
        Column("made", _("Made"), "made_at", sort="made_at", kind="moment"),
        Column("rotated", _("New address since"), "rotated_at", kind="moment"),
        Column("read", _("Last read"), "last_read_at", sort="last_read_at", kind="moment"),
        Column("revoked", _("Ended"), "revoked_at", sort="revoked_at", kind="moment"),
    ),
    filters=(Search("q", _("Name"), _named),),
    sort="-made_at",
    empty=_("An address that your calendar program reads: what you may see here, kept up to date."),
)
