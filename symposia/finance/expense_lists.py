from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.compliance.lists import RESULT_TONES
from symposia.compliance.models import Result
from symposia.finance.bill_lists import HANDED_IN_TONES
from symposia.finance.models import Category, Expense, HandedInState
from symposia.shared.lists import Amount, Choice, Column, ListOf, Rows, Search

_HEADS = F("attendees") + F("faculty") + F("staff")


def _rows(access: Any, **_kwargs: Any) -> Rows:
    return Expense.objects.visible_to(access).select_related("activity")


def _find(rows: Any, text: str) -> Rows:
    found: Rows = rows.search(text)
    return found


EXPENSES = ListOf(
    name="expenses",
    title=_("Expenses"),
    permission=Permission.VIEW_BILLS,
    rows=_rows,
    columns=(
        Column(
            "number",
            _("Number"),
            "number",
            sort="number",
            kind="id",
            url=lambda e: ("expense", [e.pk]),
        ),
        Column("paid_to", _("Paid to"), "paid_to", sort="paid_to"),
        Column("kind", _("Spent on"), "kind"),
        Column(
            "activity",
            _("Activity"),
            "activity__number",
            kind="id",
        ),
        Column("spent_on", _("Day"), "spent_on", sort="spent_on", kind="day"),
        Column("currency", _("Currency"), "currency", in_page=False),
        Column(
            "amount",
            _("Amount"),
            Amount("amount_minor", "currency"),
            sort="amount_minor",
            kind="money",
        ),
        Column("heads", _("Shared by"), _HEADS, kind="n"),
        Column("attendees", _("Doctors"), "attendees", kind="n", in_page=False),
        Column("faculty", _("Faculty"), "faculty", kind="n", in_page=False),
        Column("staff", _("Staff"), "staff", kind="n", in_page=False),
        Column(
            "finding",
            _("Rules"),
            "finding",
            kind="state",
            tone=lambda e: RESULT_TONES.get(e.finding, ""),
        ),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda e: HANDED_IN_TONES[e.state],
        ),
        Column("handed_in_at", _("Handed in"), "handed_in_at", sort="handed_in_at", kind="moment"),
        Column("handed_in_by", _("Handed in by"), "handed_in_by_name"),
        Column("what_for", _("What for"), "what_for", in_page=False),
        Column("decided_at", _("Decided"), "decided_at", kind="moment", in_page=False),
        Column("decided_by", _("Decided by"), "decided_by_name", in_page=False),
        Column("decided_because", _("Reason"), "decided_because", in_page=False),
        Column("sha256", _("Hash of the file"), "sha256", in_page=False),
    ),
    filters=(
        Search("q", _("Payee, person, number or activity"), _find),
        Choice("state", _("State"), "state", HandedInState.choices),
        Choice("kind", _("Spent on"), "kind", Category.choices),
        Choice("finding", _("Rules"), "finding", Result.choices),
    ),
    sort="-handed_in_at",
    empty=_("No receipt has been handed in yet."),
)
