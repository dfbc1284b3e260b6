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
from symposia.activities.models.activities import Type
from symposia.activities.queries import objectives_of
from symposia.api.evaluation_forms import LibraryOut
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.assessment.actions import add_block, change_evaluation
from symposia.assessment.actions.library import (
    keep_in_library,
    take_over_form,
)
from symposia.assessment.lists.evaluations import (
    EVALUATION_ANSWERS,
    EVALUATION_MISSING,
    EVALUATION_QUESTIONS,
)
from symposia.assessment.models import FEWEST_SHOWN, EvaluationForm, Kind, LibraryForm, Repeats
from symposia.assessment.queries import current_form, questions_of, results_of
from symposia.assessment.standard import Draft
from symposia.curriculum.models import Guideline, Objective

router = Router(tags=["evaluations"])
list_route(router, EVALUATION_QUESTIONS, "/asked")
list_route(router, EVALUATION_ANSWERS, "/answers")
list_route(router, EVALUATION_MISSING, "/missing")
_WITH_CHOICES = {Kind.CHOICE, Kind.MULTIPLE, Kind.RATING}
_WORDS = r"^[^\x00]*$"


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
    # Why people said yes or no.
    comments: list[str]
    # The session or speaker it is about; empty: the whole activity.
    about: str
    # So few were led to it that nothing is told.
    is_kept_back: bool


class ResultsOut(Schema):
    """The evaluation of an activity; no question while too few have answered."""

    activity: uuid.UUID
    responses: int
    # Answers are told from so many people on, and leave the box in lots of at least so many.
    shown_from: int
    waiting: int
    questions: list[QuestionOut]


class AskedOut(Schema):
    """A question as learners read it."""

    text: str
    kind: str
    hint: str
    choices: list[str]
    required: bool
    section: str
    asks_why: bool
    repeats: str
    # Asked only of whoever gave one of these answers to the question of this number.
    depends_on: int | None
    depends_values: list[str]
    citation: str
    # The guideline that is asked about.
    guideline: uuid.UUID | None = Field(None, alias="guideline_id")
    # The objective of the activity that is asked about.
    objective: uuid.UUID | None = Field(None, alias="objective_id")


class QuestionIn(Schema):
    """A question to ask; the order of the list is the order of the form."""

    text: str = Field(min_length=1, max_length=600)
    kind: Kind
    section: str = Field("", max_length=120, pattern=_WORDS)
    asks_why: bool = False
    repeats: Repeats | None = None
    depends_on: int | None = Field(None, ge=1, le=60)
    depends_values: list[Annotated[str, Field(min_length=1, max_length=120, pattern=_WORDS)]] = (
        Field([], max_length=20)
    )
    citation: str = Field("", max_length=300, pattern=_WORDS)
    hint: str = Field("", max_length=200)
    choices: list[Annotated[str, Field(min_length=1, max_length=120)]] = Field([], max_length=20)
    required: bool = True
    guideline: uuid.UUID | None = None
    objective: uuid.UUID | None = None


class QuestionsIn(Schema):
    """All questions of the next version."""

    questions: list[QuestionIn] = Field(max_length=60)
    shown_from: int | None = Field(None, ge=FEWEST_SHOWN, le=100)


class FormOut(Schema):
    """The form of an activity in its version."""

    activity: uuid.UUID
    version: int
    shown_from: int
    questions: list[AskedOut]


class BlockIn(Schema):
    """The code of a shipped block of questions."""

    block: str = Field(max_length=20, pattern=_WORDS)


class LibraryIn(Schema):
    """Under which name an evaluation is kept, and activities of which type begin with it."""

    name: str = Field(min_length=1, max_length=120, pattern=_WORDS)
    activity_type: Type | None = None


class TakenOverIn(Schema):
    """A form of the library."""

    form: uuid.UUID


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
            kind=each.kind,
            text=each.text,
            hint=each.hint,
            choices=each.choices if each.kind in _WITH_CHOICES else [],
            required=each.required,
            guideline=get_object_or_404(cited, pk=each.guideline) if each.guideline else None,
            objective=_promised(promised, each.objective) if each.objective else None,
            section=each.section,
            asks_why=each.asks_why,
            repeats=each.repeats or "",
            depends_on=each.depends_on,
            depends_values=each.depends_values if each.depends_on else [],
            citation=each.citation,
        )
        for each in body.questions
    ]
    changed = change_evaluation(activity, drafts, shown_from=body.shown_from, by=request.actor)
    return _form(activity, changed)


@router.post("/{uuid:activity_pk}/blocks", response=FormOut, operation_id="add_evaluation_block")
@allowed(Permission.MANAGE_EVALUATIONS)
def put_block(request: Any, activity_pk: uuid.UUID, body: BlockIn) -> dict[str, Any]:
    """Ask the questions of a shipped block too."""
    activity = _activity(request, activity_pk, Permission.MANAGE_EVALUATIONS)
    return _form(activity, add_block(activity, body.block, by=request.actor))


@router.post("/{uuid:activity_pk}/forms", response=FormOut, operation_id="take_over_evaluation")
@allowed(Permission.MANAGE_EVALUATIONS)
def take_over(request: Any, activity_pk: uuid.UUID, body: TakenOverIn) -> dict[str, Any]:
    """Ask what a form of the library asks."""
    activity = _activity(request, activity_pk, Permission.MANAGE_EVALUATIONS)
    kept = get_object_or_404(LibraryForm.objects.visible_to(request.access), pk=body.form)
    return _form(activity, take_over_form(activity, kept, by=request.actor))


@router.post(
    "/{uuid:activity_pk}/library-forms", response=LibraryOut, operation_id="keep_evaluation"
)
@allowed(Permission.MANAGE_EVALUATIONS, of_all=True)
def keep(request: Any, activity_pk: uuid.UUID, body: LibraryIn) -> LibraryForm:
    """Keep an activity's evaluation in the library."""
    activity = _activity(request, activity_pk, Permission.MANAGE_EVALUATIONS)
    begins = body.activity_type or ""
    return keep_in_library(activity, body.name, activity_type=begins, by=request.actor)


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
        "shown_from": form.shown_from if form else FEWEST_SHOWN,
        "questions": questions_of(form) if form else [],
    }


@router.get("/{uuid:activity_pk}", response=ResultsOut, operation_id="evaluation_results")
@allowed(Permission.VIEW_EVALUATIONS)
def results(request: Any, activity_pk: uuid.UUID) -> dict[str, Any]:
    """The answers to an activity's evaluation."""
    found = results_of(_activity(request, activity_pk, Permission.VIEW_EVALUATIONS))
    return {
        "activity": activity_pk,
        "responses": found.responses,
        "shown_from": found.shown_from,
        "waiting": found.waiting,
        "questions": [
            {
                "text": each.question.text,
                "kind": each.question.kind,
                "answered": each.answered,
                "declined": each.declined,
                "mean": each.mean,
                "shares": [{"label": s.label, "count": s.count} for s in each.shares],
                "texts": list(each.texts),
                "comments": list(each.comments),
                "about": each.about,
                "is_kept_back": each.is_kept_back,
            }
            for each in found.questions
        ],
    }
