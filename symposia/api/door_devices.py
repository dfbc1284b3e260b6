"""Phones at the door: where they stand, a code for another one, the end of one."""

import uuid
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity, Session
from symposia.api.gates import allowed, tells_a_secret
from symposia.api.lists import list_route
from symposia.attendance.actions.devices import Post, make_pairing_code, revoke_device
from symposia.attendance.device_lists import DEVICES, state_of
from symposia.attendance.models import Direction, DoorDevice, DoorMode

router = Router(tags=["door devices"])
list_route(router, DEVICES)


class NewDevice(Schema):
    """Where a phone will stand, who holds it, and what it does there."""

    activity: uuid.UUID
    door: str = Field(min_length=1, max_length=40)
    holder: str = Field(min_length=1, max_length=80)
    session: uuid.UUID | None = None
    direction: Direction = Direction.IN
    mode: DoorMode = DoorMode.STANDARD


class DeviceOut(Schema):
    """A phone at a door, and how it stands."""

    id: uuid.UUID
    activity: uuid.UUID
    door: str
    holder: str
    state: str
    expires_at: datetime


class CodeOut(DeviceOut):
    """The code is told once and pairs one phone."""

    code: str
    code_expires_at: datetime


@router.post("", response=CodeOut, operation_id="make_pairing_code")
@allowed(Permission.CHECK_IN)
def make(request: Any, body: NewDevice, response: HttpResponse) -> dict[str, Any]:
    """A pairing code for one phone."""
    activities = Activity.objects.visible_to(request.access, Permission.CHECK_IN)
    activity = get_object_or_404(activities, pk=body.activity)
    sessions = Session.objects.of(activity)
    session = get_object_or_404(sessions, pk=body.session) if body.session else None
    post = Post(body.door, body.holder, session, body.direction, body.mode)
    device, code = make_pairing_code(activity, post, on_duty=request.user.pk, by=request.actor)
    tells_a_secret(response, f"/api/v1/door-devices/{device.pk}")
    return _out(device) | {"code": code, "code_expires_at": device.code_expires_at}


@router.get("/{pk}", response=DeviceOut, operation_id="door_device")
@allowed(Permission.VIEW_ATTENDANCE)
def device(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One phone."""
    return _out(_found(request, pk, Permission.VIEW_ATTENDANCE))


@router.post("/{pk}/revocation", response=DeviceOut, operation_id="revoke_door_device")
@allowed(Permission.CHECK_IN)
def revoke(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """End a phone's work at the door."""
    found = _found(request, pk, Permission.CHECK_IN)
    revoke_device(found, by=request.actor)
    return _out(_found(request, pk, Permission.CHECK_IN))


def _found(request: Any, pk: uuid.UUID, permission: Permission) -> DoorDevice:
    rows = DoorDevice.objects.visible_to(request.access, permission)
    return get_object_or_404(rows.with_reports(), pk=pk)


def _out(found: DoorDevice) -> dict[str, Any]:
    return {
        "id": found.pk,
        "activity": found.activity_id,
        "door": found.door,
        "holder": found.holder,
        "state": str(state_of(found)),
        "expires_at": found.expires_at,
    }
