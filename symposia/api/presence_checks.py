"""Presence checks and polls in sessions online, and what was answered."""

import uuid
from datetime import datetime
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from ninja import Field, Router, Schema, Status
from pydantic import AwareDatetime, StringConstraints

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity, Session
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.attendance.actions.checks import ask_who_is_there, close_check
from symposia.attendance.asking import (
    LONGEST,
    LONGEST_OPTION,
    MOST_OPTIONS,
    SHORTEST,
    Question,
    results_of,
)
from symposia.attendance.check_lists import CHECK_ANSWERS, PRESENCE_CHECKS, state_of_check
from symposia.attendance.models import PresenceCheck

router = Router(tags=["presence checks"])
list_route(router, PRESENCE_CHECKS)
list_route(router, CHECK_ANSWERS, "/answers")
_MANAGE = Permission.MANAGE_REGISTRATIONS
Option = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_OPTION)]


class NewCheck(Schema):
    """What is asked in which session; without a time now, without options who is there."""

    activity: uuid.UUID
    session: uuid.UUID
    question: str = Field("", max_length=200)
    options: list[Option] = Field(default_factory=list, max_length=MOST_OPTIONS)
    asked_at: AwareDatetime | None = None
    minutes: int = Field(3, ge=SHORTEST, le=LONGEST)


class ResultOut(Schema):
    """How many chose an answer."""

    answer: str
    people: int


class CheckOut(Schema):
    """A check as it stands."""

    id: uuid.UUID
    activity: uuid.UUID
    question: str
    state: str
    asked_at: datetime
    closes_at: datetime
    results: list[ResultOut]


@router.post("", response={201: CheckOut}, operation_id="ask_who_is_there")
@allowed(Permission.MANAGE_REGISTRATIONS)
def ask(request: Any, body: NewCheck) -> Status[Any]:
    """Put up a presence check or a poll."""
    activities = Activity.objects.visible_to(request.access, _MANAGE)
    activity = get_object_or_404(activities, pk=body.activity)
    session = get_object_or_404(Session.objects.of(activity), pk=body.session)
    asked_at = body.asked_at or now()
    asked = Question(session, asked_at, body.minutes, body.question, body.options)
    return Status(201, _out(ask_who_is_there(activity, asked, by=request.actor)))


@router.get("/{pk}", response=CheckOut, operation_id="presence_check")
@allowed(Permission.VIEW_ATTENDANCE)
def check(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One check with its results."""
    return _out(get_object_or_404(PresenceCheck.objects.visible_to(request.access), pk=pk))


@router.post("/{pk}/closing", response=CheckOut, operation_id="close_presence_check")
@allowed(Permission.MANAGE_REGISTRATIONS)
def close(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Take no more answers."""
    rows = PresenceCheck.objects.visible_to(request.access, _MANAGE)
    found = get_object_or_404(rows, pk=pk)
    close_check(found, by=request.actor)
    found.refresh_from_db()
    return _out(found)


def _out(found: PresenceCheck) -> dict[str, Any]:
    return {
        "id": found.pk,
        "activity": found.activity_id,
        "question": str(found),
        "state": str(state_of_check(found)),
        "asked_at": found.asked_at,
        "closes_at": found.closes_at,
        "results": [{"answer": label, "people": n} for label, n in results_of(found)],
    }
