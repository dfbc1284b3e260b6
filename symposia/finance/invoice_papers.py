"""An invoice as PDF: what was issued, whatever became of the places since."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from symposia.accounts.queries import this_organisation
from symposia.finance.models import FeeTerms, Invoice
from symposia.finance.receipts import said_of_tax
from symposia.shared.paper import print_paper

TEMPLATE = Path(__file__).with_name("invoice.typ")


def print_invoice(invoice: Invoice) -> bytes:
    """Set it; the same bytes each time, but for where money is sent to."""
    return print_paper(TEMPLATE, _paper(invoice), invoice.issued_at)


def _paper(invoice: Invoice) -> dict[str, Any]:
    activity, organisation = invoice.activity, this_organisation()
    issued = invoice.issued_at.astimezone(ZoneInfo(activity.zone))
    held = activity.starts_at.astimezone(ZoneInfo(activity.zone))
    rows = [
        (_("For"), f"{activity.title}, {activity.number}"),
        (_("Held on"), formats.date_format(held, "j F Y")),
        (_("Issued on"), formats.date_format(issued, "j F Y")),
        (_("Pay by"), formats.date_format(invoice.due_on, "j F Y")),
        (_("Your order"), invoice.payer_order),
        (_("Your tax number"), invoice.payer_tax_number),
        (_("Reference"), invoice.reference),
        *said_of_tax(invoice.taxes_said, activity),
    ]
    return {
        "title": _("Invoice") if invoice.state != "cancelled" else _("Cancelled invoice"),
        "provider": organisation.name,
        "number": invoice.number,
        "language": (get_language() or "en")[:2],
        "rtl": get_language_bidi(),
        "to": [invoice.payer_name, *invoice.payer_address.splitlines()],
        "rows": [{"name": name, "said": said} for name, said in rows if said],
        "head": [_("Name"), _("Fee"), _("Amount")],
        "lines": [[name, what, str(amount)] for name, what, amount in invoice.said],
        "total": {"name": _("Amount"), "said": str(invoice.amount)},
        "pay": FeeTerms.objects.of(activity).bank_words.splitlines(),
        "note": ""
        if invoice.taxes
        else _("No tax is shown on this invoice. The organiser can tell what applies."),
    }
