"""The months and quarters of the books, as a list."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.finance.models import BooksPeriod, PeriodKind, PeriodState
from symposia.finance.period_rules import said_of
from symposia.shared.lists import Choice, Column, ListOf, Rows

PERIOD_TONES = {
    PeriodState.CLOSING: "warn",
    PeriodState.CLOSED: "seal",
    PeriodState.REOPENED: "info",
}


def _rows(access: Access, **_kwargs: Any) -> Rows:
    return BooksPeriod.objects.visible_to(access)


BOOKS_PERIODS = ListOf(
    name="books_periods",
    title=_("Months and quarters"),
    permission=Permission.VIEW_MONEY,
    of_all=True,
    rows=_rows,
    columns=(
        Column("period", _("Period"), said_of, url=lambda p: ("books_period", [p.pk])),
        Column("kind", _("Length"), "kind", sort="kind"),
        Column("from", _("From"), "starts_on", sort="starts_on", kind="day"),
        Column("until", _("Until"), "ends_on", sort="ends_on", kind="day"),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda p: PERIOD_TONES[p.state],
        ),
        Column("closed_at", _("Closed"), "closed_at", sort="closed_at", kind="moment"),
        Column("closed_by", _("Closed by"), "closed_by_name"),
        Column("reason", _("Carried over because"), "closed_because"),
    ),
    filters=(
        Choice("state", _("State"), "state", PeriodState.choices),
        Choice("kind", _("Length"), "kind", PeriodKind.choices),
    ),
    sort="-starts_on",
    empty=_("No month or quarter has been closed yet."),
)
