"""Check-ins: attendance as a list, and scans from devices of one's own."""

import uuid
from datetime import datetime
from typing import Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity, Session
from symposia.api.fields import DeviceTime, Reason
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.attendance.actions import Scan, Verdict, mark_present, record_scan
from symposia.attendance.actions.batches import MOST, Batch, Reading, record_batch
from symposia.attendance.lists import ATTENDANCE
from symposia.attendance.models import Source
from symposia.attendance.policies import UNKNOWN_TICKET
from symposia.attendance.strangers import Stranger
from symposia.registrations.models import Registration
from symposia.registrations.queries import registration_of_code

router = Router(tags=["check-ins"])
list_route(router, ATTENDANCE)


class NewCheckin(Schema):
    """One reading of a ticket; the same `event_uuid` again is the same reading."""

    event_uuid: uuid.UUID
    activity: uuid.UUID
    code: str = Field(min_length=1, max_length=200)
    kind: Literal["in", "out"] = "in"
    session: uuid.UUID | None = None
    device: str = Field("", max_length=40)
    sequence: int | None = Field(None, ge=0, le=2_000_000_000)
    device_time: DeviceTime | None = None


class CheckinOut(Schema):
    """What the door should do: `in`, `out`, `again` or `desk`, with the reason."""

    outcome: str
    name: str
    credential: str
    institution: str
    reason: str
    code: str


@router.post("", response=CheckinOut, operation_id="check_in")
@allowed(Permission.CHECK_IN)
def check_in(request: Any, body: NewCheckin) -> dict[str, Any]:
    """Keep one check-in or check-out."""
    activities = Activity.objects.visible_to(request.access, Permission.CHECK_IN)
    activity = get_object_or_404(activities, pk=body.activity)
    found = registration_of_code(body.code, activity.pk)
    if found is None:
        return _out(Verdict("desk", objection=UNKNOWN_TICKET))
    scan = Scan(
        event_uuid=body.event_uuid,
        activity_id=activity.pk,
        registration_id=found,
        kind=body.kind,
        source=Source.SCAN,
        session_id=body.session,
        device=body.device,
        sequence=body.sequence,
        device_time=body.device_time,
    )
    return _out(record_scan(scan, by=request.actor))


class ReadingIn(Schema):
    """One thing a device saw on its own; the same `event_uuid` again is the same reading."""

    event_uuid: uuid.UUID
    kind: Literal["in", "out", "walk_in", "undo"] = "in"
    code: str = Field("", max_length=200)
    undoes: uuid.UUID | None = None
    session: uuid.UUID | None = None
    sequence: int | None = Field(None, ge=0, le=2_000_000_000)
    device_time: DeviceTime | None = None
    name: str = Field("", max_length=200)
    email: str = Field("", max_length=254)
    profession: str = Field("", max_length=40)
    institution: str = Field("", max_length=200)
    number: str = Field("", max_length=60)


class BatchIn(Schema):
    """What one device brings, and by how many seconds its clock is behind ours."""

    activity: uuid.UUID
    device: str = Field("", max_length=40)
    clock_offset: int = Field(0, ge=-315_360_000, le=315_360_000)
    readings: list[ReadingIn] = Field(min_length=1, max_length=MOST)


class ReadingAnswerOut(Schema):
    """What became of one reading."""

    event_uuid: uuid.UUID
    kept: bool
    reason: str
    code: str


@router.post("/batches", response=list[ReadingAnswerOut], operation_id="record_batch")
@allowed(Permission.CHECK_IN)
def batch(request: Any, body: BatchIn) -> list[dict[str, Any]]:
    """Keep what a device saw without a connection; each reading is answered for itself."""
    activities = Activity.objects.visible_to(request.access, Permission.CHECK_IN)
    activity = get_object_or_404(activities, pk=body.activity)
    readings = [_reading(one) for one in body.readings]
    brought = Batch(activity.pk, readings, body.device, body.clock_offset)
    return [
        {
            "event_uuid": one.event_uuid,
            "kept": one.is_kept,
            "reason": str(one.objection or ""),
            "code": one.objection.code if one.objection else "",
        }
        for one in record_batch(brought, by=request.actor)
    ]


class MarkIn(Schema):
    """Who was there, in one session or in all, and how the office knows."""

    registration: uuid.UUID
    session: uuid.UUID | None = None
    reason: Reason


class MarkOut(Schema):
    """The observation that was kept."""

    event_uuid: uuid.UUID
    registration_id: uuid.UUID
    session_id: uuid.UUID | None
    occurred_at: datetime
    reason: str


@router.post("/markings", response={201: MarkOut}, operation_id="mark_present")
@allowed(Permission.MANAGE_REGISTRATIONS)
def mark(request: Any, body: MarkIn) -> Status[Any]:
    """State by hand that somebody was there."""
    rows = Registration.objects.visible_to(request.access, Permission.MANAGE_REGISTRATIONS)
    place = get_object_or_404(rows, pk=body.registration)
    session = None
    if body.session:
        session = get_object_or_404(Session.objects.of(place.activity_id), pk=body.session)
    return Status(201, mark_present(place, session=session, reason=body.reason, by=request.actor))


def _reading(one: ReadingIn) -> Reading:
    stranger = None
    if one.kind == "walk_in" and one.name:
        stranger = Stranger(one.name, one.email, one.profession, one.institution, one.number)
    return Reading(
        event_uuid=one.event_uuid,
        kind=one.kind,
        code=one.code,
        stranger=stranger,
        undoes=one.undoes,
        session_id=one.session,
        sequence=one.sequence,
        device_time=one.device_time,
    )


def _out(verdict: Verdict) -> dict[str, Any]:
    return {
        "outcome": verdict.outcome,
        "name": verdict.name,
        "credential": verdict.credential,
        "institution": verdict.institution,
        "reason": str(verdict.objection or ""),
        "code": verdict.objection.code if verdict.objection else "",
    }
