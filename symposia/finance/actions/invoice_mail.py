"""An invoice goes to its payer by mail, with its paper; as often as somebody asks for it."""

from django.db import transaction
from django.utils.timezone import now

from symposia.audit.actions import record
from symposia.finance.events import InvoiceMailed
from symposia.finance.invoice_letters import write_invoice
from symposia.finance.invoice_papers import print_invoice
from symposia.finance.invoicing import objection_to_mailing
from symposia.finance.models import Invoice
from symposia.notifications.policies import objection_to_address
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if
from symposia.work.files import store_file

PURPOSE = "invoice"


@transaction.atomic
def mail_invoice(invoice: Invoice, *, by: Actor, to: str = "") -> Invoice:
    """Write to the payer with the invoice as PDF; another address than before is kept with it."""
    invoice = Invoice.objects.select_related("activity").locked(invoice.pk)
    address = (to or invoice.payer_email).strip().lower()

    refuse_if(objection_to_mailing(invoice, address))
    refuse_if(objection_to_address(address))

    invoice.payer_email, invoice.mailed_at = address, now()
    invoice.save(update_fields=["payer_email", "mailed_at"])
    paper = store_file(
        print_invoice(invoice),
        name=f"{invoice.number}.pdf",
        content_type="application/pdf",
        purpose=PURPOSE,
        subject_id=invoice.activity_id,
        by=by,
    )
    letter = write_invoice(invoice, paper, by=by)

    details = {"message": letter.pk, "sha256": paper.sha256}
    record(by, "invoice.mailed", invoice, details=details)
    announce(InvoiceMailed(invoice.activity_id, invoice.pk))
    return invoice
