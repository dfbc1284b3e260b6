from typing import Any

from django.db.models import DateField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity, ActivityQuerySet, Mode, State, Type
from symposia.shared.lists import Choice, Column, ListOf, Search, either

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
        Column("number", _("Number"), "number", sort="number", kind="id"),
        Column(
            "title",
            _("Activity"),
            "title",
            sort="title",
            url=lambda a: ("activity", [a.pk]),
        ),
        Column("type", _("Type"), "type", sort="type"),
        Column("starts", _("Starts"), "wall_starts", in_page=False),
        Column("day", _("Date"), Cast("wall_starts", DateField()), sort="starts_at", kind="day"),
        Column("city", _("City"), "city", sort="city"),
        Column("capacity", _("Places"), "capacity", sort="capacity", kind="n"),
        Column("owner", _("Owner"), either("owner__full_name", "owner__email")),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda a: TONES[a.state],
        ),
        Column("mode", _("Mode"), "mode", in_page=False),
        Column("product", _("Product"), "product", in_page=False),
        Column("zone", _("Zone"), "zone", in_page=False),
        Column("venue", _("Venue"), "venue_name", in_page=False),
        Column("country", _("Country"), "country", in_page=False),
        Column("starts_utc", _("Starts, UTC"), "starts_at", in_page=False),
        Column("ends_utc", _("Ends, UTC"), "ends_at", in_page=False),
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
