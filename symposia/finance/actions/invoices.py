"""One payer for the places of several people: an invoice issued, paid, cancelled."""

import uuid
from collections.abc import Collection

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions import next_numbers
from symposia.accounts.queries import local_day
from symposia.activities.models import Activity
from symposia.audit.actions import record, record_each
from symposia.finance.actions.charges import PREFIX, settle_charge
from symposia.finance.fee_rules import due_on
from symposia.finance.invoicing import (
    Payer,
    objection_to_cancelling,
    objection_to_invoice_payment,
    objection_to_issuing,
)
from symposia.finance.models import Charge, FeeTerms, Invoice, InvoiceState
from symposia.finance.owed import owed_on
from symposia.notifications.policies import objection_to_address
from symposia.registrations.tickets import new_code
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if
from symposia.shared.times import day_at


@transaction.atomic
def issue_invoice(
    activity: Activity, charge_ids: Collection[uuid.UUID], payer: Payer, *, by: Actor
) -> Invoice:
    """Put what several people owe on one invoice; from then on its payer owes it, not they."""
    activity = Activity.objects.locked(activity.pk)
    rows = Charge.objects.of(activity).filter(pk__in=charge_ids).order_by("pk")
    charges = list(
        rows.select_related("registration__clinician", "fee").select_for_update(of=("self",))
    )

    refuse_if(objection_to_issuing(charges, payer))
    refuse_if(objection_to_address(payer.email.strip()) if payer.email.strip() else None)

    invoice = Invoice.objects.create(
        activity=activity,
        number=next_numbers("INV", year=local_day().year)[0],
        payer_name=payer.name.strip(),
        payer_address=payer.address.strip(),
        payer_tax_number=payer.tax_number.strip(),
        payer_order=payer.order.strip(),
        payer_email=payer.email.strip().lower(),
        lines=[_line(charge) for charge in charges],
        taxes=_taxes_in(charges),
        amount_minor=sum(charge.amount_minor for charge in charges),
        currency=charges[0].currency,
        reference=f"{PREFIX}{new_code()}",
        due_on=due_on(
            FeeTerms.objects.of(activity),
            activity,
            today=day_at(now(), activity.zone),
        ),
        issued_by_name=by.name,
    )
    _put_on(charges, invoice, "charge.invoiced", by=by)

    details = {"people": len(charges), "amount": str(invoice.amount)}
    record(by, "invoice.issued", invoice, details=details)
    return invoice


def _line(charge: Charge) -> list[str | int]:
    return [charge.registration.clinician.full_name, charge.fee.name, charge.amount_minor]


def _taxes_in(charges: Collection[Charge]) -> list[list[str | int]]:
    """What of the sum is which tax, each with where it stands in the law."""
    found: dict[tuple[str, str], int] = {}
    for charge in charges:
        if charge.tax_name:
            key = (charge.tax_said, charge.tax_citation)
            found[key] = found.get(key, 0) + charge.tax.minor
    return [[name, minor, citation] for (name, citation), minor in found.items()]


def _put_on(
    charges: Collection[Charge], invoice: Invoice | None, action: str, *, by: Actor
) -> None:
    for charge in charges:
        charge.invoice = invoice
        charge.save(update_fields=["invoice"])
    record_each(by, action, list(charges))


@transaction.atomic
def pay_invoice(invoice: Invoice, *, method: str, evidence: str, by: Actor) -> Invoice:
    """Settle everything on an invoice with what came in at once."""
    invoice = Invoice.objects.locked(invoice.pk)
    charges = Charge.objects.filter(invoice=invoice).order_by("pk")
    held = list(charges.select_for_update(of=("self",)))

    refuse_if(objection_to_invoice_payment(invoice, owed_on(invoice), evidence=evidence))

    for charge in held:
        settle_charge(charge, method=method, evidence=evidence, by=by)
    invoice.move(InvoiceState.PAID, ended_at=now(), method=method)

    record(by, "invoice.paid", invoice, details={"evidence": evidence[:200]})
    return invoice


@transaction.atomic
def cancel_invoice(invoice: Invoice, *, reason: str, by: Actor) -> Invoice:
    """Take an invoice back; each person on it owes their own fee again, by its own day."""
    invoice = Invoice.objects.locked(invoice.pk)

    refuse_if(objection_to_cancelling(invoice, reason=reason))

    charges = Charge.objects.filter(invoice=invoice).order_by("pk")
    _put_on(list(charges.select_for_update(of=("self",))), None, "charge.off_invoice", by=by)
    invoice.move(InvoiceState.CANCELLED, ended_at=now(), cancelled_because=reason.strip()[:300])

    record(by, "invoice.cancelled", invoice, reason=reason)
    return invoice
