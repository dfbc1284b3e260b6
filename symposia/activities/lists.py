from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity, ActivityQuerySet, Mode, State, Type
from symposia.shared.lists import Choice, Column, ListOf, Search

TONES: dict[str, str] = {
    State.DRAFT: "",
    State.SUBMITTED: "info",
    State.IN_APPROVAL: "info",
    State.RETURNED: "warn",
    State.APPROVED: "seal",
    State.OPEN: "ok",
    State.RUNNING: "accent",
    State.HELD: "ok",
    State.RECONCILING: "info",
    State.CLOSED: "seal",
    State.POSTPONED: "warn",
    State.CANCELLED: "stop",
}


def _rows(access: Access) -> ActivityQuerySet:
    return Activity.objects.visible_to(access).select_related("owner")


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


ACTIVITIES = ListOf(
    name="activities",
    title=_("Activities"),
    permission=Permission.VIEW_ACTIVITIES,
    rows=_rows,
    columns=(
        Column("number", _("Number"), lambda a: a.number, sort="number", kind="id"),
        Column(
            "title",
            _("Activity"),
            lambda a: a.title,
            sort="title",
            url=lambda a: ("activity", [a.pk]),
        ),
        Column("type", _("Type"), lambda a: a.get_type_display(), sort="type"),
        Column("starts", _("Starts"), lambda a: f"{a.wall_starts:%Y-%m-%d %H:%M}", in_page=False),
        Column("day", _("Date"), lambda a: a.wall_starts.date(), sort="starts_at", kind="day"),
        Column("city", _("City"), lambda a: a.city or None, sort="city"),
        Column("capacity", _("Places"), lambda a: a.capacity, sort="capacity", kind="n"),
        Column("owner", _("Owner"), lambda a: str(a.owner) if a.owner else None),
        Column(
            "state",
            _("State"),
            lambda a: a.get_state_display(),
            sort="state",
            kind="state",
            tone=lambda a: TONES[a.state],
        ),
        Column("mode", _("Mode"), lambda a: a.get_mode_display(), in_page=False),
        Column("zone", _("Zone"), lambda a: a.zone, in_page=False),
        Column("venue", _("Venue"), lambda a: a.venue_name, in_page=False),
        Column("country", _("Country"), lambda a: a.country, in_page=False),
        Column("starts_utc", _("Starts, UTC"), lambda a: a.starts_at, in_page=False),
        Column("ends_utc", _("Ends, UTC"), lambda a: a.ends_at, in_page=False),
    ),
    filters=(
        Search("q", _("Number or words"), _search),
        Choice("state", _("State"), "state", State.choices),
        Choice("type", _("Type"), "type", Type.choices),
        Choice("mode", _("Mode"), "mode", Mode.choices),
    ),
    sort="-starts_at",
    empty=_("An activity is what people attend: a course, a meeting, a webinar."),
)
