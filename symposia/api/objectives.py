"""What learners will do differently, and what each promise rests on."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.curriculum.actions.objectives import Grounds, ground_objective
from symposia.curriculum.lists.objectives import OBJECTIVES
from symposia.curriculum.models import Guideline, Objective
from symposia.curriculum.policies.objectives import missing_of

router = Router(tags=["objectives"])
list_route(router, OBJECTIVES)


class NewGrounds(Schema):
    """The recommendation an objective follows, and its local figure."""

    guideline: uuid.UUID | None = None
    recommendation: str = Field("", max_length=300)
    local_figure: str = Field("", max_length=120)
    local_source: str = Field("", max_length=200)


class ObjectiveWhole(Schema):
    """An objective with its grounds, and what is missing of them."""

    id: uuid.UUID
    gap: uuid.UUID
    text: str
    competency: str
    guideline: uuid.UUID | None
    recommendation: str
    local_figure: str
    local_source: str
    missing: list[str]


@router.get("/{uuid:pk}", response=ObjectiveWhole, operation_id="objective")
@allowed(Permission.VIEW_CURRICULUM)
def objective(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One objective."""
    return _out(_objective(request, pk))


@router.put("/{uuid:pk}/grounds", response=ObjectiveWhole, operation_id="ground_objective")
@allowed(Permission.MANAGE_CURRICULUM)
def grounds(request: Any, pk: uuid.UUID, body: NewGrounds) -> dict[str, Any]:
    """Say which recommendation it follows and which figure shows the need here."""
    found = _objective(request, pk)
    given = body.dict()
    chosen = given.pop("guideline")
    rows = Guideline.objects.visible_to(request.access)
    guideline = get_object_or_404(rows, pk=chosen) if chosen else None
    return _out(ground_objective(found, Grounds(guideline=guideline, **given), by=request.actor))


def _objective(request: Any, pk: uuid.UUID) -> Objective:
    rows = Objective.objects.visible_to(request.access).select_related("gap", "guideline")
    return get_object_or_404(rows, pk=pk)


def _out(found: Objective) -> dict[str, Any]:
    names = ("id", "text", "competency", "recommendation", "local_figure", "local_source")
    return {name: getattr(found, name) for name in names} | {
        "gap": found.gap_id,
        "guideline": found.guideline_id,
        "missing": [each.code for each in missing_of(found)],
    }
