"""The waitlist of an activity: who waits, why nobody moves, and how it is settled that it does."""

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
from django.views.decorators.http import require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.registrations.actions.line import set_waitlist_terms, take_offer
from symposia.registrations.lists import PEOPLE, WAITLIST
from symposia.registrations.models import Registration, WaitlistTerms
from symposia.registrations.policies import objection_to_terms
from symposia.registrations.spots import line_now
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.asking import Question, ask, do
from symposia.web.requests import UserRequest
from symposia.web.walls import shown

_MANAGE = Permission.MANAGE_REGISTRATIONS
LONGEST_OFFER = 24 * 30


class TermsForm(forms.Form):
    """How a place that comes free is given to whoever waits."""

    offer_hours = forms.IntegerField(
        label=gettext_lazy("Keep a free place for so many hours"),
        help_text=gettext_lazy("Empty: it is confirmed at once, and nobody has to answer."),
        min_value=1,
        max_value=LONGEST_OFFER,
        required=False,
    )
    passes_over = forms.BooleanField(
        label=gettext_lazy("Whoever fits may pass a party that needs more places"),
        help_text=gettext_lazy(
            "Otherwise a party keeps its turn, and places may stay empty for it."
        ),
        required=False,
    )


def listed(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the list: what is taken, what holds people up, and how places are given."""
    activity = activity_or_404(request, activity_pk, Permission.VIEW_PEOPLE_OF_ACTIVITY)
    return {
        **frame_of(request, activity, PEOPLE.name),
        "line": line_now(activity),
        "may_manage": request.access.holds(_MANAGE),
    }


@require_http_methods(["GET", "POST"])
@requires(_MANAGE)
def terms(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Settle how the waitlist moves."""
    activity = activity_or_404(request, pk, _MANAGE)
    back = reverse(WAITLIST.name, args=[pk])
    settled = WaitlistTerms.objects.of(activity)
    first = {"offer_hours": settled.offer_hours, "passes_over": settled.passes_over}

    def act(said: dict[str, Any]) -> str:
        set_waitlist_terms(activity, **said, by=request.actor)
        messages.success(request, _("The waitlist moves by these terms from now on."))
        return back

    note = _("Offers that run already keep their time. Everybody who waits sees the terms.")
    question = Question(
        _("How the waitlist moves"),
        str(activity),
        back,
        _("Settle it"),
        note,
        objection_to_terms(activity, at=now()),
    )
    form = TermsForm(request.POST) if request.method == "POST" else TermsForm(initial=first)
    return ask(request, form, question, act)


@require_POST
@requires(_MANAGE)
def accept(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take an offered place for somebody who said yes by telephone."""
    rows = Registration.objects.visible_to(request.access, _MANAGE)
    found = get_object_or_404(rows.select_related("activity"), pk=pk)
    shown(request, found.activity, _MANAGE)
    back = reverse("registration", args=[found.pk])
    done = _("The place is confirmed.")
    return do(request, lambda: take_offer(found, by=request.actor), back, done)
