"""What somebody says in a follow-up and others have to deal with: handed on at once."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import local_day, person_behind
from symposia.audit.actions import record
from symposia.engagement.actions.safety import send_to_safety
from symposia.engagement.events import AdverseEventTaken
from symposia.engagement.handing_rules import objection_to_adverse_event
from symposia.engagement.models import AdverseEvent, FollowUp, HandedQuestion
from symposia.engagement.safety import safety_rule_on
from symposia.learning.actions.audience_questions import take_medical_question
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@transaction.atomic
def hand_medical_question(follow_up: FollowUp, text: str, *, by: Actor) -> HandedQuestion:
    """Bring what a clinician asked about a product to medical affairs, also after the follow-up is
    closed; whoever hands it over is told no more of it."""
    follow_up = FollowUp.objects.for_list().locked(follow_up.pk)

    question = take_medical_question(follow_up.activity, follow_up.clinician, text, by=by)
    handed = HandedQuestion.objects.create(
        follow_up=follow_up,
        activity=follow_up.activity,
        question=question,
        by_id=person_behind(by),
        by_name=by.name,
    )
    record(by, "follow_up.question_handed", handed)
    return handed


@transaction.atomic
def take_adverse_event(
    follow_up: FollowUp,
    product: str,
    text: str,
    *,
    received_at: datetime | None = None,
    by: Actor,
) -> AdverseEvent:
    """Keep what a clinician told of harm, word for word, and write it to drug safety at once; its
    clock began when it was told. Kept too where no mailbox is set yet: then it waits for one."""
    follow_up = FollowUp.objects.for_list().locked(follow_up.pk)
    at = now()
    received_at = received_at or at

    refuse_if(objection_to_adverse_event(product, text, received_at=received_at, at=at))

    rule = safety_rule_on(local_day(received_at))
    event = AdverseEvent.objects.create(
        follow_up=follow_up,
        activity=follow_up.activity,
        clinician=follow_up.clinician,
        product=product.strip(),
        text=text.strip(),
        received_at=received_at,
        recorded_at=at,
        due_at=rule.due_at(received_at),
        rule=rule.citation[:300],
        is_to_verify=rule.is_to_verify,
        by_id=person_behind(by),
        by_name=by.name,
    )
    record(by, "adverse_event.taken", event)
    send_to_safety(event, by=by)
    announce(AdverseEventTaken(event.pk, event.activity_id))
    return event
