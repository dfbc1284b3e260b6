"""The page that somebody keeps open while they take part online: what is asked, one press."""

import uuid
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from symposia.attendance.actions.checks import answer_check
from symposia.attendance.asking import CHECK_NOT_OPEN, check_of, open_checks
from symposia.attendance.self_check_in import TOO_OFTEN
from symposia.registrations.letters import TICKET
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused, needed
from symposia.web.links import personal_link

PAGE = "learner/live/page.html"
# A page without script asks again after so many seconds.
AGAIN = 20


@never_cache
@require_http_methods(["GET", "POST"])
@personal_link(TICKET)
def live(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """What is asked now; one press answers."""
    place = get_object_or_404(Registration.objects.with_people(), pk=pk)
    if request.method == "POST":
        try:
            _answer(request, place)
            messages.success(request, _("Thank you, your answer counts."))
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("ticket_live", token)
    context = {
        "token": token,
        "activity": place.activity,
        "asked": open_checks(place, at=now()),
        "again": AGAIN,
    }
    return render(request, PAGE, context)


def _answer(request: Any, place: Registration) -> None:
    if not ratelimit.consume(request, action="own_answer", key=str(place.pk)):
        raise Refused(TOO_OFTEN)
    named, chosen = request.POST.get("asked", ""), request.POST.get("choice", "")
    asked = check_of(place.activity, _uuid(named))
    by = Actor("link", place.pk, place.clinician.called)
    answer_check(needed(asked, CHECK_NOT_OPEN), place, number_chosen(chosen), by=by)


def number_chosen(text: str) -> int | None:
    """The place of an answer among those to choose from, as a form sends it, or nothing."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 3 else None


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Refused(CHECK_NOT_OPEN) from None
