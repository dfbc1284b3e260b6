"""At the door with the phone: my doctors who are expected, and whoever comes without a place."""

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.attendance.actions import Scan, Verdict, record_scan, undo_scan
from symposia.attendance.expected import arrivals_of, places_at
from symposia.attendance.models import Source
from symposia.attendance.policies import NOTHING_TO_UNDO, objection_to_door
from symposia.attendance.queries import last_own_reading, people_at_doors
from symposia.directory.models import Clinician
from symposia.registrations.policies import FULL
from symposia.shared.refusals import Refused, needed
from symposia.web.gates import requires
from symposia.web.letting_in import KnownForm, WalkInForm, let_in
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.office.asking import Question, given
from symposia.web.requests import UserRequest

_HELD = Permission.CHECK_IN


@require_GET
@requires(_HELD)
def sign_in(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """My doctors who have a place, a button beside each; with a name, those without one too."""
    activity = activity_or_404(request, pk, _HELD)
    text = request.GET.get("q", "")
    context = {
        "activity": activity,
        "arrivals": arrivals_of(activity, request.access, text),
        "text": text,
        "objection": objection_to_door(activity),
    }
    return render(request, "field/sign_in.html", context)


@require_POST
@requires(_HELD)
def check_in(request: UserRequest, pk: uuid.UUID, registration_pk: uuid.UUID) -> HttpResponse:
    """Somebody with a place is here."""
    activity = activity_or_404(request, pk, _HELD)
    place = get_object_or_404(places_at(activity, request.access), pk=registration_pk)
    scan = Scan(_event(request), activity.pk, place.pk, source=Source.DESK)
    try:
        verdict = record_scan(scan, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        said = words_of_verdict(verdict)
        if verdict.outcome == "in":
            undo = reverse("field_check_in_undo", args=[pk, place.pk])
            messages.success(request, said, extra_tags=undo)
        else:
            messages.warning(request, said)
    return redirect("field_sign_in", pk)


@require_POST
@requires(_HELD)
def take_back(request: UserRequest, pk: uuid.UUID, registration_pk: uuid.UUID) -> HttpResponse:
    """An own check-in was a mistake; both readings stay in the evidence."""
    activity = activity_or_404(request, pk, _HELD)
    place = get_object_or_404(places_at(activity, request.access).with_people(), pk=registration_pk)
    try:
        wrong = last_own_reading(activity, user_id=request.user.pk, of=place)
        undo_scan(needed(wrong, NOTHING_TO_UNDO), new_uuid=_event(request), by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        said = _("The check-in of %(name)s is taken back.")
        messages.success(request, said % {"name": place.clinician.called})
    return redirect("field_sign_in", pk)


@require_http_methods(["GET", "POST"])
@requires(_HELD)
def walk_in(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Somebody nobody knows yet: registered and checked in at once."""
    activity = activity_or_404(request, pk, _HELD)
    form = WalkInForm(given(request), initial={"full_name": request.GET.get("name", "")})
    return _letting_in(request, activity, form)


@require_http_methods(["GET", "POST"])
@requires(_HELD)
def walk_in_known(request: UserRequest, pk: uuid.UUID, clinician_pk: uuid.UUID) -> HttpResponse:
    """One of my doctors, who has no place."""
    activity = activity_or_404(request, pk, _HELD)
    person = get_object_or_404(people_at_doors(request.access).active(), pk=clinician_pk)
    return _letting_in(request, activity, KnownForm(given(request)), person)


def _letting_in(
    request: UserRequest, activity: Activity, form: forms.Form, person: Clinician | None = None
) -> HttpResponse:
    is_full = False
    if form.is_bound and form.is_valid():
        try:
            known, key = person.pk if person else None, _event(request)
            verdict = let_in(
                request, activity, form.cleaned_data, clinician_id=known, event_uuid=key
            )
        except Refused as refused:
            form.add_error(None, str(refused))
            is_full = refused.objection == FULL
        else:
            messages.success(request, words_of_verdict(verdict))
            return redirect("field_sign_in", activity.pk)
    back = reverse("field_sign_in", args=[activity.pk])
    title = _("Let in as a walk-in") if person else _("Somebody new")
    question = Question(title, activity.title, back, _("Register and check in"))
    context = {
        "activity": activity,
        "form": form,
        "person": person,
        "question": question,
        "is_full": is_full,
        "objection": objection_to_door(activity),
        # Somebody new may be noted without a network; a known one needs the list.
        "queue": "" if person else "walk_in",
    }
    return render(request, "field/walk_in.html", context, status=422 if form.errors else 200)


def _event(request: UserRequest) -> uuid.UUID:
    """The key of the form is the observation's own: sent twice, it is one."""
    try:
        return uuid.UUID(request.POST.get("idempotency_key", ""))
    except ValueError:
        return uuid.uuid4()


def words_of_verdict(verdict: Verdict) -> str:
    """What the door says of somebody, in a line."""
    if verdict.outcome == "in":
        return _("%(name)s is checked in.") % {"name": verdict.name}
    return f"{verdict.name}: {verdict.objection}"
