"""Types of activities, and who organises one with us."""

import uuid
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.actions.organisers import (
    CouncilApproval,
    OrganiserFacts,
    enter_council_approval,
    name_organiser,
    remove_organiser,
)
from symposia.activities.actions.types import (
    TypeFacts,
    answer_type_questions,
    give_up_own_type,
    keep_own_type,
)
from symposia.activities.models import Activity, DeliveryForm, Organiser, OwnType, Part
from symposia.activities.own_types import answers_of, types_here
from symposia.activities.type_lists import ORGANISERS, OWN_TYPES
from symposia.activities.types import Due, TypeOfActivity
from symposia.api.gates import allowed
from symposia.api.lists import list_route

router = Router(tags=["activities"])
list_route(router, OWN_TYPES, "/own")
list_route(router, ORGANISERS, "/organisers")


class DueIn(Schema):
    """Something owed some days before (less than 0) or after an activity, by a role."""

    title: str = Field(min_length=1, max_length=200)
    days: int = Field(ge=-9999, le=9999)
    role: str = Field("", max_length=40, pattern="^[-a-zA-Z0-9_]*$")


class ChangedType(Schema):
    """An own copy of a type, written on the version that was read before (0: none yet)."""

    title: str = Field(min_length=1, max_length=120)
    delivery: DeliveryForm
    minutes: int = Field(ge=1, le=20_160)
    milestones: list[DueIn]
    documents: list[DueIn]
    fields: list[str]
    seen_version: int = Field(ge=0)


class TypeOut(Schema):
    code: str
    title: str
    about: str
    family: str
    modes: list[str]
    delivery: str
    minutes: int
    longest_days: int
    milestones: list[DueIn]
    documents: list[DueIn]
    fields: list[str]
    is_own: bool


class NewOrganiser(Schema):
    """Who stands for the activity beside us."""

    part: Part
    name: str = Field(min_length=1, max_length=200)
    is_ineligible: bool = False


class Approval(Schema):
    """A medical council's approval for hours."""

    council: str = Field(min_length=1, max_length=200)
    number: str = Field(min_length=1, max_length=80)


class OrganiserOut(Schema):
    part: str
    name: str
    council: str
    approval_number: str


class Answers(Schema):
    """The questions of a type with what the activity says to them."""

    answers: dict[str, Annotated[str, Field(max_length=500)]]


class AnswerOut(Schema):
    question: str
    answer: str


@router.get("", response=list[TypeOut], operation_id="types_of_activities")
@allowed(Permission.VIEW_ACTIVITIES)
def types(request: Any) -> list[TypeOfActivity]:
    """Every type as this organisation uses it."""
    return list(types_here().values())


@router.put("/{slug:code}", response=TypeOut, operation_id="keep_own_type")
@allowed(Permission.MANAGE_CURRICULUM)
def keep(request: Any, code: str, body: ChangedType) -> TypeOfActivity:
    """Make or change the own copy of a type."""
    facts = TypeFacts(
        body.title,
        body.delivery,
        body.minutes,
        [Due(**each.dict()) for each in body.milestones],
        [Due(**each.dict()) for each in body.documents],
        [each.strip()[:200] for each in body.fields if each.strip()],
    )
    keep_own_type(code, facts, seen_version=body.seen_version, by=request.actor)
    return types_here()[code]


@router.delete("/{slug:code}", response={204: None}, operation_id="give_up_own_type")
@allowed(Permission.MANAGE_CURRICULUM)
def give_up(request: Any, code: str) -> None:
    """Go back to the type as the product ships it."""
    own = get_object_or_404(OwnType.objects.visible_to(request.access), code=code)
    give_up_own_type(own, by=request.actor)


@router.put("/answers/{uuid:pk}", response=list[AnswerOut], operation_id="answer_type_questions")
@allowed(Permission.PLAN_ACTIVITIES)
def answer(request: Any, pk: uuid.UUID, body: Answers) -> list[Any]:
    """Say what the type of an activity asks for: its questions with their answers."""
    found = _activity(request, pk)
    return list(answers_of(answer_type_questions(found, body.answers, by=request.actor)))


@router.put("/organisers/{uuid:pk}", response=OrganiserOut, operation_id="name_organiser")
@allowed(Permission.PLAN_ACTIVITIES)
def organiser(request: Any, pk: uuid.UUID, body: NewOrganiser) -> Organiser:
    """Say who organises an activity with us."""
    return name_organiser(_activity(request, pk), OrganiserFacts(**body.dict()), by=request.actor)


@router.delete("/organisers/{uuid:pk}", response={204: None}, operation_id="remove_organiser")
@allowed(Permission.PLAN_ACTIVITIES)
def alone(request: Any, pk: uuid.UUID) -> None:
    """Organise it alone from now on."""
    remove_organiser(_organiser(request, pk), by=request.actor)


@router.put(
    "/organisers/{uuid:pk}/approval", response=OrganiserOut, operation_id="enter_council_approval"
)
@allowed(Permission.PLAN_ACTIVITIES)
def approval(request: Any, pk: uuid.UUID, body: Approval) -> Organiser:
    """Enter a medical council's approval, before the activity begins."""
    approved = CouncilApproval(body.council, body.number)
    return enter_council_approval(_organiser(request, pk), approved, by=request.actor)


def _organiser(request: Any, pk: uuid.UUID) -> Organiser:
    return get_object_or_404(Organiser, activity=_activity(request, pk))


def _activity(request: Any, pk: uuid.UUID) -> Activity:
    rows = Activity.objects.visible_to(request.access, Permission.PLAN_ACTIVITIES)
    return get_object_or_404(rows, pk=pk)
