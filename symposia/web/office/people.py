"""The people of an activity: who has a place, who waits, one registration with its evidence."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import DeliveryForm, Session
from symposia.attendance.explaining import explain_presence
from symposia.attendance.policies import objection_to_door
from symposia.directory.models import Clinician
from symposia.directory.queries import find_clinicians
from symposia.registrations.actions.places import cancel_registration, register_clinician
from symposia.registrations.actions.telling import open_ticket
from symposia.registrations.answers import answers_of
from symposia.registrations.choosing import options_of
from symposia.registrations.lists import PEOPLE, TONES
from symposia.registrations.models import Admission, Attending, Registration, Source
from symposia.registrations.policies import (
    objection_to_a_place,
    objection_to_cancelling,
    objection_to_taking_an_offer,
)
from symposia.registrations.queries import counts_by_state
from symposia.registrations.spots import spot_of
from symposia.shared.refusals import Refused
from symposia.web.formats import clock_in
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.presence_timeline import presence_drawn
from symposia.web.public.dates import public_path
from symposia.web.requests import UserRequest
from symposia.web.walls import shown

FOLDER = "office/people"
_MANAGE = Permission.MANAGE_REGISTRATIONS


class ReasonForm(forms.Form):
    """Why a place is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, help_text=gettext_lazy("Kept in the journal.")
    )


class MarkForm(forms.Form):
    """Where somebody was, and how one knows."""

    session = forms.ChoiceField(label=gettext_lazy("Where"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("How do you know?"),
        max_length=300,
        help_text=gettext_lazy("For example: signed the paper list."),
    )

    def __init__(self, *args: Any, sessions: list[Session], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Whole activity")), *((str(s.pk), s.title) for s in sessions)]
        self.fields["session"].choices = choices  # type: ignore[attr-defined]


def listed(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the list: the activity, how many there are in each state, what one may do."""
    activity = activity_or_404(request, activity_pk, Permission.VIEW_PEOPLE_OF_ACTIVITY)
    return {
        **frame_of(request, activity, PEOPLE.name),
        "by_state": counts_by_state(activity),
        "public_href": public_path(activity, Admission.objects.of(activity), request.organisation),
        "may_manage": request.access.holds(Permission.MANAGE_REGISTRATIONS),
        "may_see_attendance": request.access.holds(Permission.VIEW_ATTENDANCE),
        "objection": objection_to_a_place(activity, source=Source.OFFICE, at=now()),
    }


@require_GET
@requires(Permission.MANAGE_REGISTRATIONS)
def choose(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Find somebody of the directory to register."""
    activity = activity_or_404(request, pk, Permission.MANAGE_REGISTRATIONS)
    text = request.GET.get("q", "").strip()[:200]
    context = {
        "activity": activity,
        "text": text,
        "found": find_clinicians(request.access, text) if text else [],
        "ways": Attending.choices if activity.delivery == DeliveryForm.HYBRID else [],
        "objection": objection_to_a_place(activity, source=Source.OFFICE, at=now()),
    }
    return render(request, f"{FOLDER}/choose.html", context)


@require_POST
@requires(Permission.MANAGE_REGISTRATIONS)
def register(request: UserRequest, pk: uuid.UUID, clinician_pk: uuid.UUID) -> HttpResponse:
    """Give somebody a place, or a spot on the waitlist."""
    activity = activity_or_404(request, pk, Permission.MANAGE_REGISTRATIONS)
    clinician = get_object_or_404(Clinician.objects.visible_to(request.access), pk=clinician_pk)
    said = request.POST.get("attending", "")
    try:
        made = register_clinician(
            clinician,
            activity,
            source=Source.OFFICE,
            attending=said if said in Attending.values else "",
            by=request.actor,
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(PEOPLE.name, activity.pk)
    messages.success(request, f"{clinician.called}: {made.get_state_display()}")
    return redirect(PEOPLE.name, activity.pk)


@require_GET
@requires(Permission.VIEW_PEOPLE_OF_ACTIVITY)
def registration(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One registration: state, place in line, minutes session by session, the evidence."""
    return _page(request, _registration(request, pk), ReasonForm())


@require_POST
@requires(Permission.MANAGE_REGISTRATIONS)
def cancel(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a place back with a reason; whoever waited longest gets it."""
    found, form = _registration(request, pk, _MANAGE), ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        cancel_registration(found, reason=form.cleaned_data["reason"], by=request.actor)
        messages.success(request, _("The place is given up."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("registration", found.pk)


@require_POST
@requires(Permission.MANAGE_REGISTRATIONS)
def ticket(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Open somebody's personal ticket, to show it or to give it on."""
    found = _registration(request, pk, _MANAGE)
    try:
        return redirect(open_ticket(found, by=request.actor))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("registration", found.pk)


def _page(
    request: UserRequest,
    found: Registration,
    form: ReasonForm,
    *,
    mark: MarkForm | None = None,
    **more: Any,
) -> HttpResponse:
    explained = explain_presence(found)
    sessions, presence = explained.sessions, explained.presence
    zone = found.activity.zone
    counted = {one.session_id: one for one in presence.sessions}
    context = {
        "registration": found,
        "activity": found.activity,
        "tone": TONES[found.state],
        "spot": spot_of(found),
        "options": options_of(found),
        "answers": answers_of(found),
        "no_offer": objection_to_taking_an_offer(found, at=now()),
        "presence": presence,
        "explained": explained,
        "drawn": presence_drawn(presence, sessions, zone),
        "reasons": explained.sentences(clock_in(zone)),
        "sessions": [(s, counted[s.pk]) for s in sessions],
        "evidence": explained.evidence,
        "form": form,
        "mark": mark or MarkForm(sessions=list(sessions)),
        "objection": objection_to_cancelling(found, found.activity, at=now()),
        "mark_objection": objection_to_door(found.activity),
        "may_manage": request.access.holds(Permission.MANAGE_REGISTRATIONS),
        "may_see_attendance": request.access.holds(Permission.VIEW_ATTENDANCE),
        "may_badge": request.access.holds(Permission.CHECK_IN),
    }
    return render(request, f"{FOLDER}/registration.html", context, **more)


def _registration(
    request: UserRequest, pk: uuid.UUID, permission: Permission = Permission.VIEW_PEOPLE_OF_ACTIVITY
) -> Registration:
    """What one may see is not what one may change: a role may reach less far for the latter."""
    rows = Registration.objects.visible_to(request.access, permission)
    found = get_object_or_404(rows.with_people(), pk=pk)
    shown(request, found.activity, permission)
    return found


def page_with_mark(request: UserRequest, found: Registration, mark: MarkForm) -> HttpResponse:
    """The registration again, with what is wrong in the mark."""
    return _page(request, found, ReasonForm(), mark=mark, status=422)
