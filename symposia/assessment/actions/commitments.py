"""What learners want to change in practice, under their name, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.queries import objectives_of
from symposia.activities.serving import objection_to_asking_about
from symposia.assessment.events import CommitmentsGiven
from symposia.assessment.models import STAGES, Commitment, CommitmentResult, Kept
from symposia.assessment.policies.commitments import (
    TOO_EARLY,
    objection_to_committing,
    objection_to_reporting,
)
from symposia.assessment.stages import stage_at
from symposia.assessment.taking_part import objection_to_coming
from symposia.audit.actions import record, record_each
from symposia.curriculum.models import Objective
from symposia.outreach.actions.reminders import keep_reminders_of
from symposia.outreach.models import Trigger
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor, job_actor
from symposia.shared.events import announce
from symposia.shared.refusals import needed, refuse_if

FOLLOWING_UP = job_actor("commitments")


@dataclass(frozen=True)
class Wish:
    """One thing somebody wants to change, and the objective it comes from."""

    text: str
    objective: Objective | None = None


@transaction.atomic
def commit_to_change(
    registration: Registration, wishes: Sequence[Wish], *, by: Actor
) -> list[Commitment]:
    """Keep up to three things that a learner wants to change, once. Whoever was told that they
    will be asked is asked: the reminders of it are there from the first commitment on."""
    registration = Registration.objects.select_related("activity").locked(registration.pk)
    at = now()
    wishes = [each for each in wishes if each.text.strip()]
    refuse_if(
        objection_to_committing(
            registration,
            [each.text for each in wishes],
            absent=objection_to_coming(registration),
            there=Commitment.objects.of_registration(registration).exists(),
            at=at,
        )
    )
    about = [each.objective for each in wishes if each.objective]
    refuse_if(objection_to_asking_about(about, objectives_of(registration.activity)))

    given = Commitment.objects.bulk_create(
        Commitment(
            activity_id=registration.activity_id,
            registration=registration,
            number=number,
            text=each.text.strip(),
            objective=each.objective,
            given_at=at,
        )
        for number, each in enumerate(wishes, start=1)
    )
    # Not by the learner: the list of reminders says who made them.
    keep_reminders_of(Trigger.COMMITMENT, [stage * 24 for stage in STAGES], by=FOLLOWING_UP)
    record_each(by, "commitment.given", given)
    announce(CommitmentsGiven(registration.pk, registration.activity_id))
    return given


@dataclass(frozen=True)
class ReportFacts:
    """What became of a commitment: how far it is done, what stood in the way, in own words."""

    kept: Kept
    barriers: Sequence[str] = ()
    said: str = ""


@transaction.atomic
def report_commitment(commitment: Commitment, facts: ReportFacts, *, by: Actor) -> CommitmentResult:
    """Keep what became of a commitment by now: once after 30, 60 and 90 days each."""
    Registration.objects.locked(commitment.registration_id)
    at = now()
    said = CommitmentResult.objects.filter(commitment=commitment)
    reported = set(said.values_list("stage", flat=True))

    refuse_if(objection_to_reporting(commitment, reported, facts.barriers, at=at))

    result = CommitmentResult.objects.create(
        activity_id=commitment.activity_id,
        commitment=commitment,
        stage=needed(stage_at(commitment.given_at, at), TOO_EARLY),
        kept=facts.kept,
        barriers=list(facts.barriers),
        said=facts.said.strip(),
        said_at=at,
    )
    record(by, "commitment.reported", result)
    return result
