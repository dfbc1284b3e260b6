"""What activities ask of whoever registers, and what they answer."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.registrations.actions.questions import (
    answer_questions,
    ask_question,
    ask_usual_questions,
    change_question,
    withdraw_question,
)
from symposia.registrations.answers import answers_of, counts_of
from symposia.registrations.models import Need, QuestionKind, Registration, RegistrationQuestion
from symposia.registrations.question_lists import ANSWERS, QUESTIONS
from symposia.registrations.question_rules import QuestionFacts, in_words

router = Router(tags=["registrations"])
list_route(router, QUESTIONS)
list_route(router, ANSWERS, "/answers")
_MANAGE, _SEES = Permission.MANAGE_REGISTRATIONS, Permission.VIEW_PEOPLE_OF_ACTIVITY


class AskedQuestion(Schema):
    """What is asked, how it is answered, and after which answer to which question."""

    text: str = Field(min_length=1, max_length=300)
    kind: QuestionKind = QuestionKind.TEXT
    hint: str = Field("", max_length=200)
    need: Need | None = None
    choices: list[str] = Field([], max_length=40)
    required: bool = False
    parent: uuid.UUID | None = None
    parent_answer: str = Field("", max_length=120)


class ChangedQuestion(AskedQuestion):
    """A question asked otherwise, written on the version that was read before."""

    seen_version: int


class NewQuestion(AskedQuestion):
    """A question of an activity."""

    activity: uuid.UUID


class RegistrationQuestionOut(Schema):
    """A question as it is asked now."""

    id: uuid.UUID
    activity_id: uuid.UUID
    position: int
    kind: str
    need: str
    text: str
    hint: str
    choices: list[str]
    required: bool
    parent_id: uuid.UUID | None
    parent_answer: str
    version: int


class GivenAnswer(Schema):
    """An answer: one value, several where several may be chosen, "yes" or "no"."""

    question: uuid.UUID
    values: list[str] = Field(max_length=40)


class AnsweredOut(GivenAnswer):
    """What somebody answered, and which wording of the question."""

    asked: str
    version: int


class CountedOut(Schema):
    """How many of those with a place gave each answer."""

    question: uuid.UUID
    text: str
    by_answer: dict[str, int]
    silent: int


@router.post("", response={201: RegistrationQuestionOut}, operation_id="ask_question")
@allowed(_MANAGE)
def new(request: Any, body: NewQuestion) -> Status[RegistrationQuestion]:
    """Ask something more of whoever registers."""
    activity = _activity(request, body.activity, _MANAGE)
    return Status(201, ask_question(activity, _facts(activity, body), by=request.actor))


@router.post(
    "/usual-ones/{uuid:pk}",
    response={201: list[RegistrationQuestionOut]},
    operation_id="ask_usual_questions",
)
@allowed(_MANAGE)
def usual(request: Any, pk: uuid.UUID) -> Status[list[RegistrationQuestion]]:
    """Ask for meals and access at the activity with this key."""
    return Status(201, ask_usual_questions(_activity(request, pk, _MANAGE), by=request.actor))


@router.put("/{uuid:pk}", response=RegistrationQuestionOut, operation_id="change_question")
@allowed(_MANAGE)
def change(request: Any, pk: uuid.UUID, body: ChangedQuestion) -> RegistrationQuestion:
    """Ask it otherwise; another wording is another version."""
    found = _question(request, pk)
    facts = _facts(found.activity, body)
    return change_question(found, facts, seen_version=body.seen_version, by=request.actor)


@router.delete("/{uuid:pk}", response={204: None}, operation_id="withdraw_question")
@allowed(_MANAGE)
def withdraw(request: Any, pk: uuid.UUID) -> Status[None]:
    """Ask it no more; answers stay."""
    withdraw_question(_question(request, pk), by=request.actor)
    return Status(204, None)


@router.get("/counts/{uuid:pk}", response=list[CountedOut], operation_id="count_answers")
@allowed(_SEES)
def counts(request: Any, pk: uuid.UUID) -> list[dict[str, Any]]:
    """How many of those with a place at an activity said what: for the kitchen and the rooms."""
    return [
        {
            "question": each.question.pk,
            "text": each.question.text,
            "by_answer": dict(each.by_answer),
            "silent": each.silent,
        }
        for each in counts_of(_activity(request, pk, _SEES))
    ]


@router.put("/registrations/{uuid:pk}", response=list[AnsweredOut], operation_id="answer_questions")
@allowed(_MANAGE)
def answer(request: Any, pk: uuid.UUID, body: list[GivenAnswer]) -> list[dict[str, Any]]:
    """Answer for somebody: all answers, not only what is new."""
    rows = Registration.objects.visible_to(request.access, _MANAGE).select_related("activity")
    found = get_object_or_404(rows, pk=pk)
    answer_questions(found, {each.question: each.values for each in body}, by=request.actor)
    return [
        {
            "question": each.question.pk,
            "values": each.answer.values,
            "asked": each.answer.asked,
            "version": each.answer.question_version,
        }
        for each in answers_of(found)
        if each.answer
    ]


def _activity(request: Any, pk: uuid.UUID, permission: Permission) -> Activity:
    return get_object_or_404(Activity.objects.visible_to(request.access, permission), pk=pk)


def _question(request: Any, pk: uuid.UUID) -> RegistrationQuestion:
    rows = RegistrationQuestion.objects.visible_to(request.access, _MANAGE).asked_now()
    return get_object_or_404(rows.select_related("activity"), pk=pk)


def _facts(activity: Activity, body: AskedQuestion) -> QuestionFacts:
    asked = RegistrationQuestion.objects.of(activity)
    parent = get_object_or_404(asked, pk=body.parent) if body.parent else None
    return QuestionFacts(
        text=body.text,
        kind=body.kind,
        hint=body.hint,
        need=body.need or "",
        choices=tuple(in_words(body.choices)),
        required=body.required,
        parent=parent,
        parent_answer=body.parent_answer if parent else "",
    )
