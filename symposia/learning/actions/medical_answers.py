from collections.abc import Sequence

from django.db import transaction

from symposia.activities.models import Activity
from symposia.audit.actions import record_each
from symposia.directory.models import Clinician
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
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if

Asker = tuple[AudienceQuestion, Clinician]


@transaction.atomic
def answer_medical_question(
    question: AudienceQuestion, answer: str, *, reply_to: str, by: Actor
) -> MedicalAnswer:
    """Write the answer about a product to whoever asked, and to whoever asked the same in other
    words; `reply_to` is the address of the person who reads what they write back. The room and
    the page of the session are told nothing."""
    same, askers = _to_deal_with(question)

    refuse_if(objection_to_medical_answer(answer))
    refuse_if(objection_to_address(reply_to))

    return _dealt_with(same, askers, MedicalOutcome.ANSWERED, answer, reply_to, by)


@transaction.atomic
def decline_medical_question(
    question: AudienceQuestion, reason: str, *, reply_to: str, by: Actor
) -> MedicalAnswer:
    """Say that a question about a product is not answered, and why; whoever asked reads it."""
    same, askers = _to_deal_with(question)

    refuse_if(objection_to_declining(reason))
    refuse_if(objection_to_address(reply_to))

    return _dealt_with(same, askers, MedicalOutcome.DECLINED, reason, reply_to, by)


def _to_deal_with(question: AudienceQuestion) -> tuple[list[AudienceQuestion], list[Asker]]:
    """A question and those joined with it that nobody dealt with, held, with whoever can be written
    to. Raises Refused."""
    question = AudienceQuestion.objects.locked(question.pk)
    activity = Activity.objects.get(pk=question.activity_id)
    joined = AudienceQuestion.objects.filter(merged_into=question).select_for_update()
    same = [question, *joined.order_by("asked_at", "pk")]
    answers = MedicalAnswer.objects.filter(question__in=same)
    dealt_with = set(answers.values_list("question", flat=True))
    left = [each for each in same if each.pk not in dealt_with]
    askers = _askers(left)

    refuse_if(
        objection_to_dealing_with(
            question,
            activity.mode,
            is_dealt_with=question.pk in dealt_with,
            readers=len(askers),
        )
    )

    return left, askers


def _askers(questions: Sequence[AudienceQuestion]) -> list[Asker]:
    """Whoever can be written to: in the room by their place, after the event by themselves."""
    keys = [each.pk for each in questions]
    rows = AudienceQuestion.objects.filter(pk__in=keys).select_related(
        "registration__clinician", "clinician"
    )
    people = {
        each.pk: each.registration.clinician if each.registration else each.clinician
        for each in rows
    }
    found = [(each, people[each.pk]) for each in questions]
    return [(each, person) for each, person in found if person and person.email]


def _dealt_with(
    same: Sequence[AudienceQuestion],
    askers: Sequence[Asker],
    outcome: MedicalOutcome,
    text: str,
    reply_to: str,
    by: Actor,
) -> MedicalAnswer:
    """Each of these is dealt with from now on, by the one answer: none is written to again."""
    made = MedicalAnswer.objects.bulk_create(
        MedicalAnswer(
            activity_id=question.activity_id,
            question=question,
            outcome=outcome,
            text=text.strip(),
            reply_to=reply_to.strip(),
            by_id=by.id,
            by_name=by.name[:200],
        )
        for question in same
    )
    record_each(by, f"medical_question.{outcome.value}", made)
    question, kept = same[0], made[0]
    for asked, person in askers:
        queue_message(
            f"learning.medical_{outcome.value}",
            to_address=person.email,
            to_name=person.called,
            language=person.language,
            reply_to=kept.reply_to,
            values=medical_values(asked, kept, person),
            about=(asked._meta.label, asked.pk),
            by=by,
        )
    announce(MedicalQuestionClosed(question.pk, question.activity_id, outcome.value))
    return kept
