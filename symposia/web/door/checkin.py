"""The door on a phone: choose an activity, scan or type or search, let in a walk-in."""

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity, Session
from symposia.attendance.actions import Scan, record_scan, undo_scan
from symposia.attendance.expected import places_at
from symposia.attendance.models import PresenceEvidence, Source
from symposia.attendance.queries import (
    FEWEST_LETTERS,
    door_counts,
    doors_open_to,
    last_own_reading,
    people_for_door,
)
from symposia.registrations.queries import registration_of_code
from symposia.shared.refusals import Refused
from symposia.web.door.passes import make_pass
from symposia.web.door.verdicts import Said, said
from symposia.web.gates import requires
from symposia.web.requests import UserRequest

KINDS = [("in", _("In")), ("out", _("Out"))]


class CheckForm(forms.Form):
    """A code typed by hand, or a person found by name."""

    code = forms.CharField(label=_("Code on the ticket"), max_length=200, required=False)
    registration = forms.UUIDField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=KINDS, initial="in", widget=forms.HiddenInput)
    session = forms.UUIDField(required=False, widget=forms.HiddenInput)
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput)


@require_GET
@requires(Permission.CHECK_IN)
def choose(request: UserRequest) -> HttpResponse:
    """The doors this person may stand at."""
    activities = doors_open_to(request.access, at=now())
    return render(request, "door/choose.html", {"activities": activities})


@require_GET
@requires(Permission.CHECK_IN)
def door(request: UserRequest, activity_pk: uuid.UUID) -> HttpResponse:
    """The page that stays open all evening: camera, code, search, walk-in, counts."""
    activity = activity_at(request, activity_pk)
    last = last_own_reading(activity, user_id=request.user.pk)
    return render(request, "door/door.html", _context(request, activity, last=last))


def _context(request: UserRequest, activity: Activity, **more: Any) -> dict[str, Any]:
    kind = "out" if request.GET.get("kind") == "out" else "in"
    sessions = list(Session.objects.of(activity))
    chosen = next((s for s in sessions if str(s.pk) == request.GET.get("session")), None)
    return {
        "activity": activity,
        "counts": door_counts(activity),
        "kind": kind,
        "kinds": KINDS,
        "sessions": sessions,
        "session": chosen,
        "door_pass": make_pass(request, activity.pk),
        **more,
    }


@require_GET
@requires(Permission.CHECK_IN)
def counts(request: UserRequest, activity_pk: uuid.UUID) -> HttpResponse:
    """The numbers at the foot of the page, asked for now and then."""
    found = door_counts(activity_at(request, activity_pk))
    return JsonResponse({"inside": found.inside, "expected": found.expected})


@require_POST
@requires(Permission.CHECK_IN)
def check(request: UserRequest, activity_pk: uuid.UUID) -> HttpResponse:
    """Without script: a typed code or a person found by name, answered with a whole screen."""
    activity, form = activity_at(request, activity_pk), CheckForm(request.POST)
    if not form.is_valid():
        return redirect("door_of_activity", activity.pk)
    answer = _checked(request, activity, form.cleaned_data)
    more = {"said": answer, "event_uuid": form.cleaned_data["idempotency_key"]}
    return render(request, "door/verdict.html", _context(request, activity, **more))


def _checked(request: UserRequest, activity: Activity, given: dict[str, Any]) -> Said:
    found = registration_of_code(given["code"], activity.pk)
    if given["registration"]:
        found = get_object_or_404(places_at(activity, request.access), pk=given["registration"]).pk
    scan = Scan(
        event_uuid=given["idempotency_key"],
        activity_id=activity.pk,
        registration_id=found or uuid.UUID(int=0),
        kind=given["kind"],
        source=Source.DESK if given["registration"] else Source.TYPED,
        session_id=given["session"],
    )
    return said(record_scan(scan, by=request.actor), activity.zone)


@require_POST
@requires(Permission.CHECK_IN)
def take_back(request: UserRequest, activity_pk: uuid.UUID, event_uuid: uuid.UUID) -> HttpResponse:
    """Undo without script."""
    activity = activity_at(request, activity_pk)
    evidence = get_object_or_404(
        PresenceEvidence.objects.of(activity), event_uuid=event_uuid, by_id=request.user.pk
    )
    try:
        undo_scan(evidence, new_uuid=uuid.uuid4(), by=request.actor)
    except Refused as refused:
        return render(request, "door/refused.html", {"activity": activity, "refused": refused})
    return redirect("door_of_activity", activity.pk)


@require_GET
@requires(Permission.CHECK_IN)
def search(request: UserRequest, activity_pk: uuid.UUID) -> HttpResponse:
    """Find somebody by name: to check in, or to let in as a walk-in."""
    activity = activity_at(request, activity_pk)
    text = request.GET.get("q", "")
    found = people_for_door(activity, text, access=request.access)
    too_short = bool(text) and len(text.strip()) < FEWEST_LETTERS
    context = _context(request, activity, text=text, found=found, too_short=too_short)
    return render(request, "door/search.html", context)


def activity_at(request: UserRequest, pk: uuid.UUID) -> Activity:
    """The activity, if this person may stand at its door."""
    return get_object_or_404(
        Activity.objects.visible_to(request.access, Permission.CHECK_IN), pk=pk
    )
