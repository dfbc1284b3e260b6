from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import (
    Arrangement,
    ArrangementKind,
    ArrangementQuerySet,
    ArrangementState,
)
from symposia.shared.lists import Amount, Choice, Column, ListOf, Search

TONES: dict[str, str] = {
    ArrangementState.PLANNED: "",
    ArrangementState.REQUESTED: "info",
    ArrangementState.CONFIRMED: "ok",
    ArrangementState.DELIVERED: "seal",
    ArrangementState.CANCELLED: "stop",
}


def _rows(access: Access) -> ArrangementQuerySet:
    """Of the activities whose money a person may see: each row says what it costs."""
    rows = Arrangement.objects.visible_to(access, Permission.VIEW_MONEY)
    return rows.select_related("activity", "session", "venue")


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


ARRANGEMENTS = ListOf(
    name="arrangements",
    title=_("Catering, travel and stay"),
    permission=Permission.VIEW_MONEY,
    rows=_rows,
    columns=(
        Column("activity", _("Activity"), "activity__number", kind="id"),
        Column("kind", _("Kind"), "kind", sort="kind"),
        Column("title", _("What"), "title", sort="title", url=lambda a: ("arrangement", [a.pk])),
        Column("person", _("For"), "person", sort="person"),
        Column("starts", _("Starts"), "wall_starts", in_page=False),
        Column("ends", _("Ends"), "wall_ends", in_page=False),
        Column("heads", _("People"), "heads", sort="heads", kind="n"),
        Column("currency", _("Currency"), "currency", in_page=False),
        Column(
            "cost", _("Cost"), Amount("cost_minor", "currency"), sort="cost_minor", kind="money"
        ),
        Column("supplier", _("Supplier"), "supplier", sort="supplier"),
        Column("reference", _("Their reference"), "reference", in_page=False),
        Column("session", _("Session"), "session__title", in_page=False),
        Column("venue", _("Venue"), "venue__name", in_page=False),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda a: TONES[a.state],
        ),
        Column("activity_state", _("State of the activity"), "activity__state", in_page=False),
    ),
    filters=(
        Search("q", _("What, for whom, supplier or number"), _search),
        Choice("kind", _("Kind"), "kind", ArrangementKind.choices),
        Choice("state", _("State"), "state", ArrangementState.choices),
    ),
    sort="-wall_starts",
    empty=_("Meals, journeys, nights and hires of activities stand here, with what they cost."),
)
