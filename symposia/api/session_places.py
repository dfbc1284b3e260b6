"""Sessions with places of their own, and who chose them."""

import uuid
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.registrations.actions.sessions import (
    choose_sessions,
    drop_session_places,
    set_session_places,
)
from symposia.registrations.choosing import options_of, sessions_within
from symposia.registrations.models import Registration, SessionPlaces
from symposia.registrations.session_lists import SESSION_CHOICES, SESSION_PLACES

router = Router(tags=["places"])
list_route(router, SESSION_PLACES)
list_route(router, SESSION_CHOICES, "/people")
_MANAGE = Permission.MANAGE_REGISTRATIONS


class SessionCapacity(Schema):
    """How many places a session has of its own."""

    capacity: int = Field(ge=0, le=100_000)


class SessionPlacesOut(Schema):
    """How full a session is."""

    session_id: uuid.UUID
    activity_id: uuid.UUID
    capacity: int
    taken: int
    waiting: int


class ChosenSessions(Schema):
    """To which sessions somebody comes: all of them, not only what is new."""

    sessions: list[uuid.UUID] = Field(max_length=100)


class ChosenOut(Schema):
    """What became of one choice."""

    session: uuid.UUID
    title: str
    starts_at: datetime
    state: str
    position: int | None


@router.put("/{uuid:pk}", response=SessionPlacesOut, operation_id="set_session_places")
@allowed(_MANAGE)
def settle(request: Any, pk: uuid.UUID, body: SessionCapacity) -> SessionPlaces:
    """Give the session with this key places of its own, more or fewer."""
    session = get_object_or_404(sessions_within(request.access, _MANAGE), pk=pk)
    return set_session_places(session, body.capacity, by=request.actor)


@router.delete("/{uuid:pk}", response={204: None}, operation_id="drop_session_places")
@allowed(_MANAGE)
def drop(request: Any, pk: uuid.UUID) -> Status[None]:
    """Open the session with this key to everybody at the activity."""
    rows = SessionPlaces.objects.visible_to(request.access, _MANAGE)
    drop_session_places(get_object_or_404(rows, session=pk), by=request.actor)
    return Status(204, None)


@router.put("/registrations/{uuid:pk}", response=list[ChosenOut], operation_id="choose_sessions")
@allowed(_MANAGE)
def choose(request: Any, pk: uuid.UUID, body: ChosenSessions) -> list[dict[str, Any]]:
    """Settle to which sessions somebody comes."""
    rows = Registration.objects.visible_to(request.access, _MANAGE).select_related("activity")
    found = get_object_or_404(rows, pk=pk)
    choose_sessions(found, body.sessions, by=request.actor)
    return [
        {
            "session": each.places.session_id,
            "title": each.places.session.title,
            "starts_at": each.places.session.starts_at,
            "state": each.choice.state,
            "position": each.position,
        }
        for each in options_of(found)
        if each.choice
    ]
