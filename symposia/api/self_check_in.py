"""Codes on the screens of rooms and on the last slides of sessions."""

import uuid
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status
from pydantic import AwareDatetime

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity, Session
from symposia.api.fields import Reason
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.attendance.actions.self_check_in import (
    Screen,
    end_room_code,
    end_session_code,
    make_session_codes,
    open_room_code,
)
from symposia.attendance.models import QUICKEST, SLOWEST, RoomCode, SessionCode
from symposia.attendance.room_lists import ROOM_CODES, SESSION_CODES, state_of_room

rooms = Router(tags=["self check-in"])
codes = Router(tags=["self check-in"])
list_route(rooms, ROOM_CODES)
list_route(codes, SESSION_CODES)
_MANAGE = Permission.MANAGE_REGISTRATIONS


class NewRoomCode(Schema):
    """Where a screen stands, for what, when it shows codes, and how fast they change."""

    activity: uuid.UUID
    place: str = Field(min_length=1, max_length=40)
    session: uuid.UUID | None = None
    opens_at: AwareDatetime
    closes_at: AwareDatetime
    seconds: int = Field(45, ge=QUICKEST, le=SLOWEST)


class RoomCodeOut(Schema):
    """A screen, and how it stands; the codes themselves are shown there alone."""

    id: uuid.UUID
    activity: uuid.UUID
    place: str
    state: str
    opens_at: datetime
    closes_at: datetime


class SessionCodeOut(Schema):
    """A code as it goes on the last slide."""

    id: uuid.UUID
    session: uuid.UUID
    code: str
    ended_at: datetime | None


class EndingReasonIn(Schema):
    """Why."""

    reason: Reason = Field(min_length=1)


@rooms.post("", response={201: RoomCodeOut}, operation_id="open_room_code")
@allowed(Permission.CHECK_IN)
def open_screen(request: Any, body: NewRoomCode) -> Status[Any]:
    """Let a screen show codes."""
    activities = Activity.objects.visible_to(request.access, Permission.CHECK_IN)
    activity = get_object_or_404(activities, pk=body.activity)
    sessions = Session.objects.of(activity)
    session = get_object_or_404(sessions, pk=body.session) if body.session else None
    screen = Screen(body.place, body.opens_at, body.closes_at, body.seconds, session)
    return Status(201, _room_out(open_room_code(activity, screen, by=request.actor)))


@rooms.post("/{pk}/ending", response=RoomCodeOut, operation_id="end_room_code")
@allowed(Permission.CHECK_IN)
def end_screen(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Show no more codes there."""
    rows = RoomCode.objects.visible_to(request.access, Permission.CHECK_IN)
    found = get_object_or_404(rows, pk=pk)
    end_room_code(found, by=request.actor)
    found.refresh_from_db()
    return _room_out(found)


@codes.post(
    "/activities/{pk}", response={201: list[SessionCodeOut]}, operation_id="make_session_codes"
)
@allowed(Permission.MANAGE_REGISTRATIONS)
def make(request: Any, pk: uuid.UUID) -> Status[Any]:
    """A code for each session of an activity that has none."""
    activity = get_object_or_404(Activity.objects.visible_to(request.access, _MANAGE), pk=pk)
    made = make_session_codes(activity, by=request.actor)
    return Status(201, [_code_out(each) for each in made])


@codes.post("/{pk}/ending", response=SessionCodeOut, operation_id="end_session_code")
@allowed(Permission.MANAGE_REGISTRATIONS)
def end(request: Any, pk: uuid.UUID, body: EndingReasonIn) -> dict[str, Any]:
    """Take no more claims by a code."""
    found = get_object_or_404(SessionCode.objects.visible_to(request.access), pk=pk)
    end_session_code(found, reason=body.reason, by=request.actor)
    found.refresh_from_db()
    return _code_out(found)


def _room_out(found: RoomCode) -> dict[str, Any]:
    return {
        "id": found.pk,
        "activity": found.activity_id,
        "place": found.place,
        "state": str(state_of_room(found)),
        "opens_at": found.opens_at,
        "closes_at": found.closes_at,
    }


def _code_out(found: SessionCode) -> dict[str, Any]:
    return {
        "id": found.pk,
        "session": found.session_id,
        "code": found.shown,
        "ended_at": found.ended_at,
    }
