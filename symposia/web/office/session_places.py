"""Sessions with places of their own: how many, who comes to which."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from symposia.accounts.permissions import Permission
from symposia.activities.models import Session
from symposia.registrations.actions.sessions import (
    choose_sessions,
    drop_session_places,
    set_session_places,
)
from symposia.registrations.choosing import choosable, options_of, places_of, sessions_within
from symposia.registrations.lists import PEOPLE
from symposia.registrations.models import Registration
from symposia.registrations.policies import objection_to_cancelling
from symposia.registrations.session_lists import SESSION_PLACES
from symposia.registrations.session_rules import objection_to_session_places
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.asking import Question, ask, given
from symposia.web.requests import UserRequest
from symposia.web.session_fields import SessionsForm
from symposia.web.walls import shown

_MANAGE = Permission.MANAGE_REGISTRATIONS
MOST = 100_000


class SessionCapacityForm(forms.Form):
    """How many places of its own a session has, if any."""

    capacity = forms.IntegerField(
        label=gettext_lazy("Places"),
        help_text=gettext_lazy("Empty: everybody at the activity may come, and nobody chooses."),
        min_value=0,
        max_value=MOST,
        required=False,
    )


def listed(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the list: the sessions that are open to everybody."""
    activity = activity_or_404(request, activity_pk, Permission.VIEW_PEOPLE_OF_ACTIVITY)
    apart = {each.session_id for each in choosable(activity)}
    sessions = Session.objects.of(activity).filter(is_break=False)
    return {
        **frame_of(request, activity, PEOPLE.name),
        "open_to_all": [each for each in sessions if each.pk not in apart],
        "may_manage": request.access.holds(_MANAGE),
    }


def of_everybody(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the list of who comes to which session."""
    activity = activity_or_404(request, activity_pk, Permission.VIEW_PEOPLE_OF_ACTIVITY)
    return frame_of(request, activity, PEOPLE.name)


@require_http_methods(["GET", "POST"])
@requires(_MANAGE)
def change(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Give a session places of its own, more or fewer, or open it to everybody."""
    session = get_object_or_404(sessions_within(request.access, _MANAGE), pk=pk)
    activity = session.activity
    shown(request, activity, _MANAGE)
    places = places_of(session)
    back = reverse(SESSION_PLACES.name, args=[activity.pk])

    def act(said: dict[str, Any]) -> str:
        if said["capacity"] is not None:
            set_session_places(session, said["capacity"], by=request.actor)
        elif places:
            drop_session_places(places, by=request.actor)
        messages.success(request, _("The places of this session are settled."))
        return back

    note = _("Whoever registers chooses it. When it is full, the next wait in a line of its own.")
    objection = objection_to_session_places(activity, session, at=now())
    question = Question(str(session), str(activity), back, _("Settle it"), note, objection)
    first = {"capacity": places.capacity if places else None}
    return ask(request, SessionCapacityForm(given(request), initial=first), question, act)


@require_http_methods(["GET", "POST"])
@requires(_MANAGE)
def choose(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Settle to which sessions somebody comes."""
    rows = Registration.objects.visible_to(request.access, _MANAGE)
    found = get_object_or_404(rows.with_people(), pk=pk)
    shown(request, found.activity, _MANAGE)
    back, options = reverse("registration", args=[pk]), options_of(found)
    chosen = [str(each.places.session_id) for each in options if each.choice]

    def act(said: dict[str, Any]) -> str:
        choose_sessions(found, said["sessions"], by=request.actor)
        messages.success(request, _("The sessions are settled."))
        return back

    form = SessionsForm(
        given(request),
        initial={"sessions": chosen},
        places=[each.places for each in options],
        zone=found.activity.zone,
    )
    title = _("Sessions of %(person)s") % {"person": found.clinician.called}
    objection = objection_to_cancelling(found, found.activity, at=now())
    question = Question(title, str(found.activity), back, _("Settle them"), "", objection)
    return ask(request, form, question, act)
