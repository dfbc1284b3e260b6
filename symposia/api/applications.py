"""Applications: the wishes of departments and partners, and what reviewers say to them."""

import uuid
from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.actions.application_reviews import (
    accept_application,
    refuse_application,
    return_application,
)
from symposia.activities.actions.applications import (
    ApplicationFacts,
    answer_application,
    begin_application,
    hand_in_application,
)
from symposia.activities.application_lists import APPLICATIONS
from symposia.activities.applications import given_answers
from symposia.activities.models import Application, DeliveryForm, Mode, Repeats, Type, Wish
from symposia.api.fields import Clock, Email, Zone
from symposia.api.gates import allowed
from symposia.api.lists import list_route

router = Router(tags=["applications"])
list_route(router, APPLICATIONS)


class NewApplication(Schema):
    """What somebody applies for, and for whom."""

    applicant: str = Field(min_length=1, max_length=200)
    email: Email
    department: str = Field(min_length=1, max_length=200)
    is_ineligible: bool = False
    mode: Mode
    type: Type
    title: str = Field(min_length=1, max_length=200)
    need: str = Field(min_length=1, max_length=3600)
    audience: str = Field("", max_length=300)
    wish: Wish = Wish.ACTIVITY
    day: date = Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))
    clock: Clock
    minutes: int = Field(ge=1, le=1440)
    repeats: Repeats | None = None
    interval: int = Field(1, ge=1, le=60)
    until_on: date | None = Field(None, ge=date(2000, 1, 1), le=date(2100, 12, 31))
    zone: Zone
    delivery: DeliveryForm
    venue_name: str = Field("", max_length=200)
    city: str = Field("", max_length=120)
    country: str = Field("", pattern="^([A-Z]{2})?$")
    online_address: str = Field("", max_length=500, pattern=r"^(https?://[^\s\x00]+)?$")
    expected_attendance: int = Field(0, ge=0, le=1_000_000)


class ApplicationAnswers(Schema):
    """What is said to the questions of the type."""

    answers: dict[str, str]


class Told(Schema):
    """What the applicant is told."""

    reason: str = Field(min_length=1, max_length=2000)


class ApplicationOut(Schema):
    """An application and what became of it."""

    id: uuid.UUID
    number: str
    title: str
    applicant: str
    department: str
    need: str
    state: str
    became: str
    answers: dict[str, str]


@router.post("", response={201: ApplicationOut}, operation_id="begin_application")
@allowed(Permission.PLAN_ACTIVITIES)
def begin(request: Any, body: NewApplication) -> dict[str, Any]:
    """Take a wish that came by another way; the link goes to the applicant."""
    given = body.dict()
    facts = ApplicationFacts(**given | {"repeats": given["repeats"] or ""})
    return _out(begin_application(facts, user=request.user, by=request.actor))


@router.get("/{uuid:pk}", response=ApplicationOut, operation_id="application")
@allowed(Permission.PLAN_ACTIVITIES)
def application(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One application."""
    return _out(_application(request, pk))


@router.put("/{uuid:pk}/answers", response=ApplicationOut, operation_id="answer_application")
@allowed(Permission.PLAN_ACTIVITIES)
def answers(request: Any, pk: uuid.UUID, body: ApplicationAnswers) -> dict[str, Any]:
    """Answer the questions of the type of an own application."""
    return _out(answer_application(_own(request, pk), body.answers, by=request.actor))


@router.post("/{uuid:pk}/submission", response=ApplicationOut, operation_id="hand_in_application")
@allowed(Permission.PLAN_ACTIVITIES)
def submit(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Hand an own application in."""
    return _out(hand_in_application(_own(request, pk), by=request.actor))


@router.post("/{uuid:pk}/acceptance", response=ApplicationOut, operation_id="accept_application")
@allowed(Permission.PLAN_ACTIVITIES)
def accept(request: Any, pk: uuid.UUID, body: Told) -> dict[str, Any]:
    """Let it become an activity or a series."""
    found = _application(request, pk)
    accept_application(found, reason=body.reason, owner=request.user, by=request.actor)
    return _out(_application(request, pk))


@router.post("/{uuid:pk}/returning", response=ApplicationOut, operation_id="return_application")
@allowed(Permission.PLAN_ACTIVITIES)
def give_back(request: Any, pk: uuid.UUID, body: Told) -> dict[str, Any]:
    """Give it back with a question."""
    found = _application(request, pk)
    return _out(return_application(found, reason=body.reason, by=request.actor))


@router.post("/{uuid:pk}/refusal", response=ApplicationOut, operation_id="refuse_application")
@allowed(Permission.PLAN_ACTIVITIES)
def refuse(request: Any, pk: uuid.UUID, body: Told) -> dict[str, Any]:
    """Say no, with the reason."""
    found = _application(request, pk)
    return _out(refuse_application(found, reason=body.reason, by=request.actor))


def _application(request: Any, pk: uuid.UUID) -> Application:
    return get_object_or_404(Application.objects.visible_to(request.access), pk=pk)


def _own(request: Any, pk: uuid.UUID) -> Application:
    """Drafts are their writer's; what was handed in is the reviewers'."""
    return get_object_or_404(Application.objects.of_person(request.user), pk=pk)


def _out(found: Application) -> dict[str, Any]:
    names = ("id", "number", "title", "applicant", "department", "need", "state")
    became = found.activity or found.series
    return {name: getattr(found, name) for name in names} | {
        "became": became.number if became else "",
        "answers": given_answers(found),
    }
