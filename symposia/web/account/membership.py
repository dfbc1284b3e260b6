"""Accepting a role in an organisation: the offer is read by GET, accepted by POST alone."""

import uuid
from typing import Any

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.actions import accept_membership
from symposia.accounts.memberships import offer_of_id
from symposia.accounts.models import MembershipInvitation
from symposia.accounts.policies import objection_to_accepting
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused
from symposia.web.links import personal_link


@never_cache
@require_GET
@personal_link("membership")
def offer(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """What is offered, by whom, and one button."""
    found = _offer(pk)
    context = {
        "offer": found,
        "organisation": request.organisation,
        "token": token,
        "objection": objection_to_accepting(found, at=now()),
    }
    return render(request, "account/membership.html", context)


@never_cache
@require_POST
@personal_link("membership")
def accept(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Become a member and be signed in: whoever holds the link reads that person's mail."""
    found = _offer(pk)
    try:
        user = accept_membership(found, by=Actor("link", pk, str(found)))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("membership_offer", token)
    answer: HttpResponse = perform_login(request, user)
    request.session["organisation"] = str(request.organisation.pk)
    return answer


def _offer(pk: uuid.UUID) -> MembershipInvitation:
    found = offer_of_id(pk)
    if found is None:
        raise Http404
    return found
