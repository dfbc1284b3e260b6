from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.learning.events import MedicalQuestionClosed
from symposia.learning.letters import medical_values
from symposia.learning.medical_rules import (
    objection_to_dealing_with,
    objection_to_declining,
    objection_to_medical_answer,
)
from symposia.learning.models import AudienceQuestion, MedicalAnswer, MedicalOutcome
from symposia.notifications.actions import queue_message
from symposia.notifications.policies import objection_to_address
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if

Asker = tuple[AudienceQuestion, Registration]


@transaction.atomic
def answer_medical_question(
    question: AudienceQuestion, answer: str, *, reply_to: str, by: Actor
) -> MedicalAnswer:
    """Write the answer about a product to whoever asked, and to whoever asked the same in other
    words; `reply_to` is the address of the person who reads what they write back. The room and
    the page of the session are told nothing."""
    question, askers = _to_deal_with(question)

    refuse_if(objection_to_medical_answer(answer))
    refuse_if(objection_to_address(reply_to))

    return _dealt_with(question, askers, MedicalOutcome.ANSWERED, answer, reply_to, by)


@transaction.atomic
def decline_medical_question(
    question: AudienceQuestion, reason: str, *, reply_to: str, by: Actor
) -> MedicalAnswer:
    """Say that a question about a product is not answered, and why; whoever asked reads it."""
    question, askers = _to_deal_with(question)

    refuse_if(objection_to_declining(reason))
    refuse_if(objection_to_address(reply_to))

    return _dealt_with(question, askers, MedicalOutcome.DECLINED, reason, reply_to, by)


def _to_deal_with(question: AudienceQuestion) -> tuple[AudienceQuestion, list[Asker]]:
    """A question, held, with those who can be written to. Raises Refused."""
    question = AudienceQuestion.objects.locked(question.pk)
    activity = Activity.objects.get(pk=question.activity_id)
    dealt_with = MedicalAnswer.objects.filter(question=question).exists()
    askers = _askers(question)

    refuse_if(
        objection_to_dealing_with(
            question, activity.mode, is_dealt_with=dealt_with, readers=len(askers)
        )
    )

    return question, askers


def _askers(question: AudienceQuestion) -> list[Asker]:
    same = AudienceQuestion.objects.filter(Q(pk=question.pk) | Q(merged_into=question))
    asked = list(same.exclude(registration=None).order_by("asked_at", "pk"))
    people = Registration.objects.with_people().filter(pk__in=[q.registration_id for q in asked])
    places = {place.pk: place for place in people}
    found = [(each, places[each.registration_id]) for each in asked if each.registration_id]
    return [(each, place) for each, place in found if place.clinician.email]


def _dealt_with(
    question: AudienceQuestion,
    askers: Sequence[Asker],
    outcome: MedicalOutcome,
    text: str,
    reply_to: str,
    by: Actor,
) -> MedicalAnswer:
    kept = MedicalAnswer.objects.create(
        activity_id=question.activity_id,
        question=question,
        outcome=outcome,
        text=text.strip(),
        reply_to=reply_to.strip(),
        by_id=by.id,
        by_name=by.name[:200],
    )
    record(by, f"medical_question.{outcome.value}", kept)
    for asked, place in askers:
        queue_message(
            f"learning.medical_{outcome.value}",
            to_address=place.clinician.email,
            to_name=place.clinician.called,
            language=place.clinician.language,
            reply_to=kept.reply_to,
            values=medical_values(asked, kept, place),
            about=(asked._meta.label, asked.pk),
            by=by,
        )
    announce(MedicalQuestionClosed(question.pk, question.activity_id, outcome.value))
    return kept
