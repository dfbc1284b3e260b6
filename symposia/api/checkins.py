"""Check-ins: attendance as a list, and scans from devices of one's own."""

import uuid
from datetime import datetime
from typing import Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.attendance.actions import Scan, Verdict, record_scan
from symposia.attendance.lists import ATTENDANCE
from symposia.attendance.models import Source
from symposia.attendance.policies import UNKNOWN_TICKET
from symposia.registrations.queries import registration_of_code

router = Router(tags=["check-ins"])
list_route(router, ATTENDANCE)


class NewCheckin(Schema):
    """One reading of a ticket; the same `event_uuid` again is the same reading."""

    event_uuid: uuid.UUID
    activity: uuid.UUID
    code: str = Field(max_length=200)
    kind: Literal["in", "out"] = "in"
    session: uuid.UUID | None = None
    device: str = Field("", max_length=40)
    sequence: int | None = Field(None, ge=0, le=2_000_000_000)
    device_time: datetime | None = None


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


def _out(verdict: Verdict) -> dict[str, Any]:
    return {
        "outcome": verdict.outcome,
        "name": verdict.name,
        "credential": verdict.credential,
        "institution": verdict.institution,
        "reason": str(verdict.objection or ""),
        "code": verdict.objection.code if verdict.objection else "",
    }
