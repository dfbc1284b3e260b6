"""Who may come: open to whoever asks, by the office's yes, or by invitation; requests answered."""

import uuid
from collections import defaultdict
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.registrations.actions.admission import (
    approve_request,
    approve_requests,
    decline_request,
    settle_admission,
)
from symposia.registrations.lists import PEOPLE, REQUESTS
from symposia.registrations.models import Admission, AdmissionKind, Registration, State
from symposia.registrations.policies import objection_to_answering, objection_to_terms
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.asking import Question, ask, given
from symposia.web.requests import UserRequest
from symposia.web.walls import shown

_MANAGE = Permission.MANAGE_REGISTRATIONS


class AdmissionForm(forms.Form):
    """Who gets a place by asking."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Who gets a place on the public page"),
        choices=AdmissionKind.choices,
        widget=forms.RadioSelect,
    )


class DeclineForm(forms.Form):
    """Why there is no place; the person reads it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("The person reads this in the message."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def listed(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the list: who may come, and whether everybody can be let in at once."""
    activity = activity_or_404(request, activity_pk, Permission.VIEW_PEOPLE_OF_ACTIVITY)
    return {
        **frame_of(request, activity, PEOPLE.name),
        "admission": Admission.objects.of(activity),
        "may_manage": request.access.holds(_MANAGE),
    }


@require_http_methods(["GET", "POST"])
@requires(_MANAGE)
def settle(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Settle who may come."""
    activity = activity_or_404(request, pk, _MANAGE)
    back = reverse(REQUESTS.name, args=[pk])

    def act(said: dict[str, Any]) -> str:
        settle_admission(activity, said["kind"], by=request.actor)
        messages.success(request, _("Settled. The public page says so from now on."))
        return back

    note = _("The office and the door may register people either way.")
    objection = objection_to_terms(activity, at=now())
    question = Question(_("Who may come"), str(activity), back, _("Settle it"), note, objection)
    first = {"kind": Admission.objects.of(activity).kind}
    return ask(request, AdmissionForm(given(request), initial=first), question, act)


@require_POST
@requires(_MANAGE)
def approve(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say yes to one request."""
    found = _registration(request, pk)
    try:
        made = approve_request(found, by=request.actor)
        messages.success(request, f"{found.clinician.called}: {made.get_state_display()}")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(REQUESTS.name, found.activity_id)


@require_POST
@requires(_MANAGE)
def approve_all(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say yes to everybody who asks now, whoever asked first before the others."""
    activity = activity_or_404(request, pk, _MANAGE)
    rows = Registration.objects.visible_to(request.access, _MANAGE).of(activity).requested()
    asked = list(rows.with_people())
    done = approve_requests(asked, activity, by=request.actor)
    by_state: dict[str, list[str]] = defaultdict(list)
    for person, one in done:
        if isinstance(one, Registration):
            by_state[one.state].append(person.called)
        else:
            messages.error(request, f"{person.called}: {one}")
    got = len(by_state[State.CONFIRMED])
    waiting = sum(map(len, by_state.values())) - got
    messages.success(
        request,
        ngettext("%(n)d person has a place", "%(n)d people have a place", got) % {"n": got}
        + _("; waiting: %(n)d.") % {"n": waiting},
    )
    for state, names in by_state.items():
        if names:
            messages.success(request, f"{State(state).label}: {', '.join(names)}")
    return redirect(REQUESTS.name, activity.pk)


@require_http_methods(["GET", "POST"])
@requires(_MANAGE)
def decline(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say no to a request, with the reason."""
    found = _registration(request, pk)
    back = reverse(REQUESTS.name, args=[found.activity_id])

    def act(said: dict[str, Any]) -> str:
        decline_request(found, reason=said["reason"], by=request.actor)
        messages.success(request, _("The answer is on its way by e-mail."))
        return back

    title = _("No place for %(person)s") % {"person": found.clinician.called}
    objection = objection_to_answering(found, found.activity, at=now())
    question = Question(title, str(found.activity), back, _("Say no"), "", objection)
    return ask(request, DeclineForm(given(request)), question, act)


def _registration(request: UserRequest, pk: uuid.UUID) -> Registration:
    rows = Registration.objects.visible_to(request.access, _MANAGE)
    found = get_object_or_404(rows.with_people(), pk=pk)
    shown(request, found.activity, _MANAGE)
    return found
