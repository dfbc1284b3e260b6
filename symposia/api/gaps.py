"""Gaps in practice, and what is promised about them."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.curriculum.actions.gaps import EvidenceFacts, GapFacts, add_evidence, record_gap
from symposia.curriculum.actions.objectives import add_objective
from symposia.curriculum.lists.gaps import GAPS
from symposia.curriculum.models import EvidenceKind, Gap, NeedType

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


@router.post("/", response={201: GapOut}, operation_id="record_gap")
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


def _gap(request: Any, pk: uuid.UUID) -> Gap:
    return get_object_or_404(Gap.objects.visible_to(request.access), pk=pk)


def _out(gap: Gap) -> dict[str, Any]:
    names = [n for n in GapOut.model_fields if n not in {"evidence", "objectives"}]
    return {name: getattr(gap, name) for name in names} | {
        "evidence": list(gap.evidence.order_by("added_at", "pk")),
        "objectives": list(gap.objectives.order_by("position", "pk")),
    }
