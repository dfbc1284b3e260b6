"""The scan, by its shortest way: no session, no cookie, a signed pass, one transaction."""

import json
import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from symposia.attendance.actions import Scan, Verdict, record_scan, undo_scan
from symposia.attendance.models import Source
from symposia.attendance.policies import NOTHING_TO_UNDO, UNKNOWN_TICKET
from symposia.attendance.queries import door_activity, door_counts, evidence_at_door
from symposia.registrations.queries import registration_of_code
from symposia.shared.refusals import Refused, refuse_if
from symposia.shared.tenancy import acting_in
from symposia.web.door.passes import Pass, pass_of
from symposia.web.door.verdicts import said
from symposia.web.gates import open_to_all, own_transaction

REASON = "the door's pass is signed; the right to check in is looked up with each scan"


class ScanForm(forms.Form):
    """What a device tells of one reading."""

    event_uuid = forms.UUIDField()
    code = forms.CharField(max_length=200)
    kind = forms.ChoiceField(choices=[("in", "in"), ("out", "out")])
    source = forms.ChoiceField(choices=[(Source.SCAN, "scan"), (Source.TYPED, "typed")])
    session = forms.UUIDField(required=False)
    device = forms.CharField(max_length=40, required=False)
    sequence = forms.IntegerField(min_value=0, max_value=2_000_000_000, required=False)
    device_time = forms.DateTimeField(required=False)
    zone = forms.CharField(max_length=40, required=False)


class UndoForm(forms.Form):
    """What a device tells of a reading it takes back."""

    event_uuid = forms.UUIDField()
    new_uuid = forms.UUIDField()


@csrf_exempt
@require_POST
@open_to_all(REASON)
@own_transaction
def scan(request: HttpRequest) -> HttpResponse:
    door, form = pass_of(request), ScanForm(_body(request))
    if door is None:
        return _no_pass()
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    with acting_in(door.organisation_id):
        try:
            verdict = _verdict(door, form.cleaned_data)
        except Refused as refused:
            return JsonResponse({"detail": str(refused)}, status=403)
    return JsonResponse(said(verdict, form.cleaned_data["zone"] or "UTC").as_json())


@csrf_exempt
@require_POST
@open_to_all(REASON)
@own_transaction
def undo(request: HttpRequest) -> HttpResponse:
    door, form = pass_of(request), UndoForm(_body(request))
    if door is None:
        return _no_pass()
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    with acting_in(door.organisation_id):
        try:
            _take_back(door, **form.cleaned_data)
        except Refused as refused:
            return JsonResponse({"detail": str(refused)}, status=409)
        counts = door_counts(door_activity(door.activity_id))
    return JsonResponse({"title": _("Taken back"), "inside": counts.inside})


def _verdict(door: Pass, given: dict[str, Any]) -> Verdict:
    registration_id = registration_of_code(given["code"], door.activity_id)
    if registration_id is None:
        return Verdict("desk", objection=UNKNOWN_TICKET)
    scan = Scan(
        event_uuid=given["event_uuid"],
        activity_id=door.activity_id,
        registration_id=registration_id,
        kind=given["kind"],
        source=given["source"],
        session_id=given["session"],
        device=given["device"],
        sequence=given["sequence"],
        device_time=given["device_time"],
    )
    return record_scan(scan, on_duty=door.user_id, by=door.actor())


def _take_back(door: Pass, *, event_uuid: uuid.UUID, new_uuid: uuid.UUID) -> None:
    evidence = evidence_at_door(event_uuid, door.activity_id, user_id=door.user_id)
    refuse_if(None if evidence else NOTHING_TO_UNDO)
    if evidence:
        undo_scan(evidence, new_uuid=new_uuid, by=door.actor())


def _body(request: HttpRequest) -> dict[str, Any]:
    try:
        body = json.loads(request.body)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _no_pass() -> HttpResponse:
    return JsonResponse({"detail": _("This door page is too old. Open it again.")}, status=401)
