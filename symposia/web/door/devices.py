"""What a paired phone asks of the office: its key, its pack, and to be heard."""

import json
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, Literal

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from symposia.accounts.queries import organisation_by_code, token_hash
from symposia.attendance.actions.batches import MOST, Answer, Reading
from symposia.attendance.actions.devices import pair_device, revoke_device
from symposia.attendance.actions.hearing import Heard, hear_device
from symposia.attendance.device_clocks import LIFETIME
from symposia.attendance.device_keys import code_in, device_key, key_in
from symposia.attendance.door_pack import pack_for, version_of
from symposia.attendance.models import DoorDevice
from symposia.attendance.policies import (
    CODE_UNKNOWN,
    KEY_UNKNOWN,
    NOT_ON_DUTY,
    PAIRED_TOO_OFTEN,
)
from symposia.attendance.posts import device_actor, device_of_key
from symposia.attendance.strangers import Stranger
from symposia.shared.actors import Actor
from symposia.shared.refusals import Objection, Refused
from symposia.shared.tenancy import acting_in
from symposia.shared.times import FIRST_COUNTED, LAST_COUNTED
from symposia.web.gates import open_to_all, own_transaction

REASON = "a phone at the door carries a key of its own; it is looked up with every request"
PAIRING = "a phone that scanned a pairing code has no key yet; the code is used once, for minutes"
# Who acts before the phone has a post.
A_PHONE = Actor("device", None, "Phone")
_Moment = Annotated[AwareDatetime, Field(ge=FIRST_COUNTED, le=LAST_COUNTED)]
_Text = Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=200)]
_Whole = Annotated[int, Field(ge=0, le=2_000_000_000)]
Answering = Callable[[HttpRequest, DoorDevice], HttpResponse]


class PairingBody(BaseModel):
    """A scanned or typed code, and the secret that the phone made for itself."""

    code: _Text
    secret: str = Field(pattern=r"^[A-Za-z0-9-]{43,64}$")


class StrangerBody(BaseModel):
    """A walk-in, as they say it of themselves."""

    name: _Text = Field(min_length=1)
    profession: _Text = Field("", max_length=40)
    institution: _Text = ""
    number: _Text = Field("", max_length=60)


class SeenBody(BaseModel):
    """One reading as the phone kept it."""

    event_uuid: uuid.UUID
    sequence: _Whole
    kind: Literal["in", "out", "walk_in", "undo"]
    source: Literal["scan", "typed", "desk"]
    device_time: _Moment
    behind: Annotated[int, Field(ge=-LIFETIME, le=LIFETIME)] | None = None
    registration: uuid.UUID | None = None
    stranger: StrangerBody | None = None
    code: _Text = ""
    session: uuid.UUID | None = None
    undoes: uuid.UUID | None = None

    def as_reading(self) -> Reading:
        stranger = Stranger(**self.stranger.model_dump()) if self.stranger else None
        return Reading(
            event_uuid=self.event_uuid,
            kind=self.kind,
            registration_id=self.registration,
            code=self.code,
            stranger=stranger,
            undoes=self.undoes,
            session_id=self.session,
            source=self.source,
            sequence=self.sequence,
            device_time=self.device_time,
            clock_offset=self.behind,
        )


class SyncBody(BaseModel):
    """What a phone tells when there is a network: up to fifty observations, and how it is."""

    sent_at: _Moment
    # Read one by one, so that one that cannot be read does not keep the others.
    seen: list[dict[str, Any]] = Field(max_length=MOST)
    pending: _Whole = 0
    refused: _Whole = 0
    people: _Whole = 0
    pack_at: _Moment | None = None
    battery: Annotated[int, Field(ge=0, le=100)] | None = None


