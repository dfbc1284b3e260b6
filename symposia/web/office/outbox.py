"""What left by mail or waits to: as it was written, without the personal links in it."""

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.notifications.actions import cancel_delivery, lift_suppression, retry_delivery
from symposia.notifications.lists import TONES
from symposia.notifications.models import Delivery, Suppression
from symposia.notifications.policies import (
    objection_to_cancelling_message,
    objection_to_retrying,
)
from symposia.notifications.redaction import without_links
from symposia.shared.refusals import Refused
from symposia.web.content.letters import letter_url
from symposia.web.gates import requires
from symposia.web.requests import UserRequest


class LiftingForm(forms.Form):
    """How the person asked to be invited again."""

    reason = forms.CharField(
        label=gettext_lazy("How they asked for it"),
        help_text=gettext_lazy("Kept in the journal."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )


def listed(request: UserRequest) -> dict[str, bool]:
    """Around the list: whether this person may word messages and try them."""
    return {"may_manage": request.access.holds(Permission.MANAGE_MESSAGES)}


@require_GET
@requires(Permission.VIEW_OUTBOX)
def message(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    delivery = _delivery(request, pk)
    context = {
        "delivery": delivery,
        "tone": TONES[delivery.state],
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


@require_GET
@requires(Permission.VIEW_OUTBOX)
def suppression(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """An address that asked not to be invited."""
    return _suppression(request, pk, LiftingForm())


@require_POST
@requires(Permission.MANAGE_MESSAGES)
def lift(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Let the address be invited again."""
    form = LiftingForm(request.POST)
    if not form.is_valid():
        return _suppression(request, pk, form, status=422)
    found = get_object_or_404(Suppression.objects.visible_to(request.access), pk=pk)
    lift_suppression(found, by=request.actor, reason=form.cleaned_data["reason"])
    messages.success(request, _("The address may be invited again."))
    return redirect("suppressions")


def _suppression(
    request: UserRequest, pk: uuid.UUID, form: LiftingForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "suppression": get_object_or_404(Suppression.objects.visible_to(request.access), pk=pk),
        "form": form,
        "may_manage": request.access.holds(Permission.MANAGE_MESSAGES),
    }
    return render(request, "office/outbox/suppression.html", context, status=status)


def _delivery(request: UserRequest, pk: uuid.UUID) -> Delivery:
    return get_object_or_404(Delivery.objects.visible_to(request.access), pk=pk)
