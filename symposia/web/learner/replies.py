"""Answering an invitation on a phone, by a personal link and without a password."""

import uuid
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.directory.actions.consents import send_own_page
from symposia.outreach.actions import record_reply, stop_invitations
from symposia.outreach.facts import lines_of
from symposia.outreach.letters import Letters, place_of
from symposia.outreach.models import Invitation, State
from symposia.outreach.policies import objection_to_replying
from symposia.outreach.queries import has_stopped
from symposia.registrations.models import Registration
from symposia.registrations.queries import ended_place_of, position_of, seats_of
from symposia.shared.actors import Actor
from symposia.shared.links import make_link
from symposia.shared.refusals import Refused
from symposia.web.links import one_click, personal_link

PAGE = "learner/replies/reply.html"


@require_GET
@personal_link("invitation")
def reply(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """What one is invited to, and two buttons."""
    return render(request, PAGE, _context(request, _invitation(pk), token))


@require_POST
@personal_link("invitation")
def answer(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Yes or no, and nothing else; both may be changed until the activity is over."""
    invitation = _invitation(pk)
    said = request.POST.get("answer")
    if said not in {"yes", "no"}:
        messages.error(request, _("Say yes or no with one of the buttons. Nothing has changed."))
        return redirect("reply", token)
    try:
        record_reply(invitation, accepted=said == "yes", by=_person(invitation))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("reply", token)


@require_GET
@personal_link("invitation")
def calendar(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:  # of the link
    """The date as a file for a calendar."""
    invitation = _invitation(pk)
    letters = Letters.for_activity(invitation.activity, request.organisation, at=now())
    response = HttpResponse(letters.calendar(invitation), content_type="text/calendar")
    name = f"{invitation.activity.number}.ics"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "POST"])
@personal_link("unsubscribe")
def unsubscribe(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """A page with one button; looking at it stops nothing."""
    invitation = _invitation(pk)
    if request.method == "POST":
        stop_invitations(invitation, by=_person(invitation))
    address = invitation.address
    context = {
        "token": token,
        "address": address,
        "organisation": request.organisation,
        "is_stopped": has_stopped(invitation),
        "may_ask_for_page": _may_ask_for_page(invitation),
    }
    return render(request, "learner/replies/unsubscribe.html", context)


@require_POST
@personal_link("invitation")
def own_page(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Send the person where they say how they want to be reached. An invitation is also handed
    over by others, so only what comes to the own address shows who somebody is."""
    return _send_own_page(request, pk, back=reverse("reply", args=[token]))


@require_POST
@personal_link("unsubscribe")
def own_page_of_mail(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """The same from the page that stops invitations."""
    return _send_own_page(request, pk, back=reverse("unsubscribe", args=[token]))


@csrf_exempt  # mail programs post here by themselves; the signed link is the proof
@one_click("unsubscribe")
@personal_link("unsubscribe")
def unsubscribe_at_once(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:  # of the link
    """The button of a mail program (RFC 8058)."""
    invitation = _invitation(pk)
    stop_invitations(invitation, by=_person(invitation))
    return HttpResponse(status=204)


def _invitation(pk: uuid.UUID) -> Invitation:
    return get_object_or_404(Invitation.objects.with_names(), pk=pk)


def _person(invitation: Invitation) -> Actor:
    return Actor("link", invitation.pk, invitation.clinician.called)


def _may_ask_for_page(invitation: Invitation) -> bool:
    """One that was taken back may have gone to somebody else."""
    is_withdrawn = invitation.state == State.WITHDRAWN
    return not is_withdrawn and bool(invitation.clinician.as_kept.email)


def _send_own_page(request: Any, pk: uuid.UUID, *, back: str) -> HttpResponse:
    invitation = _invitation(pk)
    person = invitation.clinician.as_kept
    if not _may_ask_for_page(invitation):
        raise Http404
    if ratelimit.consume(request, action="own_page", key=str(person.pk)):
        send_own_page(person, by=_person(invitation))
        messages.success(request, _("It is on its way to the e-mail address we have of you."))
    else:
        messages.error(request, _("It was sent already; look into your mailbox."))
    return redirect(back)


def _context(request: Any, invitation: Invitation, token: str) -> dict[str, Any]:
    activity, at = invitation.activity, now()
    place = Registration.objects.held_by(invitation.clinician, activity)
    code = request.organisation.code
    seats = seats_of(activity)
    ticket = reverse("ticket", args=[make_link("registration", place.pk, code)]) if place else ""
    return {
        "invitation": invitation,
        "activity": activity,
        "clinician": invitation.clinician,
        "organisation": request.organisation,
        "where": place_of(activity),
        "lines": lines_of(activity),
        "token": token,
        "seats": seats,
        "line": seats.waiting + 1,
        "no_yes": objection_to_replying(invitation, activity, accepted=True, at=at),
        "no_no": objection_to_replying(invitation, activity, accepted=False, at=at),
        "place": place,
        "ended": None if place else ended_place_of(invitation.clinician, activity),
        "position": position_of(place) if place else None,
        "ticket_href": ticket,
        # Of paper and of a text message nothing else leads to the page that stops invitations.
        "stop_href": reverse("unsubscribe", args=[make_link("unsubscribe", invitation.pk, code)]),
        "is_stopped": has_stopped(invitation),
        "may_ask_for_page": _may_ask_for_page(invitation),
    }
