from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.finance.models import Bill, HandedInState
from symposia.shared.lists import Amount, Choice, Column, ListOf, Rows, Search

HANDED_IN_TONES: dict[str, str] = {
    HandedInState.HANDED_IN: "warn",
    HandedInState.ACCEPTED: "ok",
    HandedInState.RETURNED: "stop",
    HandedInState.WITHDRAWN: "",
}


def _rows(access: Any, **_kwargs: Any) -> Rows:
    return Bill.objects.visible_to(access).select_related("activity", "arrangement")


def _find(rows: Any, text: str) -> Rows:
    found: Rows = rows.search(text)
    return found


BILLS = ListOf(
    name="bills",
    title=_("Bills"),
    permission=Permission.VIEW_BILLS,
    rows=_rows,
    columns=(
        Column(
            "number",
            _("Number"),
            "number",
            sort="number",
            kind="id",
            url=lambda b: ("bill", [b.pk]),
        ),
        Column("supplier", _("Supplier"), "supplier", sort="supplier"),
        Column("supplier_number", _("Number on the bill"), "supplier_number"),
        Column(
            "activity",
            _("Activity"),
            "activity__number",
            kind="id",
            url=lambda b: ("activity_bills", [b.activity_id]),
        ),
        Column("billed_on", _("Day of the bill"), "billed_on", sort="billed_on", kind="day"),
        Column("currency", _("Currency"), "currency", in_page=False),
        Column(
            "amount",
            _("Amount"),
            Amount("amount_minor", "currency"),
            sort="amount_minor",
            kind="money",
        ),
        Column("what_for", _("What for"), "what_for", in_page=False),
        Column("arrangement", _("Arranged as"), "arrangement__title", in_page=False),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda b: HANDED_IN_TONES[b.state],
        ),
        Column("handed_in_at", _("Handed in"), "handed_in_at", sort="handed_in_at", kind="moment"),
        Column("handed_in_by", _("Handed in by"), "handed_in_by_name", in_page=False),
        Column("decided_at", _("Decided"), "decided_at", kind="moment", in_page=False),
        Column("decided_by", _("Decided by"), "decided_by_name", in_page=False),
        Column("decided_because", _("Reason"), "decided_because", in_page=False),
        Column("sha256", _("Hash of the file"), "sha256", in_page=False),
    ),
    filters=(
        Search("q", _("Supplier, number or activity"), _find),
        Choice("state", _("State"), "state", HandedInState.choices),
    ),
    sort="-handed_in_at",
    empty=_("No bill has been handed in yet."),
)
