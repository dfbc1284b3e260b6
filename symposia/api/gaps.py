"""Gaps in practice, and what is promised about them."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.curriculum.actions.gaps import EvidenceFacts, GapFacts, add_evidence, record_gap
from symposia.curriculum.actions.objectives import add_objective
from symposia.curriculum.actions.priorities import rate_gap, write_statement
from symposia.curriculum.lists.gaps import GAPS
from symposia.curriculum.models import Criterion, EvidenceKind, Gap, NeedType, StatementKind
from symposia.curriculum.queries.priorities import priority_of, statements_of

router = Router(tags=["gaps"])
list_route(router, GAPS)


class NewGap(Schema):
    """What is said about a gap."""

    title: str = Field(min_length=1, max_length=200)
    statement: str = Field(min_length=1, max_length=4000)
    need_type: NeedType
    population: str = Field(min_length=1, max_length=200)
    measure: str = Field("", max_length=200)
    baseline: str = Field("", max_length=80)
    target: str = Field("", max_length=80)


class NewEvidence(Schema):
    """Where it is written that a gap exists."""

    kind: EvidenceKind
    citation: str = Field(min_length=1, max_length=2000)
    figure: str = Field("", max_length=120)
    address: str = Field("", max_length=500, pattern=r"^(https?://[^\s\x00]+)?$")


class NewObjective(Schema):
    """What a learner will do differently."""

    text: str = Field(min_length=1, max_length=300)
    competency: str = Field(max_length=40)


class ObjectiveOut(Schema):
    id: uuid.UUID
    text: str
    competency: str


class EvidenceOut(Schema):
    id: uuid.UUID
    kind: str
    citation: str
    figure: str
    address: str


class GapOut(Schema):
    """A gap with its evidence and objectives."""

    id: uuid.UUID
    number: str
    title: str
    statement: str
    need_type: str
    population: str
    measure: str
    baseline: str
    target: str
    state: str
    version: int
    evidence: list[EvidenceOut]
    objectives: list[ObjectiveOut]


class NewRating(Schema):
    """Points of a gap on one criterion."""

    criterion: Criterion
    points: int = Field(ge=0, le=5)
    reason: str = Field("", max_length=300)


class NewStatement(Schema):
    """What an accreditor's form asks about a gap; empty text takes it back."""

    kind: StatementKind
    text: str = Field(max_length=2000)


class CriterionOut(Schema):
    """One criterion of a priority."""

    criterion: str
    points: int | None
    weight: int
    product: int


class PriorityOut(Schema):
    """How the score of a gap comes about."""

    total: int
    most: int
    place: int | None
    among: int
    lines: list[CriterionOut]


class StatementOut(Schema):
    """A statement with its words counted against the limit of the accreditor's form."""

    kind: str
    text: str
    words: int
    limit: int | None
    too_many: int


@router.post("", response={201: GapOut}, operation_id="record_gap")
@allowed(Permission.MANAGE_CURRICULUM)
def record(request: Any, body: NewGap) -> dict[str, Any]:
    """Write down a gap between practice and what it should be."""
    gap = record_gap(GapFacts(**body.dict()), owner=request.user, by=request.actor)
    return _out(gap)


@router.get("/{uuid:pk}", response=GapOut, operation_id="gap")
@allowed(Permission.VIEW_CURRICULUM)
def gap(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One gap with its evidence and objectives."""
    return _out(_gap(request, pk))


@router.post("/{uuid:pk}/evidence", response={201: GapOut}, operation_id="add_evidence")
@allowed(Permission.MANAGE_CURRICULUM)
def evidence(request: Any, pk: uuid.UUID, body: NewEvidence) -> dict[str, Any]:
    """Say where it is written that the gap exists."""
    found = _gap(request, pk)
    add_evidence(found, EvidenceFacts(**body.dict()), by=request.actor)
    return _out(found)


@router.post("/{uuid:pk}/objectives", response={201: GapOut}, operation_id="add_objective")
@allowed(Permission.MANAGE_CURRICULUM)
def objective(request: Any, pk: uuid.UUID, body: NewObjective) -> dict[str, Any]:
    """Promise what learners will do differently."""
    found = _gap(request, pk)
    add_objective(found, text=body.text, competency=body.competency, by=request.actor)
    return _out(found)


@router.get("/{uuid:pk}/priority", response=PriorityOut, operation_id="gap_priority")
@allowed(Permission.VIEW_CURRICULUM)
def priority(request: Any, pk: uuid.UUID) -> Any:
    """Points, weights and place of a gap."""
    return priority_of(_gap(request, pk))


@router.post("/{uuid:pk}/ratings", response={201: PriorityOut}, operation_id="rate_gap")
@allowed(Permission.MANAGE_CURRICULUM)
def rating(request: Any, pk: uuid.UUID, body: NewRating) -> Any:
    """Give a gap its points on one criterion."""
    found = _gap(request, pk)
    rate_gap(found, body.criterion, body.points, reason=body.reason, by=request.actor)
    return priority_of(found)


@router.get("/{uuid:pk}/statements", response=list[StatementOut], operation_id="gap_statements")
@allowed(Permission.VIEW_CURRICULUM)
def statements(request: Any, pk: uuid.UUID) -> list[dict[str, Any]]:
    """What accreditors' forms ask about a gap, words counted."""
    return _statements(_gap(request, pk))


@router.post(
    "/{uuid:pk}/statements", response={201: list[StatementOut]}, operation_id="write_statement"
)
@allowed(Permission.MANAGE_CURRICULUM)
def statement(request: Any, pk: uuid.UUID, body: NewStatement) -> list[dict[str, Any]]:
    """Answer what an accreditor's form asks about a gap."""
    found = _gap(request, pk)
    write_statement(found, body.kind, body.text, by=request.actor)
    return _statements(found)


def _statements(gap: Gap) -> list[dict[str, Any]]:
    return [
        {
            "kind": each.kind or "gap",
            "text": each.text,
            "words": each.words,
            "limit": each.limit.words if each.limit else None,
            "too_many": each.too_many,
        }
        for each in statements_of(gap, local_day())
    ]


def _gap(request: Any, pk: uuid.UUID) -> Gap:
    return get_object_or_404(Gap.objects.visible_to(request.access), pk=pk)


def _out(gap: Gap) -> dict[str, Any]:
    names = [n for n in GapOut.model_fields if n not in {"evidence", "objectives"}]
    return {name: getattr(gap, name) for name in names} | {
        "evidence": list(gap.evidence.order_by("added_at", "pk")),
        "objectives": list(gap.objectives.order_by("position", "pk")),
    }
