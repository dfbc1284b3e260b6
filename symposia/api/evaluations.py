"""What the learners of an activity answered, without names."""

import uuid
from decimal import Decimal
from typing import Annotated, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.activities.queries import objectives_of
from symposia.api.gates import allowed
from symposia.assessment.actions import change_evaluation
from symposia.assessment.models import EvaluationForm, Kind
from symposia.assessment.queries import current_form, questions_of, results_of
from symposia.assessment.standard import Draft
from symposia.curriculum.models import Guideline, Objective

router = Router(tags=["evaluations"])


class ShareOut(Schema):
    """How many gave one answer."""

    label: str
    count: int


class QuestionOut(Schema):
    """One question with its answers counted."""

    text: str
    kind: str
    answered: int
    declined: int
    mean: Decimal | None
    shares: list[ShareOut]
    texts: list[str]


class ResultsOut(Schema):
    """The evaluation of an activity; no question while too few have answered."""

    activity: uuid.UUID
    responses: int
    questions: list[QuestionOut]


class AskedOut(Schema):
    """A question as learners read it."""

    text: str
    kind: str
    hint: str
    choices: list[str]
    required: bool
    # The guideline that is asked about.
    guideline: uuid.UUID | None = Field(None, alias="guideline_id")
    # The objective of the activity that is asked about.
    objective: uuid.UUID | None = Field(None, alias="objective_id")


class QuestionIn(Schema):
    """A question to ask; the order of the list is the order of the form."""

    text: str = Field(min_length=1, max_length=300)
    kind: Kind
    hint: str = Field("", max_length=200)
    choices: list[Annotated[str, Field(min_length=1, max_length=120)]] = Field([], max_length=20)
    required: bool = True
    guideline: uuid.UUID | None = None
    objective: uuid.UUID | None = None


class QuestionsIn(Schema):
    """All questions of the next version."""

    questions: list[QuestionIn] = Field(max_length=40)


class FormOut(Schema):
    """The form of an activity in its version."""

    activity: uuid.UUID
    version: int
    questions: list[AskedOut]


@router.get("/{uuid:activity_pk}/questions", response=FormOut, operation_id="evaluation_questions")
@allowed(Permission.VIEW_EVALUATIONS)
def questions(request: Any, activity_pk: uuid.UUID) -> dict[str, Any]:
    """What learners are asked now; version 0 asks nothing."""
    activity = _activity(request, activity_pk, Permission.VIEW_EVALUATIONS)
    return _form(activity, current_form(activity))


@router.put(
    "/{uuid:activity_pk}/questions", response=FormOut, operation_id="change_evaluation_questions"
)
@allowed(Permission.MANAGE_EVALUATIONS)
def change(request: Any, activity_pk: uuid.UUID, body: QuestionsIn) -> dict[str, Any]:
    """Ask these questions from now on; possible until the activity opens."""
    activity = _activity(request, activity_pk, Permission.MANAGE_EVALUATIONS)
    cited = Guideline.objects.visible_to(request.access)
    promised = {each.pk: each for each in objectives_of(activity)}
    drafts = [
        Draft(
            each.kind,
            each.text,
            each.hint,
            each.choices if each.kind == Kind.CHOICE else [],
            each.required,
            get_object_or_404(cited, pk=each.guideline) if each.guideline else None,
            _promised(promised, each.objective) if each.objective else None,
        )
        for each in body.questions
    ]
    return _form(activity, change_evaluation(activity, drafts, by=request.actor))


def _promised(objectives: dict[uuid.UUID, Objective], pk: uuid.UUID) -> Objective:
    if pk not in objectives:
        raise Http404
    return objectives[pk]


def _activity(request: Any, pk: uuid.UUID, permission: Permission) -> Activity:
    return get_object_or_404(Activity.objects.visible_to(request.access, permission), pk=pk)


def _form(activity: Activity, form: EvaluationForm | None) -> dict[str, Any]:
    return {
        "activity": activity.pk,
        "version": form.version if form else 0,
        "questions": questions_of(form) if form else [],
    }


@router.get("/{activity_pk}", response=ResultsOut, operation_id="evaluation_results")
@allowed(Permission.VIEW_EVALUATIONS)
def results(request: Any, activity_pk: uuid.UUID) -> dict[str, Any]:
    """The answers to an activity's evaluation."""
    found = results_of(_activity(request, activity_pk, Permission.VIEW_EVALUATIONS))
    return {
        "activity": activity_pk,
        "responses": found.responses,
        "questions": [
            {
                "text": each.question.text,
                "kind": each.question.kind,
                "answered": each.answered,
                "declined": each.declined,
                "mean": each.mean,
                "shares": [{"label": s.label, "count": s.count} for s in each.shares],
                "texts": list(each.texts),
            }
            for each in found.questions
        ],
    }
