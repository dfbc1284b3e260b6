"""Invoices to whoever pays for several, as a list."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.finance.models import Invoice, InvoiceState
from symposia.shared.lists import Amount, Choice, Column, ListOf, Rows, Search

INVOICE_TONES: dict[str, str] = {
    InvoiceState.OPEN: "warn",
    InvoiceState.PAID: "ok",
    InvoiceState.CANCELLED: "",
}


def _rows(access: Any, **kwargs: Any) -> Rows:
    rows: Rows = Invoice.objects.visible_to(access).select_related("activity")
    return rows.filter(activity=kwargs["activity_pk"]) if kwargs else rows


def _search(rows: Rows, text: str) -> Rows:
    exact = "".join(text.split()).upper()
    found = Q(payer_name__icontains=text) | Q(payer_order__icontains=text)
    return rows.filter(found | Q(number=exact) | Q(reference=exact))


INVOICES = ListOf(
    name="activity_invoices",
    title=_("Invoices"),
    permission=Permission.POST_MONEY,
    rows=_rows,
    columns=(
        Column(
            *("number", _("Number"), "number"),
            sort="number",
            kind="id",
            url=lambda i: ("invoice", [i.pk]),
        ),
        Column("payer", _("Payer"), "payer_name", sort="payer_name"),
        Column("people", _("People"), lambda i: len(i.lines), kind="n"),
        Column(
            *("amount", _("Amount"), Amount("amount_minor", "currency")),
            sort="amount_minor",
            kind="money",
        ),
        Column("reference", _("Reference"), "reference", sort="reference", kind="id"),
        Column("due_on", _("Pay by"), "due_on", sort="due_on", kind="day"),
        Column(
            *("state", _("State"), "state"),
            sort="state",
            kind="state",
            tone=lambda i: INVOICE_TONES[i.state],
        ),
        Column("issued_at", _("Issued"), "issued_at", "issued_at", kind="moment", in_page=False),
        Column("ended_at", _("Paid or cancelled"), "ended_at", kind="moment", in_page=False),
        Column("order", _("Order of the payer"), "payer_order", in_page=False),
        Column("because", _("Reason"), "cancelled_because", in_page=False),
        Column("currency", _("Currency"), "currency", in_page=False),
        Column("activity", _("Activity"), "activity__number", in_page=False),
    ),
    filters=(
        Search("q", _("Payer, number or reference"), _search),
        Choice("state", _("State"), "state", InvoiceState.choices),
    ),
    sort="-number",
    empty=_("Nobody pays for others. Choose people who owe a fee and issue an invoice."),
)
