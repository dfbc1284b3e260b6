"""The scan, by its shortest way: no session, no cookie, a signed pass, one transaction."""

import uuid
from typing import Annotated, Literal
from zoneinfo import available_timezones

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from pydantic import AwareDatetime, BaseModel, Field, ValidationError, field_validator

from symposia.accounts.queries import access_of_ids
from symposia.attendance.actions import Scan, Verdict, record_scan, undo_scan
from symposia.attendance.policies import NOT_ON_DUTY, NOTHING_TO_UNDO, UNKNOWN_TICKET
from symposia.attendance.queries import door_activity, door_counts, evidence_at_door, may_stand_at
from symposia.registrations.queries import registration_of_code
from symposia.shared.refusals import Refused, refuse_if
from symposia.shared.tenancy import acting_in
from symposia.shared.times import FIRST_COUNTED, LAST_COUNTED
from symposia.web.door.passes import Pass, pass_of
from symposia.web.door.verdicts import said
from symposia.web.gates import open_to_all, own_transaction

REASON = "the door's pass is signed; the right to check in is looked up with each scan"
_ZONES = frozenset(available_timezones())
_Text = Annotated[str, Field(pattern=r"^[^\x00]*$")]


class ScanBody(BaseModel):
    """What a device tells of one reading."""

    event_uuid: uuid.UUID
    code: _Text = Field(min_length=1, max_length=200)
    kind: Literal["in", "out"]
    source: Literal["scan", "typed"]
    session: uuid.UUID | Literal[""] = ""
    device: _Text = Field("", max_length=40)
    sequence: int | None = Field(None, ge=0, le=2_000_000_000)
    device_time: Annotated[AwareDatetime, Field(ge=FIRST_COUNTED, le=LAST_COUNTED)] | None = None
    zone: str = Field("UTC", max_length=40)

    @field_validator("zone")
    @classmethod
    def known_zone(cls, zone: str) -> str:
        """A zone nobody knows is a mistake of the device, said before anything is kept."""
        if zone not in _ZONES:
            raise ValueError("not a time zone")
        return zone


class UndoBody(BaseModel):
    """What a device tells of a reading it takes back."""

    event_uuid: uuid.UUID
    new_uuid: uuid.UUID


@csrf_exempt
@require_POST
@open_to_all(REASON)
@own_transaction
def scan(request: HttpRequest) -> HttpResponse:
    """Keep one reading and say what the door should do."""
    door = pass_of(request)
    if door is None:
        return _no_pass()
    try:
        body = ScanBody.model_validate_json(request.body)
        with acting_in(door.organisation_id):
            verdict = _verdict(door, body)
    except ValidationError as error:
        return _unreadable(error)
    except Refused as refused:
        return JsonResponse({"detail": str(refused)}, status=403)
    return JsonResponse(said(verdict, body.zone).as_json())


@csrf_exempt
@require_POST
@open_to_all(REASON)
@own_transaction
def undo(request: HttpRequest) -> HttpResponse:
    """Take an own reading back."""
    door = pass_of(request)
    if door is None:
        return _no_pass()
    try:
        body = UndoBody.model_validate_json(request.body)
        with acting_in(door.organisation_id):
            _take_back(door, body)
            counts = door_counts(door_activity(door.activity_id))
    except ValidationError as error:
        return _unreadable(error)
    except Refused as refused:
        return JsonResponse({"detail": str(refused)}, status=409)
    return JsonResponse({"title": _("Taken back"), "inside": counts.inside})


def _verdict(door: Pass, body: ScanBody) -> Verdict:
    registration_id = registration_of_code(body.code, door.activity_id)
    if registration_id is None:
        return Verdict("desk", objection=UNKNOWN_TICKET)
    scan = Scan(
        event_uuid=body.event_uuid,
        activity_id=door.activity_id,
        registration_id=registration_id,
        kind=body.kind,
        source=body.source,
        session_id=body.session or None,
        device=body.device,
        sequence=body.sequence,
        device_time=body.device_time,
    )
    return record_scan(scan, on_duty=door.user_id, by=door.actor())


def _take_back(door: Pass, body: UndoBody) -> None:
    access = access_of_ids(door.user_id, door.organisation_id, at=now())
    refuse_if(None if may_stand_at(access, door.activity_id) else NOT_ON_DUTY)
    evidence = evidence_at_door(body.event_uuid, door.activity_id, user_id=door.user_id)
    refuse_if(None if evidence else NOTHING_TO_UNDO)
    if evidence:
        undo_scan(evidence, new_uuid=body.new_uuid, by=door.actor())


def _unreadable(error: ValidationError) -> HttpResponse:
    fields = {".".join(map(str, one["loc"])): one["msg"] for one in error.errors()}
    return JsonResponse({"detail": _("This reading cannot be read."), "fields": fields}, status=422)


def _no_pass() -> HttpResponse:
    return JsonResponse({"detail": _("This door page is too old. Open it again.")}, status=401)
