"""Curriculum reviews: agenda, decisions, actions, minutes."""

import uuid
from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.api.people import member_or_404
from symposia.curriculum.actions.meetings import (
    MeetingFacts,
    Promise,
    add_point,
    agree_action,
    decide_point,
    finish_action,
    hold_meeting,
    plan_meeting,
)
from symposia.curriculum.lists.meetings import AGREED_ACTIONS, MEETINGS
from symposia.curriculum.models import AgreedAction, Meeting

router = Router(tags=["meetings"])
list_route(router, MEETINGS)
list_route(router, AGREED_ACTIONS, "/actions")


class NewMeeting(Schema):
    """When and where a review is held."""

    title: str = Field(min_length=1, max_length=200)
    on: date
    place: str = Field("", max_length=200)
    next_after_months: int | None = Field(1, ge=1, le=12)


class NewPoint(Schema):
    title: str = Field(min_length=1, max_length=300)
    note: str = Field("", max_length=2000)


class PointDecision(Schema):
    decision: str = Field(min_length=1, max_length=4000)


class Minutes(Schema):
    """Who was there and what was said."""

    present: str = Field(min_length=1, max_length=4000)
    minutes: str = Field(min_length=1, max_length=20_000)


class ActionNote(Schema):
    note: str = Field(min_length=1, max_length=2000)


class NewAction(Schema):
    """Who will do what until when, and about which point."""

    text: str = Field(min_length=1, max_length=300)
    owner: uuid.UUID
    due_on: date
    point: uuid.UUID | None = None


class PointOfAgenda(Schema):
    id: uuid.UUID
    kind: str
    title: str
    note: str
    subject_type: str
    subject_id: uuid.UUID | None
    decision: str


class ActionOut(Schema):
    id: uuid.UUID
    text: str
    owner: uuid.UUID
    due_on: date
    done_at: datetime | None
    done_note: str


class MeetingOut(Schema):
    """A review with its agenda and actions."""

    id: uuid.UUID
    number: str
    title: str
    on: date
    place: str
    next_after_months: int | None
    state: str
    present: str
    minutes: str
    points: list[PointOfAgenda]
    actions: list[ActionOut]


@router.post("", response={201: MeetingOut}, operation_id="plan_meeting")
@allowed(Permission.MANAGE_CURRICULUM)
def make(request: Any, body: NewMeeting) -> dict[str, Any]:
    """Plan a review; its agenda is made from what changed since the last one."""
    meeting = plan_meeting(MeetingFacts(**body.dict()), chair=request.user, by=request.actor)
    return _out(meeting)


@router.get("/{uuid:pk}", response=MeetingOut, operation_id="meeting")
@allowed(Permission.VIEW_CURRICULUM)
def meeting(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One review."""
    return _out(_meeting(request, pk))


@router.post("/{uuid:pk}/points", response={201: MeetingOut}, operation_id="add_point")
@allowed(Permission.MANAGE_CURRICULUM)
def point(request: Any, pk: uuid.UUID, body: NewPoint) -> dict[str, Any]:
    """Put something on the agenda."""
    found = _meeting(request, pk)
    add_point(found, by=request.actor, **body.dict())
    return _out(found)


@router.post(
    "/{uuid:pk}/points/{uuid:item_pk}/decision", response=MeetingOut, operation_id="decide_point"
)
@allowed(Permission.MANAGE_CURRICULUM)
def decide(request: Any, pk: uuid.UUID, item_pk: uuid.UUID, body: PointDecision) -> dict[str, Any]:
    """Write what was decided on a point."""
    found = _meeting(request, pk)
    item = get_object_or_404(found.items, pk=item_pk)
    decide_point(item, decision=body.decision, by=request.actor)
    return _out(found)


@router.post("/{uuid:pk}/actions", response={201: MeetingOut}, operation_id="agree_action")
@allowed(Permission.MANAGE_CURRICULUM)
def agree(request: Any, pk: uuid.UUID, body: NewAction) -> dict[str, Any]:
    """Write who will do what until when."""
    found = _meeting(request, pk)
    point = get_object_or_404(found.items, pk=body.point) if body.point else None
    promise = Promise(body.text, member_or_404(body.owner), body.due_on, point)
    agree_action(found, promise, by=request.actor)
    return _out(found)


@router.post("/{uuid:pk}/minutes", response=MeetingOut, operation_id="hold_meeting")
@allowed(Permission.MANAGE_CURRICULUM)
def hold(request: Any, pk: uuid.UUID, body: Minutes) -> dict[str, Any]:
    """Keep the minutes; the next review is planned by itself."""
    held, _following = hold_meeting(_meeting(request, pk), by=request.actor, **body.dict())
    return _out(held)


@router.post("/actions/{uuid:pk}", response=ActionOut, operation_id="finish_action")
@allowed(Permission.MANAGE_CURRICULUM)
def done(request: Any, pk: uuid.UUID, body: ActionNote) -> dict[str, Any]:
    """Say how something promised was done."""
    action = get_object_or_404(AgreedAction.objects.visible_to(request.access), pk=pk)
    return _action(finish_action(action, note=body.note, by=request.actor))


def _meeting(request: Any, pk: uuid.UUID) -> Meeting:
    return get_object_or_404(Meeting.objects.visible_to(request.access), pk=pk)


def _action(found: AgreedAction) -> dict[str, Any]:
    names = [n for n in ActionOut.model_fields if n != "owner"]
    return {name: getattr(found, name) for name in names} | {"owner": found.owner_id}


def _out(found: Meeting) -> dict[str, Any]:
    names = [n for n in MeetingOut.model_fields if n not in {"points", "actions"}]
    return {name: getattr(found, name) for name in names} | {
        "points": list(found.items.order_by("position", "pk")),
        "actions": [_action(each) for each in found.actions.order_by("due_on", "pk")],
    }
