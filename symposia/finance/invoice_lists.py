"""Invoices to whoever pays for several: of one activity, and all of them."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from symposia.accounts.nearness import Near
from symposia.accounts.permissions import Permission
from symposia.finance.models import Invoice, InvoiceState, Method
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


_SOON = timedelta(days=14)
DUE = [("overdue", _("Overdue")), ("soon", _("Within 14 days")), ("later", _("Later"))]


_HEAD = (
    Column(
        *("number", _("Number"), "number"),
        sort="number",
        kind="id",
        url=lambda i: ("invoice", [i.pk]),
    ),
    Column("payer", _("Payer"), "payer_name", sort="payer_name"),
)
_BODY = (
    Column("people", _("People"), lambda i: len(i.lines), kind="n"),
    Column(
        *("amount", _("Amount"), Amount("amount_minor", "currency")),
        sort="amount_minor",
        kind="money",
    ),
    Column("reference", _("Reference"), "reference", sort="reference", kind="id"),
    Column("due_on", _("Due"), "due_on", sort="due_on", kind="day"),
    Column(
        *("state", _("State"), "state"),
        sort="state",
        kind="state",
        tone=lambda i: INVOICE_TONES[i.state],
    ),
    Column("issued_at", _("Issued"), "issued_at", "issued_at", kind="moment", in_page=False),
    Column("mailed_at", _("Mailed"), "mailed_at", kind="moment", in_page=False),
    Column("ended_at", _("Paid or cancelled"), "ended_at", kind="moment", in_page=False),
    Column("order", _("Order of the payer"), "payer_order", in_page=False),
    Column("email", _("E-mail of the payer"), "payer_email", in_page=False),
    Column("because", _("Reason"), "cancelled_because", in_page=False),
    Column("currency", _("Currency"), "currency", in_page=False),
)
_FILTERS = (
    Search("q", _("Payer, number or reference"), _search),
    Choice("state", _("State"), "state", InvoiceState.choices),
    Near("due", _("Pay by"), "due_on", DUE, within=_SOON, still=InvoiceState.OPEN),
    Choice("method", _("Paid by"), "method", Method.choices),
)
# Those of one activity; the API has them in the list of all.
ACTIVITY_INVOICES = ListOf(
    name="activity_invoices",
    title=_("Invoices"),
    permission=Permission.POST_MONEY,
    rows=_rows,
    columns=(
        *(*_HEAD, *_BODY),
        Column("method", _("Paid by"), "method", in_page=False),
        Column("activity", _("Activity"), "activity__number", in_page=False),
    ),
    filters=_FILTERS[:2],
    sort="-number",
    empty=_("Nobody pays for others. Choose people who owe a fee and issue an invoice."),
)
INVOICES = ListOf(
    name="invoices",
    title=_("Invoices"),
    permission=Permission.POST_MONEY,
    rows=_rows,
    columns=(
        *_HEAD,
        Column(
            *("activity", _("Activity"), "activity__number"),
            sort="activity__number",
            kind="id",
            url=lambda i: ("activity_invoices", [i.activity_id]),
        ),
        *_BODY,
        Column("method", _("Paid by"), "method", sort="method"),
    ),
    filters=_FILTERS,
    sort="-number",
    empty=_("No invoice yet. One is issued where people owe a fee and somebody pays for several."),
)
