"""Connections to online meetings, whose vendors tell who joins and leaves."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Field, Router, Schema, Status

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import this_organisation
from symposia.activities.models import Activity, Session
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.attendance.actions.connections import Meeting, connect_meeting, end_connection
from symposia.attendance.connecting import LONGEST, SHORTEST
from symposia.attendance.connection_lists import MEETING_CONNECTIONS, state_of_connection
from symposia.attendance.models import MeetingConnection, Vendor

router = Router(tags=["meeting connections"])
list_route(router, MEETING_CONNECTIONS)
_MANAGE = Permission.MANAGE_REGISTRATIONS


class NewConnection(Schema):
    """Whose meeting it is, how they name it, and the secret that they prove themselves by."""

    activity: uuid.UUID
    vendor: Vendor
    meeting: str = Field(min_length=1, max_length=500)
    session: uuid.UUID | None = None
    secret: str = Field(min_length=SHORTEST, max_length=LONGEST)


class ConnectionOut(Schema):
    """A connection, where its vendor writes to, and how it stands."""

    id: uuid.UUID
    activity: uuid.UUID
    vendor: str
    meeting: str
    address: str
    state: str
    kept: int
    refused: int
    ended_at: datetime | None


@router.post("", response={201: ConnectionOut}, operation_id="connect_meeting")
@allowed(Permission.MANAGE_REGISTRATIONS)
def connect(request: Any, body: NewConnection) -> Status[Any]:
    """Connect an online meeting to an activity."""
    activities = Activity.objects.visible_to(request.access, _MANAGE)
    activity = get_object_or_404(activities, pk=body.activity)
    sessions = Session.objects.of(activity)
    session = get_object_or_404(sessions, pk=body.session) if body.session else None
    told = Meeting(body.vendor, body.meeting, session, body.secret)
    made, _secret = connect_meeting(activity, told, by=request.actor)
    return Status(201, _out(made))


@router.get("/{pk}", response=ConnectionOut, operation_id="meeting_connection")
@allowed(Permission.VIEW_ATTENDANCE)
def connection(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One connection."""
    return _out(_found(request, pk, Permission.VIEW_ATTENDANCE))


@router.post("/{pk}/ending", response=ConnectionOut, operation_id="end_meeting_connection")
@allowed(Permission.MANAGE_REGISTRATIONS)
def end(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Hear no more of a meeting."""
    end_connection(_found(request, pk, _MANAGE), by=request.actor)
    return _out(_found(request, pk, _MANAGE))


def _found(request: Any, pk: uuid.UUID, permission: Permission) -> MeetingConnection:
    rows = MeetingConnection.objects.visible_to(request.access, permission)
    return get_object_or_404(rows.with_reports(), pk=pk)


def _out(found: MeetingConnection) -> dict[str, Any]:
    report = found.report
    where = reverse("meeting_messages", args=[this_organisation().code, found.pk])
    return {
        "id": found.pk,
        "activity": found.activity_id,
        "vendor": found.vendor,
        "meeting": found.meeting,
        "address": f"{settings.ORIGIN}{where}",
        "state": str(state_of_connection(found)),
        "kept": report.kept if report else 0,
        "refused": report.refused if report else 0,
        "ended_at": found.ended_at,
    }
