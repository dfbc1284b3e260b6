"""What is written to whoever pays for several, with the invoice."""

from django.utils import formats, translation

from symposia.accounts.queries import this_organisation
from symposia.finance.models import FeeTerms, Invoice
from symposia.notifications.actions import queue_message
from symposia.notifications.models import Delivery
from symposia.shared.actors import Actor
from symposia.work.models import StoredFile


def write_invoice(invoice: Invoice, paper: StoredFile, *, by: Actor) -> Delivery:
    """What for, how much, by when, under which reference and where to; the paper goes along."""
    here, activity = this_organisation(), invoice.activity
    with translation.override(here.language):
        last_day = formats.date_format(invoice.due_on, "j F Y")
    return queue_message(
        "finance.invoice",
        to_address=invoice.payer_email,
        to_name=invoice.payer_name,
        values={
            "organisation": here.name,
            "payer": invoice.payer_name,
            "number": invoice.number,
            "activity": str(activity),
            "amount": str(invoice.amount),
            "due_on": last_day if invoice.is_open else "",
            "reference": invoice.reference,
            "order": invoice.payer_order,
            "bank_words": FeeTerms.objects.of(activity).bank_words if invoice.is_open else "",
            "already": "" if invoice.is_open else str(invoice.get_state_display()),
        },
        language=here.language,
        attachment=paper,
        about=(invoice._meta.label, invoice.pk),
        by=by,
    )


def letters_of(invoice: Invoice) -> list[Delivery]:
    """Every time it was mailed, the last one first."""
    return list(Delivery.objects.about(invoice._meta.label, invoice.pk).latest_first()[:20])
