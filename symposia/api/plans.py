"""Plans of a year and of its parts."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.actions.plans import place_in_plan
from symposia.activities.models import Activity
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.curriculum.actions.plans import PlanFacts, end_plan, make_plan, submit_plan
from symposia.curriculum.lists.plans import PLANS
from symposia.curriculum.models import Plan
from symposia.shared.money import Money

router = Router(tags=["plans"])
list_route(router, PLANS)


class NewPlan(Schema):
    """What is said about a plan; its currency is the organisation's."""

    title: str = Field(min_length=1, max_length=200)
    starts_on: date
    ends_on: date
    envelope: Decimal = Field(ge=0, max_digits=14, decimal_places=2)
    purpose: str = Field("", max_length=4000)
    therapy_area: str = Field("", max_length=120)
    product: str = Field("", max_length=120)
    parent: uuid.UUID | None = None


class PlanReason(Schema):
    reason: str = Field(min_length=1, max_length=2000)


class Placed(Schema):
    """An activity that belongs to a plan."""

    activity: uuid.UUID


class PlanOut(Schema):
    """A plan."""

    id: uuid.UUID
    number: str
    title: str
    purpose: str
    therapy_area: str
    product: str
    parent: uuid.UUID | None
    starts_on: date
    ends_on: date
    envelope: Decimal
    currency: str
    state: str
    version: int


@router.post("", response={201: PlanOut}, operation_id="make_plan")
@allowed(Permission.MANAGE_CURRICULUM)
def make(request: Any, body: NewPlan) -> dict[str, Any]:
    """Begin a plan."""
    told = body.dict()
    told["envelope"] = Money(told["envelope"], request.organisation.currency)
    told["parent"] = _plan(request, told["parent"]) if told["parent"] else None
    return _out(make_plan(PlanFacts(**told), owner=request.user, by=request.actor))


@router.get("/{uuid:pk}", response=PlanOut, operation_id="plan")
@allowed(Permission.VIEW_CURRICULUM)
def plan(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One plan."""
    return _out(_plan(request, pk))


@router.post("/{uuid:pk}/submission", response=PlanOut, operation_id="submit_plan")
@allowed(Permission.MANAGE_CURRICULUM)
def submit(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Ask for its approvals."""
    return _out(submit_plan(_plan(request, pk), by=request.actor))


@router.post("/{uuid:pk}/ending", response=PlanOut, operation_id="end_plan")
@allowed(Permission.MANAGE_CURRICULUM)
def end(request: Any, pk: uuid.UUID, body: PlanReason) -> dict[str, Any]:
    """Plan no longer under it."""
    return _out(end_plan(_plan(request, pk), reason=body.reason, by=request.actor))


@router.post("/{uuid:pk}/activities", response=PlanOut, operation_id="place_in_plan")
@allowed(Permission.PLAN_ACTIVITIES)
def place(request: Any, pk: uuid.UUID, body: Placed) -> dict[str, Any]:
    """Let an activity belong to a plan."""
    found = _plan(request, pk)
    rows = Activity.objects.visible_to(request.access, Permission.PLAN_ACTIVITIES)
    place_in_plan(get_object_or_404(rows, pk=body.activity), found, by=request.actor)
    return _out(found)


def _plan(request: Any, pk: uuid.UUID) -> Plan:
    return get_object_or_404(Plan.objects.visible_to(request.access), pk=pk)


def _out(found: Plan) -> dict[str, Any]:
    names = [n for n in PlanOut.model_fields if n not in {"parent", "envelope"}]
    return {name: getattr(found, name) for name in names} | {
        "parent": found.parent_id,
        "envelope": found.envelope.amount,
    }
