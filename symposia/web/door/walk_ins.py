"""Somebody stands at the door without a place."""

import uuid

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.registrations.policies import FULL
from symposia.shared.refusals import Refused
from symposia.web.door.checkin import activity_at
from symposia.web.door.verdicts import said
from symposia.web.gates import requires
from symposia.web.letting_in import KnownForm, WalkInForm, let_in
from symposia.web.requests import UserRequest

PAGE = "door/walk_in.html"


class NewAtDoor(WalkInForm):
    """Somebody new; the key of the form is the observation's own: sent twice, it is one."""

    idempotency_key = forms.UUIDField(widget=forms.HiddenInput)


class KnownAtDoor(KnownForm):
    """A person found by name on the page before."""

    clinician = forms.UUIDField(widget=forms.HiddenInput)
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput)


@require_GET
@requires(Permission.CHECK_IN)
def new(request: UserRequest, activity_pk: uuid.UUID) -> HttpResponse:
    """The form for somebody nobody knows yet."""
    activity = activity_at(request, activity_pk)
    return _form(request, activity, NewAtDoor(initial={"full_name": request.GET.get("name", "")}))


@require_POST
@requires(Permission.CHECK_IN)
def create(request: UserRequest, activity_pk: uuid.UUID) -> HttpResponse:
    """Register and check in at once; a full room asks once more."""
    activity = activity_at(request, activity_pk)
    is_known = bool(request.POST.get("clinician"))
    form = KnownAtDoor(request.POST) if is_known else NewAtDoor(request.POST)
    if not form.is_valid():
        return _form(request, activity, form, status=422)
    try:
        said_of = form.cleaned_data
        key, known = said_of["idempotency_key"], said_of.get("clinician")
        verdict = let_in(request, activity, said_of, clinician_id=known, event_uuid=key)
    except Refused as refused:
        form.add_error(None, str(refused))
        is_full = refused.objection == FULL
        return _form(request, activity, form, is_full=is_full, status=422)
    context = {
        "activity": activity,
        "said": said(verdict, activity.zone),
        "kind": "in",
        "event_uuid": form.cleaned_data["idempotency_key"],
    }
    return render(request, "door/verdict.html", context)


def _form(
    request: UserRequest,
    activity: Activity,
    form: forms.Form,
    *,
    is_full: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "activity": activity,
        "form": form,
        "is_full": is_full,
        "is_known": isinstance(form, KnownAtDoor),
    }
    return render(request, PAGE, context, status=status)
