"""What left by mail or waits to: as it was written, without the personal links in it."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.directory.queries import exact_clinicians
from symposia.notifications.actions import cancel_delivery, lift_suppression, retry_delivery
from symposia.notifications.actions.reports import take_reports
from symposia.notifications.lists import TONES
from symposia.notifications.models import Delivery, Suppression
from symposia.notifications.policies import (
    objection_to_cancelling_message,
    objection_to_retrying,
)
from symposia.notifications.redaction import without_links
from symposia.notifications.reports import LARGEST
from symposia.shared.refusals import Refused
from symposia.web.content.letters import letter_url
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask
from symposia.web.requests import UserRequest


class LiftingForm(forms.Form):
    """How the person asked to be invited again."""

    reason = forms.CharField(
        label=gettext_lazy("How they asked for it"),
        help_text=gettext_lazy("Kept in the journal."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )


class ReportForm(forms.Form):
    """What a mail server sent back, as the file that mail programs keep."""

    report = forms.FileField(
        label=gettext_lazy("Report"),
        help_text=gettext_lazy("The returned message as a file (.eml), at most 2 MB."),
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


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_MESSAGES)
def reports(request: UserRequest) -> HttpResponse:
    """Hand in a report of a mail server: a failed delivery or a complaint."""
    form = ReportForm(request.POST or None, request.FILES or None)

    def act(data: dict[str, Any]) -> str:
        taken = take_reports(data["report"].read(LARGEST), by=request.actor)
        said = ngettext("%(n)d report was taken in.", "%(n)d reports were taken in.", len(taken))
        messages.success(request, said % {"n": len(taken)})
        return reverse("addresses")

    note = _(
        "Mail servers can hand them in by themselves: POST /api/v1/messages/raw-reports with a key,"
        " or a pipe into the command symposia mail-report."
    )
    question = Question(
        *(_("Report of a mail server"), _("Fix addresses"), reverse("addresses"), _("Take it in")),
        note,
    )
    return ask(request, form, question, act)


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
    found = get_object_or_404(Suppression.objects.visible_to(request.access), pk=pk)
    context = {
        "suppression": found,
        "known": exact_clinicians(request.access, found.address),
        "form": form,
        "may_manage": request.access.holds(Permission.MANAGE_MESSAGES),
    }
    return render(request, "office/outbox/suppression.html", context, status=status)


def _delivery(request: UserRequest, pk: uuid.UUID) -> Delivery:
    return get_object_or_404(Delivery.objects.visible_to(request.access), pk=pk)
