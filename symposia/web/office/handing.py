"""Passing an invitation on by one's own phone: approved text, personal link, the journal's line."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from symposia.accounts.permissions import Permission
from symposia.directory.models import Clinician
from symposia.outreach.actions.handing import hand_over_invitation
from symposia.outreach.handover import BY_HAND
from symposia.outreach.policies import objection_to_inviting
from symposia.shared.refusals import Refused
from symposia.web.gates import answers_with_a_secret, requires
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.requests import UserRequest

PAGE = "office/invitations/handover.html"


@answers_with_a_secret("campaigns")
@require_http_methods(["GET", "POST"])
@requires(Permission.INVITE)
def handover(request: UserRequest, pk: uuid.UUID, clinician_pk: uuid.UUID) -> HttpResponse:
    """Choose chat or text message; the answer has the text and opens the phone's own program."""
    return handing_page(request, pk, clinician_pk, template=PAGE)


def handing_page(
    request: UserRequest, pk: uuid.UUID, clinician_pk: uuid.UUID, *, template: str
) -> HttpResponse:
    """The page that asks by which way, and the answer that has the text; here and in the field."""
    activity = activity_or_404(request, pk, Permission.INVITE)
    reached = Clinician.objects.within(request.access, Permission.INVITE)
    clinician = get_object_or_404(reached, pk=clinician_pk)
    context: dict[str, Any] = {
        "activity": activity,
        "clinician": clinician,
        "objection": objection_to_inviting(activity, at=now()),
        "ways": [(each.value, each.label) for each in BY_HAND],
    }
    if request.method == "POST":
        channel = request.POST.get("channel", "")
        if channel not in BY_HAND:
            return redirect(request.path)
        try:
            context["handed"] = hand_over_invitation(activity, clinician, channel, by=request.actor)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect(request.path)
    return render(request, template, context)
