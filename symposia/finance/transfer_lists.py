"""Transfers between nodes of the budget, as a list."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.finance.models import BudgetTransfer
from symposia.shared.lists import Amount, Choice, Column, ListOf, Rows, Search
from symposia.shared.proposals import ProposalState

TRANSFER_TONES = {
    ProposalState.WAITING: "warn",
    ProposalState.AGREED: "ok",
    ProposalState.DROPPED: "",
}


def _rows(access: Access, **_kwargs: Any) -> Rows:
    rows = BudgetTransfer.objects.visible_to(access)
    return rows.select_related("from_node", "to_node", "reverses")


def _find(rows: Rows, text: str) -> Rows:
    code = text.strip()
    return rows.filter(
        Q(number__iexact=code) | Q(from_node__code__iexact=code) | Q(to_node__code__iexact=code)
    )


BUDGET_TRANSFERS = ListOf(
    name="budget_transfers",
    title=_("Transfers of budget"),
    permission=Permission.VIEW_MONEY,
    rows=_rows,
    columns=(
        Column(
            "number",
            _("Transfer"),
            "number",
            sort="number",
            kind="id",
            url=lambda t: ("budget_transfer", [t.pk]),
        ),
        Column("from", _("From"), "from_node__name"),
        Column("to", _("To"), "to_node__name"),
        Column("currency", _("Currency"), "currency", in_page=False),
        Column(
            "amount",
            _("Amount"),
            Amount("amount_minor", "currency"),
            sort="amount_minor",
            kind="money",
        ),
        Column("reason", _("Reason"), "reason"),
        Column("takes_back", _("Takes back"), "reverses__number", kind="id"),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda t: TRANSFER_TONES[t.state],
        ),
        Column("proposed_at", _("Proposed"), "proposed_at", sort="proposed_at", kind="moment"),
        Column("proposed_by", _("Proposed by"), "proposed_by_name"),
        Column("decided_at", _("Decided"), "decided_at", kind="moment", in_page=False),
        Column("decided_by", _("Decided by"), "decided_by_name"),
    ),
    filters=(
        Search("q", _("Number, or code of a node"), _find),
        Choice("state", _("State"), "state", ProposalState.choices),
    ),
    sort="-proposed_at",
    empty=_("No budget has been moved yet."),
)
