"""What left by mail or waits to: as it was written, without the personal links in it."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.notifications.actions import cancel_delivery, retry_delivery
from symposia.notifications.lists import TONES
from symposia.notifications.models import Delivery
from symposia.notifications.policies import (
    objection_to_cancelling_message,
    objection_to_retrying,
)
from symposia.notifications.redaction import without_links
from symposia.shared.refusals import Refused
from symposia.web.content.letters import letter_url
from symposia.web.gates import requires
from symposia.web.requests import UserRequest


def listed(request: UserRequest) -> dict[str, bool]:
    """Around the list: whether this person may word messages and try them."""
    return {"may_manage": request.access.holds(Permission.MANAGE_MESSAGES)}


@require_GET
@requires(Permission.VIEW_OUTBOX)
def message(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    delivery = _delivery(request, pk)
    context = {
        "delivery": delivery,
        "tone": TONES.get(delivery.state, ""),
        "text": without_links(delivery, delivery.text),
        "frame_href": letter_url(delivery, follows_links=False),
        "may_manage": request.access.holds(Permission.MANAGE_MESSAGES),
        "no_retry": objection_to_retrying(delivery),
        "no_cancel": objection_to_cancelling_message(delivery),
    }
    return render(request, "office/outbox/message.html", context)


@require_POST
@requires(Permission.MANAGE_MESSAGES)
def retry(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    try:
        retry_delivery(_delivery(request, pk), by=request.actor)
        messages.success(request, _("The message is on its way again."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("message", pk)


@require_POST
@requires(Permission.MANAGE_MESSAGES)
def cancel(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    try:
        cancel_delivery(_delivery(request, pk), by=request.actor)
        messages.success(request, _("The message is kept back."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("message", pk)


def _delivery(request: UserRequest, pk: uuid.UUID) -> Delivery:
    return get_object_or_404(Delivery.objects.visible_to(request.access), pk=pk)
