"""What is kept of oneself, and how one may be reached: signed in, or by a personal link.

Looking changes nothing; every change is a button that posts.
"""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.directory.actions.consents import (
    ConsentFacts,
    state_consent,
    withdraw_all_consent,
)
from symposia.directory.asking import ways_of
from symposia.directory.models import Channel, Clinician, ConsentStatement, Purpose
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.links import personal_link
from symposia.web.requests import UserRequest

PAGE = "learner/own_data/show.html"


@require_GET
@requires(Permission.OWN_LEARNING)
def own(request: UserRequest) -> HttpResponse:
    """How this organisation may reach the person who is signed in."""
    clinician = Clinician.objects.of_user(request.user.pk).first()
    if clinician is None:
        return render(request, "learner/own_data/nobody.html")
    return _page(request, clinician, "layouts/office.html", reverse("own_consent"))


@require_POST
@requires(Permission.OWN_LEARNING)
def own_consent(request: UserRequest) -> HttpResponse:
    """Say yes or no to one way of being reached."""
    clinician = get_object_or_404(Clinician.objects.of_user(request.user.pk))
    _say(request, clinician, by=request.actor)
    return redirect("own_data")


@require_GET
@personal_link("person")
def by_link(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """The same page without an account."""
    clinician = get_object_or_404(Clinician, pk=pk)
    here = reverse("own_consent_link", args=[token])
    return _page(request, clinician, "layouts/learner.html", here)


@require_POST
@personal_link("person")
def consent_by_link(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Say yes or no to one way of being reached."""
    clinician = get_object_or_404(Clinician, pk=pk)
    _say(request, clinician, by=Actor("link", clinician.pk, clinician.called))
    return redirect("own_data_link", token)


def _say(request: Any, clinician: Clinician, *, by: Actor) -> None:
    """Take one answer, or the one that stops everything."""
    said = request.POST
    try:
        if said.get("everything"):
            withdraw_all_consent(clinician, by=by)
        elif said.get("purpose") in Purpose and said.get("channel", "") in ("", *Channel):
            is_given = said.get("given") == "yes"
            facts = ConsentFacts(said["purpose"], said.get("channel", ""), given=is_given)
            state_consent(clinician, facts, by=by)
        else:
            messages.error(request, _("Choose one of the ways on this page."))
            return
    except Refused as refused:
        messages.error(request, str(refused))
        return
    messages.success(request, _("Thank you. It holds from now on."))


def _page(request: Any, clinician: Clinician, layout: str, to: str) -> HttpResponse:
    statements = ConsentStatement.objects.filter(clinician=clinician)
    context = {
        "layout": layout,
        "clinician": clinician,
        "organisation": request.organisation,
        "purposes": ways_of(clinician),
        "statements": statements.order_by("-said_at", "-pk")[:20],
        "to": to,
    }
    return render(request, PAGE, context)
