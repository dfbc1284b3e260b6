"""Whoever has not paid a fee is written to before its last day, or when the office asks."""

from django.db import transaction
from django.utils.timezone import now

from symposia.audit.actions import record
from symposia.finance.fee_letters import write_reminder
from symposia.finance.fee_rules import objection_to_asking_person, objection_to_reminding
from symposia.finance.models import Charge, FeeTerms
from symposia.notifications.policies import objection_to_address
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@transaction.atomic
def remind_payer(charge: Charge, *, by: Actor) -> Charge:
    """Write to whoever owes a fee how much, by when and where to."""
    charge = Charge.objects.locked(charge.pk)
    at = now()

    refuse_if(objection_to_reminding(charge, at=at))
    refuse_if(objection_to_address(charge.registration.clinician.email))

    charge.reminded_at = at
    charge.save(update_fields=["reminded_at"])
    write_reminder(charge, by=by)

    record(by, "charge.reminded", charge)
    return charge


@transaction.atomic
def remind_in_time(charge: Charge, *, by: Actor) -> bool:
    """Remind by itself on the day that was settled; says whether it did. Whoever has paid, was
    reminded before, or has no address is left alone."""
    is_settled = FeeTerms.objects.of(charge.activity).remind_days > 0
    address = charge.registration.clinician.email
    is_owed = charge.reminded_at is None and not objection_to_asking_person(charge)
    if not (is_settled and is_owed) or objection_to_address(address):
        return False
    remind_payer(charge, by=by)
    return True
