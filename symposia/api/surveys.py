"""Surveys of needs: built, and their results without names."""

import uuid
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.curriculum.actions.survey_answers import cite_survey
from symposia.curriculum.actions.surveys import (
    QuestionFacts,
    SurveyFacts,
    add_question,
    close_survey,
    make_next_round,
    make_survey,
)
from symposia.curriculum.audience import audience_now
from symposia.curriculum.lists.surveys import SURVEYS
from symposia.curriculum.models import Gap, QuestionKind, Survey
from symposia.curriculum.policies.surveys import (
    objection_to_audience,
    objection_to_sending_survey,
)
from symposia.curriculum.queries.surveys import (
    audience_of,
    questions_of_survey,
    results_of_survey,
)
from symposia.curriculum.tasks import send_survey
from symposia.shared.refusals import refuse_if
from symposia.work.background import request_job

router = Router(tags=["surveys"])
list_route(router, SURVEYS)


class NewSurvey(Schema):
    """What is said about a survey."""

    title: str = Field(min_length=1, max_length=200)
    introduction: str = Field("", max_length=2000)
    repeats_after_months: int | None = Field(None, ge=1, le=36)


class NewQuestion(Schema):
    """What is asked, and how it is answered."""

    kind: QuestionKind
    text: str = Field(min_length=1, max_length=300)
    choices: list[str] = Field(default_factory=list, max_length=40)
    required: bool = True


class Audience(Schema):
    """Whom to ask: of these specialties and professions, or everybody."""

    specialties: list[str] = Field(default_factory=list, max_length=200)
    professions: list[str] = Field(default_factory=list, max_length=20)


class Sending(Schema):
    """How many people a job asks now; who was asked before or cannot be written to is left out."""

    people: int
    left_out: int


class SurveyReason(Schema):
    reason: str = Field(min_length=1, max_length=2000)


class Cited(Schema):
    """Which question is evidence of which gap."""

    question: uuid.UUID
    gap: uuid.UUID


class SurveyQuestionOut(Schema):
    id: uuid.UUID
    kind: str
    text: str
    choices: list[str]
    required: bool


class SurveyOut(Schema):
    """A survey with its questions."""

    id: uuid.UUID
    number: str
    title: str
    introduction: str
    round: int
    repeats_after_months: int | None
    state: str
    questions: list[SurveyQuestionOut]


class PointOut(Schema):
    """The mean of one round."""

    round: int
    mean: Decimal
    answers: int


class SurveyShareOut(Schema):
    label: str
    count: int


class SurveyResultOut(Schema):
    """One question with its answers counted, and its trend."""

    question: uuid.UUID
    text: str
    answers: int
    mean: Decimal | None
    shares: list[SurveyShareOut]
    texts: list[str]
    trend: list[PointOut]


class SurveyResultsOut(Schema):
    """How many answered; no question while too few have."""

    asked: int
    answered: int
    questions: list[SurveyResultOut]


@router.post("", response={201: SurveyOut}, operation_id="make_survey")
@allowed(Permission.MANAGE_SURVEYS)
def make(request: Any, body: NewSurvey) -> dict[str, Any]:
    """Begin a survey."""
    made = make_survey(SurveyFacts(**body.dict()), owner=request.user, by=request.actor)
    return _out(made)


@router.get("/{uuid:pk}", response=SurveyOut, operation_id="survey")
@allowed(Permission.VIEW_CURRICULUM)
def survey(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One survey with its questions."""
    return _out(_survey(request, pk))


@router.post("/{uuid:pk}/questions", response={201: SurveyOut}, operation_id="add_question")
@allowed(Permission.MANAGE_SURVEYS)
def question(request: Any, pk: uuid.UUID, body: NewQuestion) -> dict[str, Any]:
    """Ask one thing more."""
    found = _survey(request, pk)
    add_question(found, QuestionFacts(**body.dict()), by=request.actor)
    return _out(found)


@router.post("/{uuid:pk}/sending", response={202: Sending}, operation_id="send_survey")
@allowed(Permission.MANAGE_SURVEYS)
def send(request: Any, pk: uuid.UUID, body: Audience) -> Status[dict[str, int]]:
    """Ask people of the directory that the caller may see, as a job."""
    found = _survey(request, pk)
    questions = len(questions_of_survey(found))
    audience = audience_now(found, audience_of(request.access, body.specialties, body.professions))
    people = audience.asked
    refuse_if(objection_to_sending_survey(found, questions=questions))
    refuse_if(objection_to_audience(people))
    request_job(
        send_survey,
        kind="survey",
        title=f"{found.number}: {len(people)}",
        by=request.actor,
        survey_id=str(found.pk),
        clinician_ids=[str(each.pk) for each in people],
    )
    return Status(202, {"people": len(people), "left_out": len(audience.left_out)})


@router.get("/{uuid:pk}/results", response=SurveyResultsOut, operation_id="survey_results")
@allowed(Permission.VIEW_CURRICULUM)
def results(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """What was answered, without names."""
    found = results_of_survey(_survey(request, pk))
    return {
        "asked": found.asked,
        "answered": found.answered,
        "questions": [
            {
                "question": each.question.pk,
                "text": each.question.text,
                "answers": each.answers,
                "mean": each.mean,
                "shares": [{"label": s.label, "count": s.count} for s in each.shares],
                "texts": list(each.texts),
                "trend": list(each.trend),
            }
            for each in found.questions
        ],
    }


@router.post("/{uuid:pk}/closing", response=SurveyOut, operation_id="close_survey")
@allowed(Permission.MANAGE_SURVEYS)
def close(request: Any, pk: uuid.UUID, body: SurveyReason) -> dict[str, Any]:
    """Take no more answers."""
    return _out(close_survey(_survey(request, pk), reason=body.reason, by=request.actor))


@router.post("/{uuid:pk}/rounds", response={201: SurveyOut}, operation_id="make_next_round")
@allowed(Permission.MANAGE_SURVEYS)
def next_round(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Ask the same questions again."""
    return _out(make_next_round(_survey(request, pk), by=request.actor))


@router.post("/{uuid:pk}/evidence", response={201: SurveyOut}, operation_id="cite_survey")
@allowed(Permission.MANAGE_CURRICULUM)
def evidence(request: Any, pk: uuid.UUID, body: Cited) -> dict[str, Any]:
    """Let what a question found be evidence of a gap."""
    found = _survey(request, pk)
    asked = get_object_or_404(found.questions, pk=body.question)
    gap = get_object_or_404(Gap.objects.visible_to(request.access), pk=body.gap)
    cite_survey(found, asked, gap, by=request.actor)
    return _out(found)


def _survey(request: Any, pk: uuid.UUID) -> Survey:
    return get_object_or_404(Survey.objects.visible_to(request.access), pk=pk)


def _out(found: Survey) -> dict[str, Any]:
    names = [n for n in SurveyOut.model_fields if n != "questions"]
    return {name: getattr(found, name) for name in names} | {
        "questions": questions_of_survey(found)
    }