@csrf_exempt
@require_POST
@open_to_all(PAIRING)
@own_transaction
def pair(request: HttpRequest) -> HttpResponse:
    """Give the phone its post; the same phone may ask again, nobody may guess."""
    if not ratelimit.consume(request, action="door_pairing"):
        return _said(PAIRED_TOO_OFTEN, 429)
    try:
        body = PairingBody.model_validate_json(request.body)
    except ValidationError:
        return _said(CODE_UNKNOWN, 422)
    place, code_hash = code_in(body.code) or ("", "")
    organisation = organisation_by_code(place)
    if organisation is None:
        return _said(CODE_UNKNOWN, 404)
    key = device_key(organisation.code, body.secret)
    try:
        with acting_in(organisation.pk):
            device = pair_device(code_hash, token_hash(key), by=A_PHONE)
    except Refused as refused:
        return _said(refused.objection, 409)
    answer = {"key": key, "door": device.door, "holder": device.holder}
    return JsonResponse(answer | {"server_time": now().isoformat()})


def _with_key(answer: Answering) -> Callable[[HttpRequest], HttpResponse]:
    """Only a phone whose key is good now; whoever else asks learns why not."""

    @wraps(answer)
    def keyed(request: HttpRequest) -> HttpResponse:
        scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
        place, key_hash = (key_in(text) if scheme == "Device" else None) or ("", "")
        organisation = organisation_by_code(place)
        if organisation is None:
            return _said(KEY_UNKNOWN, 401)
        try:
            with acting_in(organisation.pk):
                return answer(request, device_of_key(key_hash, at=now()))
        except Refused as refused:
            return _said(refused.objection, 403 if refused.objection == NOT_ON_DUTY else 401)

    return keyed


@csrf_exempt
@require_GET
@never_cache
@open_to_all(REASON)
@own_transaction
@_with_key
def pack(request: HttpRequest, device: DoorDevice) -> HttpResponse:
    """What the phone takes along; nothing where it has the same already."""
    text = pack_for(device).as_json()
    version = version_of(text)
    if request.headers.get("X-Pack-Version") == version:
        return HttpResponse(status=204)
    answer = HttpResponse(text, content_type="application/json")
    answer["X-Pack-Version"] = version
    return answer


@csrf_exempt
@require_POST
@open_to_all(REASON)
@own_transaction
@_with_key
def sync(request: HttpRequest, device: DoorDevice) -> HttpResponse:
    """Keep what the phone saw, each observation for itself; the same answer twice."""
    try:
        body = SyncBody.model_validate_json(request.body)
    except ValidationError as error:
        return _unreadable(error)
    told, unread = _read(body.seen)
    heard = Heard(
        told, body.sent_at, body.pending, body.refused, body.people, body.pack_at, body.battery
    )
    by = device_actor(device)
    answers = [_answered(each) for each in hear_device(device, heard, by=by)]
    return JsonResponse({"answers": [*answers, *unread], "server_time": now().isoformat()})


@csrf_exempt
@require_POST
@open_to_all(REASON)
@own_transaction
@_with_key
def farewell(_request: HttpRequest, device: DoorDevice) -> HttpResponse:
    """The phone gives its key up and keeps nothing."""
    revoke_device(device, by=device_actor(device))
    return JsonResponse({"ended": True})


def _read(given: list[dict[str, Any]]) -> tuple[list[Reading], list[dict[str, Any]]]:
    """The observations that can be read, and an answer to each that cannot."""
    told: list[Reading] = []
    unread: list[dict[str, Any]] = []
    for one in given:
        try:
            told.append(SeenBody.model_validate_json(json.dumps(one)).as_reading())
        except ValidationError:
            said = {"code": "unreadable", "reason": _("This reading cannot be read.")}
            unread.append({"event_uuid": str(one.get("event_uuid", ""))[:36], **said})
    return told, unread


def _answered(answer: Answer) -> dict[str, Any]:
    objection = answer.objection
    return {
        "event_uuid": str(answer.event_uuid),
        "code": objection.code if objection else "",
        "reason": str(objection or ""),
    }


def _said(objection: Objection, status: int) -> HttpResponse:
    return JsonResponse({"code": objection.code, "detail": str(objection)}, status=status)


def _unreadable(error: ValidationError) -> HttpResponse:
    fields = {".".join(map(str, one["loc"])): one["msg"] for one in error.errors()}
    detail = _("What the phone sent cannot be read.")
    return JsonResponse({"code": "unreadable", "detail": detail, "fields": fields}, status=422)
