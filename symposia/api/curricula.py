"""Curricula: objectives in an order for an audience."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.curriculum.actions.curricula import (
    CurriculumFacts,
    add_step,
    begin_edition,
    make_curriculum,
    publish_curriculum,
)
from symposia.curriculum.lists.curricula import CURRICULA
from symposia.curriculum.models import CompletionRule, Curriculum, Objective
from symposia.curriculum.queries.curricula import steps_of_curriculum

router = Router(tags=["curricula"])
list_route(router, CURRICULA)


class NewCurriculum(Schema):
    """For whom a curriculum is, and when it is completed."""

    title: str = Field(min_length=1, max_length=200)
    audience: str = Field(min_length=1, max_length=200)
    purpose: str = Field("", max_length=4000)
    rule: CompletionRule = CompletionRule.ALL
    at_least: int | None = Field(None, ge=1, le=200)
    in_order: bool = False


class NewStep(Schema):
    """An objective as the next step."""

    objective: uuid.UUID
    required: bool = True


class StepOut(Schema):
    objective: uuid.UUID
    text: str
    required: bool


class CurriculumOut(Schema):
    """One edition of a curriculum with its steps."""

    id: uuid.UUID
    number: str
    title: str
    audience: str
    purpose: str
    edition: int
    rule: str
    at_least: int | None
    in_order: bool
    state: str
    steps: list[StepOut]


@router.post("", response={201: CurriculumOut}, operation_id="make_curriculum")
@allowed(Permission.MANAGE_CURRICULUM)
def make(request: Any, body: NewCurriculum) -> dict[str, Any]:
    """Begin a curriculum."""
    facts = CurriculumFacts(**body.dict())
    return _out(make_curriculum(facts, owner=request.user, by=request.actor))


@router.get("/{uuid:pk}", response=CurriculumOut, operation_id="curriculum")
@allowed(Permission.VIEW_CURRICULUM)
def curriculum(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One edition."""
    return _out(_curriculum(request, pk))


@router.post("/{uuid:pk}/steps", response={201: CurriculumOut}, operation_id="add_step")
@allowed(Permission.MANAGE_CURRICULUM)
def step(request: Any, pk: uuid.UUID, body: NewStep) -> dict[str, Any]:
    """Put an objective at its end."""
    found = _curriculum(request, pk)
    rows = Objective.objects.visible_to(request.access).select_related("gap")
    objective = get_object_or_404(rows, pk=body.objective)
    add_step(found, objective, required=body.required, by=request.actor)
    return _out(found)


@router.post("/{uuid:pk}/publication", response=CurriculumOut, operation_id="publish_curriculum")
@allowed(Permission.MANAGE_CURRICULUM)
def publish(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Put the edition in force."""
    return _out(publish_curriculum(_curriculum(request, pk), by=request.actor))


@router.post("/{uuid:pk}/editions", response={201: CurriculumOut}, operation_id="begin_edition")
@allowed(Permission.MANAGE_CURRICULUM)
def edition(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Begin the next edition as a copy of this one."""
    return _out(begin_edition(_curriculum(request, pk), by=request.actor))


def _curriculum(request: Any, pk: uuid.UUID) -> Curriculum:
    return get_object_or_404(Curriculum.objects.visible_to(request.access), pk=pk)


def _out(found: Curriculum) -> dict[str, Any]:
    names = [n for n in CurriculumOut.model_fields if n != "steps"]
    return {name: getattr(found, name) for name in names} | {
        "steps": [
            {
                "objective": each.objective_id,
                "text": each.objective.text,
                "required": each.required,
            }
            for each in steps_of_curriculum(found)
        ]
    }
