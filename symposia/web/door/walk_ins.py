"""Somebody stands at the door without a place."""

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.attendance.actions import Verdict, let_in_walk_in
from symposia.attendance.queries import people_at_doors
from symposia.directory.actions.newcomers import Newcomer
from symposia.directory.models import Profession
from symposia.registrations.policies import FULL
from symposia.shared.refusals import Refused
from symposia.web.door.checkin import activity_at
from symposia.web.door.verdicts import said
from symposia.web.gates import requires
from symposia.web.requests import UserRequest

PAGE = "door/walk_in.html"


class WalkInForm(forms.Form):
    """A person of the directory, found by name before, or somebody new."""

    clinician = forms.UUIDField(required=False, widget=forms.HiddenInput)
    full_name = forms.CharField(label=_("Name as on the licence"), max_length=200)
    profession = forms.ChoiceField(label=_("Profession"), choices=Profession.choices)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("For the certificate."), max_length=254
    )
    beyond_capacity = forms.BooleanField(
        label=_("All places are taken: let the person in all the same"), required=False
    )
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput)


class KnownForm(forms.Form):
    """A person found by name: nothing is asked twice."""

    clinician = forms.UUIDField(widget=forms.HiddenInput)
    beyond_capacity = WalkInForm.base_fields["beyond_capacity"]
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput)


@require_GET
@requires(Permission.CHECK_IN)
def new(request: UserRequest, activity_pk: uuid.UUID) -> HttpResponse:
    """The form for somebody nobody knows yet."""
    activity = activity_at(request, activity_pk)
    return _form(request, activity, WalkInForm(initial={"full_name": request.GET.get("name", "")}))


@require_POST
@requires(Permission.CHECK_IN)
def create(request: UserRequest, activity_pk: uuid.UUID) -> HttpResponse:
    """Register and check in at once; a full room asks once more."""
    activity = activity_at(request, activity_pk)
    is_known = bool(request.POST.get("clinician"))
    form = KnownForm(request.POST) if is_known else WalkInForm(request.POST)
    if not form.is_valid():
        return _form(request, activity, form, status=422)
    try:
        verdict = _let_in(request, activity, form.cleaned_data)
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


def _let_in(request: UserRequest, activity: Activity, given: dict[str, Any]) -> Verdict:
    newcomer = Newcomer(
        clinician_id=given["clinician"],
        full_name=given.get("full_name", ""),
        profession=given.get("profession", ""),
        email=given.get("email", ""),
    )
    return let_in_walk_in(
        newcomer,
        activity,
        event_uuid=given["idempotency_key"],
        beyond_capacity=given["beyond_capacity"],
        reached=people_at_doors(request.access),
        by=request.actor,
    )


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
        "is_known": isinstance(form, KnownForm),
    }
    return render(request, PAGE, context, status=status)
