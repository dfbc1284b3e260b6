"""The bank of questions that tests ask: written, reworded, published, retired, brought in."""

import uuid
from decimal import Decimal
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import ConfigDict, Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.assessment.actions.bank import (
    QuestionFacts,
    add_bank_question,
    publish_bank_question,
    retire_bank_question,
    reword_bank_question,
)
from symposia.assessment.actions.bank_files import check_questions, import_questions
from symposia.assessment.bank_rows import KIND
from symposia.assessment.lists.bank import QUESTION_IMPORTS, QUESTIONS
from symposia.assessment.models import BankKind, BankQuestion, CreditRule
from symposia.assessment.queries.bank import Worded, latest_of
from symposia.assessment.wording import OptionFacts, Wording
from symposia.curriculum.models import Guideline, Objective
from symposia.work.imports.kept import kept_upload
from symposia.work.models import Import

router = Router(tags=["questions"])
list_route(router, QUESTIONS)
list_route(router, QUESTION_IMPORTS, "/imports")
_MANAGE = Permission.MANAGE_EVALUATIONS
_Number = Annotated[Decimal, Field(max_digits=18, decimal_places=6)]
_WORDS = r"^[^\x00]*$"


class OptionIn(Schema):
    """One answer: a choice, a step in its place, a pair, or words that are right."""

    text: str = Field(min_length=1, max_length=500, pattern=_WORDS)
    is_right: bool = False
    partner: str = Field("", max_length=500, pattern=_WORDS)
    rationale: str = Field("", max_length=1000, pattern=_WORDS)
    reference: str = Field("", max_length=500, pattern=_WORDS)


class BankQuestionIn(Schema):
    """The words of a question, and what it is about."""

    model_config = ConfigDict(extra="forbid")

    kind: BankKind
    text: str = Field(min_length=1, max_length=2000, pattern=_WORDS)
    options: list[OptionIn] = Field(default_factory=list, max_length=20)
    rule: CreditRule = CreditRule.WHOLE
    value: _Number | None = None
    tolerance: _Number | None = None
    unit: str = Field("", max_length=40, pattern=_WORDS)
    rationale: str = Field("", max_length=4000, pattern=_WORDS)
    reference: str = Field("", max_length=500, pattern=_WORDS)
    objective: uuid.UUID | None = None
    guideline: uuid.UUID | None = None
    tags: list[Annotated[str, Field(max_length=40, pattern=_WORDS)]] = Field(
        default_factory=list, max_length=20
    )


class Rewording(BankQuestionIn):
    """The next version; `seen_version` is that of the question as it was read."""

    seen_version: int = Field(ge=1, le=2_000_000_000)


class QuestionRetirement(Schema):
    """Why a question is asked no more."""

    reason: str = Field(min_length=1, max_length=2000, pattern=_WORDS)


class OptionOut(Schema):
    text: str
    is_right: bool
    partner: str
    rationale: str
    reference: str


class BankQuestionOut(Schema):
    """A question in its latest version, and which version learners are asked."""

    id: uuid.UUID
    number: str
    kind: str
    state: str
    text: str
    options: list[OptionOut]
    rule: str
    value: Decimal | None
    tolerance: Decimal | None
    unit: str
    rationale: str
    reference: str
    objective: uuid.UUID | None
    guideline: uuid.UUID | None
    tags: list[str]
    latest: int
    published: int | None
    version: int


class QuestionImportOut(Schema):
    """A file of questions: how far it is, and how many rows meet which fate."""

    id: uuid.UUID
    state: str
    counts: dict[str, int]


@router.post("", response={201: BankQuestionOut}, operation_id="add_bank_question")
@allowed(_MANAGE)
def add(request: Any, body: BankQuestionIn) -> Status[Any]:
    """Write a question, as a draft."""
    made = add_bank_question(_wording(body), _facts(request, body), by=request.actor)
    return Status(201, _out(made))


@router.get("/{uuid:pk}", response=BankQuestionOut, operation_id="bank_question")
@allowed(Permission.VIEW_EVALUATIONS)
def read(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One question in its latest version."""
    return _out(_question(request, pk))


@router.post("/{uuid:pk}/versions", response=BankQuestionOut, operation_id="reword_bank_question")
@allowed(_MANAGE)
def reword(request: Any, pk: uuid.UUID, body: Rewording) -> dict[str, Any]:
    """Say it differently: other words are the next version, which nobody is asked yet."""
    question, seen = _question(request, pk), body.seen_version
    facts = _facts(request, body)
    return _out(
        reword_bank_question(question, _wording(body), facts, seen_version=seen, by=request.actor)
    )


@router.post(
    "/{uuid:pk}/publication", response=BankQuestionOut, operation_id="publish_bank_question"
)
@allowed(_MANAGE)
def publish(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Let tests ask the latest version."""
    return _out(publish_bank_question(_question(request, pk), by=request.actor))


@router.post("/{uuid:pk}/retirement", response=BankQuestionOut, operation_id="retire_bank_question")
@allowed(_MANAGE)
def retire(request: Any, pk: uuid.UUID, body: QuestionRetirement) -> dict[str, Any]:
    """Ask it no more."""
    question = _question(request, pk)
    return _out(retire_bank_question(question, reason=body.reason, by=request.actor))


@router.post("/imports", response={201: QuestionImportOut}, operation_id="check_questions")
@allowed(_MANAGE)
def check(request: Any, file: File[UploadedFile]) -> Status[Any]:
    """The dry run of a file of questions: what each row would do."""
    by = request.actor
    with kept_upload(file, purpose=KIND, by=by) as (path, kept):
        made = check_questions(path, name=kept.name, storage_name=kept.storage_name, by=by)
    return Status(201, made)


@router.post("/imports/{uuid:pk}/rows", response=QuestionImportOut, operation_id="import_questions")
@allowed(_MANAGE)
def bring_in(request: Any, pk: uuid.UUID) -> Import:
    """Bring in what the dry run showed."""
    made = get_object_or_404(QUESTION_IMPORTS.rows(request.access), pk=pk)
    return import_questions(made, by=request.actor)


def _question(request: Any, pk: uuid.UUID) -> BankQuestion:
    return get_object_or_404(BankQuestion.objects.visible_to(request.access), pk=pk)


def _facts(request: Any, body: BankQuestionIn) -> QuestionFacts:
    objectives = Objective.objects.visible_to(request.access)
    guidelines = Guideline.objects.visible_to(request.access)
    return QuestionFacts(
        get_object_or_404(objectives, pk=body.objective) if body.objective else None,
        get_object_or_404(guidelines, pk=body.guideline) if body.guideline else None,
        tuple(body.tags),
    )


def _wording(body: BankQuestionIn) -> Wording:
    names = ("kind", "text", "rule", "value", "tolerance", "unit", "rationale", "reference")
    return Wording(
        options=tuple(OptionFacts(**each.dict()) for each in body.options),
        **{name: getattr(body, name) for name in names},
    )


def _out(question: BankQuestion) -> dict[str, Any]:
    worded: Worded = latest_of(question)
    names = ("id", "number", "kind", "state", "tags", "latest", "published", "version")
    said = ("text", "rule", "value", "tolerance", "unit", "rationale", "reference")
    return (
        {name: getattr(question, name) for name in names}
        | {name: getattr(worded.version, name) for name in said}
        | {
            "options": list(worded.options),
            "objective": question.objective_id,
            "guideline": question.guideline_id,
        }
    )
