"""What is asked at registration, and what people answer."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.registrations.models import Registration, RegistrationAnswer, RegistrationQuestion
from symposia.registrations.queries import activity_as_it_is
from symposia.registrations.question_rules import (
    QUESTION_WITHDRAWN,
    USUAL_ASKED,
    Given,
    QuestionFacts,
    asked_of,
    in_words,
    objection_to_answering_now,
    objection_to_answers,
    objection_to_question,
    objection_to_what_follows,
    usual_after_yes,
    usual_questions,
)
from symposia.shared.actors import Actor
from symposia.shared.changing import objection_to_overwriting
from symposia.shared.refusals import refuse_if


@transaction.atomic
def ask_question(activity: Activity, facts: QuestionFacts, *, by: Actor) -> RegistrationQuestion:
    """Ask something more of whoever registers from now on."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    asked = RegistrationQuestion.objects.of(activity)

    refuse_if(objection_to_question(activity, facts, at=now()))

    last = asked.last()
    question = RegistrationQuestion.objects.create(
        activity=activity, position=last.position + 1 if last else 1, **_columns(facts)
    )

    record(by, "registration_question.asked", question)
    return question


@transaction.atomic
def ask_usual_questions(activity: Activity, *, by: Actor) -> list[RegistrationQuestion]:
    """Ask for meals and access needs in one step."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)

    refuse_if(USUAL_ASKED if RegistrationQuestion.objects.of(activity).exclude(need="") else None)

    made = [ask_question(activity, facts, by=by) for facts in usual_questions()]
    return [*made, ask_question(activity, replace(usual_after_yes(), parent=made[-1]), by=by)]


@transaction.atomic
def change_question(
    question: RegistrationQuestion, facts: QuestionFacts, *, seen_version: int, by: Actor
) -> RegistrationQuestion:
    """Ask it otherwise; what was answered before stays with the words of its day."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=question.activity_id)
    question = RegistrationQuestion.objects.locked(question.pk)
    followers = list(RegistrationQuestion.objects.of(activity).filter(parent=question))

    refuse_if(QUESTION_WITHDRAWN if question.withdrawn_at else None)
    refuse_if(objection_to_overwriting(seen_version=seen_version, version=question.version))
    followed = bool(followers)
    refuse_if(objection_to_question(activity, facts, changed=question, followed=followed, at=now()))
    refuse_if(objection_to_what_follows(facts, followers))

    for name, value in _columns(facts).items():
        setattr(question, name, value)
    question.version += 1
    question.save()

    record(by, "registration_question.changed", question)
    return question


@transaction.atomic
def withdraw_question(question: RegistrationQuestion, *, by: Actor) -> None:
    """Ask it no more, nor what follows it; answers stay."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=question.activity_id)
    question = RegistrationQuestion.objects.locked(question.pk)
    at = now()

    refuse_if(QUESTION_WITHDRAWN if question.withdrawn_at else None)

    followers = RegistrationQuestion.objects.of(activity).filter(parent=question)
    for each in [question, *followers.select_for_update(of=("self",))]:
        each.withdrawn_at = at
        each.save(update_fields=["withdrawn_at"])
        record(by, "registration_question.withdrawn", each)


def _columns(facts: QuestionFacts) -> dict[str, Any]:
    names = ("text", "kind", "hint", "need", "required", "parent", "parent_answer")
    columns = {name: getattr(facts, name) for name in names}
    return columns | {"choices": list(facts.choices)}


@transaction.atomic
def answer_questions(
    registration: Registration, given: Given, *, by: Actor
) -> list[RegistrationAnswer]:
    """Keep what somebody answers now; what does not apply any more is taken back. The journal says
    that something was answered, never what."""
    activity = activity_as_it_is(registration.activity_id)
    registration = Registration.objects.locked(registration.pk)
    questions = list(RegistrationQuestion.objects.of(activity))
    given = {key: in_words(values) for key, values in given.items()}
    at = now()

    refuse_if(objection_to_answering_now(registration, activity, at=at))
    refuse_if(objection_to_answers(questions, given))

    before = {
        each.question_id: each
        for each in RegistrationAnswer.objects.of(registration).latest_given()
    }
    applies = {each.pk for each in asked_of(questions, given)}
    made = []
    for question in questions:
        values = list(given.get(question.pk, ())) if question.pk in applies else []
        if values != _said_before(before.get(question.pk)):
            made.append(_keep(registration, question, values, at=at, by=by))

    if made:
        record(by, "registration.answered", registration, details={"questions": len(made)})
    return made


def _said_before(answer: RegistrationAnswer | None) -> list[str]:
    return answer.values if answer else []


def _keep(
    registration: Registration,
    question: RegistrationQuestion,
    values: list[str],
    *,
    at: datetime,
    by: Actor,
) -> RegistrationAnswer:
    return RegistrationAnswer.objects.create(
        activity_id=registration.activity_id,
        registration=registration,
        question=question,
        question_version=question.version,
        asked=question.text,
        values=values,
        given_at=at,
        by_name=by.name,
    )
