from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from symposia.accounts.actions import next_numbers
from symposia.accounts.queries import local_day, person_behind, this_organisation
from symposia.activities.actions.amending import note_preparer, refuse_blocked
from symposia.activities.actions.rules import check_rules
from symposia.activities.agreed import agreement_with, rate_on
from symposia.activities.agreeing import (
    objection_to_calling_off,
    objection_to_drafting,
    objection_to_fee,
)
from symposia.activities.events import AgreementChanged
from symposia.activities.models import Activity, Agreement, AgreementState
from symposia.activities.policies import AMENDABLE
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if

# What holds from the agreement that was signed.
SIGNED_THERE = (
    *("contributor", "service", "tier", "unit", "currency", "each_minor", "above_because"),
    *("above_agreed_by_id", "above_agreed_by_name", "above_agreed_at", "text", "file", "sha256"),
    *("sent_at", "accepted_at", "accepted_by_name", "signed_at", "signed_by_id", "signed_by_name"),
    "factor",
)


@dataclass(frozen=True)
class CallOff:
    """What a person does in a later activity under an agreement that covers it, and how long."""

    quantity: Decimal
    services: str


@transaction.atomic
def engage_under(activity: Activity, under: Agreement, wanted: CallOff, *, by: Actor) -> Agreement:
    """Engage somebody for a later activity under a signed agreement, at its rate."""
    activity = Activity.objects.locked(activity.pk)
    under = Agreement.objects.locked(under.pk)
    person, day = under.contributor, activity.wall_starts.date()

    refuse_if(objection_to_drafting(activity, person, agreement_with(activity.pk, person.pk)))
    refuse_if(objection_to_calling_off(under, person, day))

    same = {"service": under.service, "tier": under.tier, "unit": under.unit}
    agreement = Agreement(
        activity=activity,
        under=under,
        state=AgreementState.SIGNED,
        rate=rate_on(day, **same),
        made_by_id=person_behind(by),
        **vars(wanted),
        **{name: getattr(under, name) for name in SIGNED_THERE},
    )
    refuse_if(objection_to_fee(agreement, currency=this_organisation().currency))

    agreement.number = next_numbers("AGR", year=local_day().year)[0]
    agreement.save(force_insert=True)
    note_preparer(activity, by=by)
    details = {"under": under.number, "person": person.name, "fee": str(agreement.fee)}
    record(by, "agreement.called_off", agreement, details=details)
    announce(AgreementChanged(activity.pk, agreement.pk))
    # As with a signature: the rules count this engagement beside every other.
    if activity.state in AMENDABLE:
        refuse_blocked(activity, by=by)
    else:
        check_rules(activity, by=by, commits=True)
    return agreement
