"""When one payer gets an invoice for several, and what may become of it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from symposia.finance.fee_rules import NO_PAYMENT_PAPER, NOTHING_OWED, ON_INVOICE, OTHER_AMOUNT
from symposia.finance.models import Charge, Invoice, InvoiceState
from symposia.shared.money import Money
from symposia.shared.refusals import Objection

NOBODY_ON_IT = Objection("nobody_on_invoice", _("Choose at least one person who owes a fee."))
NO_PAYER = Objection("no_payer", _("Write the name and the address of whoever pays."))
INVOICE_ENDED = Objection("invoice_ended", _("This invoice is paid or cancelled already."))
INVOICE_CHANGED = Objection(
    "invoice_changed",
    _(
        "A place on this invoice was given up since: %(owed)s is owed now. Cancel it and issue "
        "another."
    ),
)
NO_PAYER_ADDRESS = Objection(
    "no_payer_email", _("Write the e-mail address of the payer; without one nothing is mailed.")
)
CANCELLED_INVOICE = Objection(
    "cancelled_invoice", _("This invoice was cancelled; it is not mailed any more.")
)
WHY_CANCELLED = Objection("why_invoice_cancelled", _("Say why the invoice is cancelled."))


@dataclass(frozen=True)
class Payer:
    """Who pays for the others, as it stands on the invoice."""

    name: str
    address: str
    tax_number: str = ""
    order: str = ""
    # Where the invoice is mailed to, if it is.
    email: str = ""


def objection_to_issuing(charges: Sequence[Charge], payer: Payer) -> Objection | None:
    """Only what is open, and on no other invoice, is put on one."""
    if not charges:
        return NOBODY_ON_IT
    if not (payer.name.strip() and payer.address.strip()):
        return NO_PAYER
    for charge in charges:
        if not charge.is_open:
            return NOTHING_OWED
        if charge.invoice_id:
            return ON_INVOICE
    return None


def objection_to_invoice_payment(
    invoice: Invoice, owed: Money, *, evidence: str
) -> Objection | None:
    """An invoice is paid whole, once, with what proves it."""
    if not invoice.is_open:
        return INVOICE_ENDED
    if owed != invoice.amount:
        return INVOICE_CHANGED.about(owed=owed)
    return None if evidence.strip() else NO_PAYMENT_PAPER


def objection_to_paying_invoice(invoice: Invoice, paid: Money) -> Objection | None:
    """A line of a statement settles it only with exactly its amount."""
    if not invoice.is_open:
        return INVOICE_ENDED
    if paid == invoice.amount:
        return None
    return OTHER_AMOUNT.about(paid=paid, owed=invoice.amount)


def objection_to_mailing(invoice: Invoice, address: str) -> Objection | None:
    """What stands is mailed, also a second time, to an address that somebody wrote down."""
    if invoice.state == InvoiceState.CANCELLED:
        return CANCELLED_INVOICE
    return None if address.strip() else NO_PAYER_ADDRESS


def objection_to_cancelling(invoice: Invoice, *, reason: str) -> Objection | None:
    """What is open is cancelled for a reason; everybody on it owes their own fee again."""
    if not invoice.is_open:
        return INVOICE_ENDED
    return None if reason.strip() else WHY_CANCELLED
