import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.models import User
from symposia.accounts.queries import local_day
from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.directory.models import Clinician
from symposia.outreach.allotted import left_over, used_of
from symposia.outreach.allotting import objection_to_allotting, objection_to_ending
from symposia.outreach.events import InvitationsAllotted, InvitationsGivenBack
from symposia.outreach.models import Allotment, AllotmentState, ApprovedClinician
from symposia.shared.actors import Actor, job_actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if

ALLOTMENTS = job_actor("allotments")


@dataclass(frozen=True)
class AllotmentFacts:
    """How many invitations somebody gets, until when, and for which clinicians."""

    quantity: int
    until_on: date
    approved: Sequence[Clinician] = ()


@transaction.atomic
def allot_invitations(
    activity: Activity, representative: User, facts: AllotmentFacts, *, by: Actor
) -> Allotment:
    """Let a representative send so many of an activity's invitations."""
    activity = Activity.objects.locked(activity.pk)
    standing = Allotment.objects.of(activity).open().for_list()
    before = standing.filter(representative=representative).first()

    refuse_if(objection_to_allotting(activity, before, until_on=facts.until_on, today=local_day()))

    allotment = Allotment(
        activity=activity,
        representative=representative,
        quantity=facts.quantity,
        until_on=facts.until_on,
        made_by_name=by.name,
    )
    allotment.save(force_insert=True)
    ApprovedClinician.objects.bulk_create(
        ApprovedClinician(allotment=allotment, clinician=each) for each in facts.approved
    )
    details = {"quantity": facts.quantity, "approved": len(facts.approved)}
    record(by, "allotment.made", allotment, details=details)
    announce(InvitationsAllotted(allotment.pk, activity.pk, representative.pk, facts.quantity))
    return allotment


@transaction.atomic
def end_allotment(allotment: Allotment, *, by: Actor, reason: str = "") -> Allotment:
    """Give back what a representative has not used; whoever was invited stays invited."""
    Activity.objects.locked(allotment.activity_id)
    allotment = Allotment.objects.locked(allotment.pk)

    refuse_if(objection_to_ending(allotment))

    unused = max(0, allotment.quantity - used_of(allotment))
    allotment.move(AllotmentState.GIVEN_BACK, given_back=unused, ended_at=now())
    record(by, "allotment.ended", allotment, reason=reason, details={"given_back": unused})
    announce(
        InvitationsGivenBack(
            allotment.pk, allotment.activity_id, allotment.representative_id, unused
        )
    )
    return allotment


def give_back_left_over(on: date, *, by: Actor = ALLOTMENTS) -> list[uuid.UUID]:
    """End every allotment whose last day is over."""
    return [end_allotment(each, by=by).pk for each in list(left_over(on))]
