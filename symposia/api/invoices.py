"""Invoices to whoever pays for several people."""

import uuid
from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.fees import PaymentIn
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.finance.actions.invoice_mail import mail_invoice
from symposia.finance.actions.invoices import cancel_invoice, issue_invoice, pay_invoice
from symposia.finance.invoice_lists import INVOICES
from symposia.finance.invoicing import Payer
from symposia.finance.models import Invoice

router = Router(tags=["fees"])
list_route(router, INVOICES)
_POST = Permission.POST_MONEY


class NewInvoice(Schema):
    """Who pays, and which charges of an activity."""

    activity: uuid.UUID
    charges: list[uuid.UUID] = Field(min_length=1, max_length=500)
    name: str = Field(min_length=1, max_length=200)
    address: str = Field(min_length=1, max_length=600)
    tax_number: str = Field("", max_length=60)
    order: str = Field("", max_length=120)
    email: str = Field("", max_length=254)


class MailIn(Schema):
    """Where it is mailed to; without an address to the one that the invoice has."""

    to: str = Field("", max_length=254)


class CancelIn(Schema):
    """Why it is cancelled."""

    reason: str = Field(min_length=1, max_length=300)


class InvoiceOut(Schema):
    """An invoice; the amount in whole minor units."""

    id: uuid.UUID
    activity_id: uuid.UUID
    number: str
    payer_name: str
    amount_minor: int
    currency: str
    reference: str
    due_on: date
    state: str
    method: str
    payer_email: str
    mailed_at: datetime | None


@router.post("", response={201: InvoiceOut}, operation_id="issue_invoice")
@allowed(_POST)
def new(request: Any, body: NewInvoice) -> Status[Invoice]:
    """Put what several people owe on one invoice."""
    rows = Activity.objects.visible_to(request.access, _POST)
    activity = get_object_or_404(rows, pk=body.activity)
    payer = Payer(body.name, body.address, body.tax_number, body.order, body.email)
    return Status(201, issue_invoice(activity, body.charges, payer, by=request.actor))


@router.post("/{uuid:pk}/payment", response=InvoiceOut, operation_id="pay_invoice")
@allowed(_POST)
def paid(request: Any, pk: uuid.UUID, body: PaymentIn) -> Invoice:
    """Settle everything on an invoice with what came in."""
    return pay_invoice(_invoice(request, pk), **body.dict(), by=request.actor)


@router.post("/{uuid:pk}/mailing", response=InvoiceOut, operation_id="mail_invoice")
@allowed(_POST)
def mailed(request: Any, pk: uuid.UUID, body: MailIn) -> Invoice:
    """Send an invoice to its payer as PDF, for the first time or again."""
    return mail_invoice(_invoice(request, pk), to=body.to, by=request.actor)


@router.post("/{uuid:pk}/cancellation", response=InvoiceOut, operation_id="cancel_invoice")
@allowed(_POST)
def cancelled(request: Any, pk: uuid.UUID, body: CancelIn) -> Invoice:
    """Take an invoice back; everybody on it owes their own fee again."""
    return cancel_invoice(_invoice(request, pk), reason=body.reason, by=request.actor)


def _invoice(request: Any, pk: uuid.UUID) -> Invoice:
    return get_object_or_404(Invoice.objects.visible_to(request.access), pk=pk)
