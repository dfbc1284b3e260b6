"""Adverse events as they were told, and the mailbox of drug safety."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from symposia.accounts.permissions import Permission
from symposia.engagement.actions.safety import set_safety_mailbox
from symposia.engagement.models import AdverseEvent
from symposia.engagement.queries import safety_mailbox, safety_sending
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.requests import UserRequest

PAGE = "office/engagement/adverse_event.html"


class MailboxForm(forms.Form):
    """Where drug safety reads its mail."""

    address = forms.EmailField(label=gettext_lazy("Mailbox of drug safety"), max_length=254)


def listed(request: UserRequest) -> dict[str, Any]:
    """Beside the list: where they go."""
    return {
        "mailbox": safety_mailbox(),
        "may_set": request.access.holds(Permission.MANAGE_ORGANISATION),
    }


@require_GET
@requires(Permission.VIEW_EVALUATIONS)
def event(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One of them, word for word, with its clock."""
    rows = AdverseEvent.objects.visible_to(request.access).for_list()
    found = get_object_or_404(rows, pk=pk)
    context = {"event": found, "activity": found.activity, "sending": safety_sending(found)}
    return render(request, PAGE, context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_ORGANISATION)
def mailbox(request: UserRequest) -> HttpResponse:
    """Say where drug safety reads its mail."""
    before, back = safety_mailbox(), reverse("organisation")
    first = {"address": before.address} if before else {}
    form = MailboxForm(given(request), initial=first)

    def act(said: dict[str, Any]) -> str:
        set_safety_mailbox(said["address"], by=request.actor)
        messages.success(request, _("Adverse events go there from now on."))
        return back

    note = _("Whatever a representative is told of harm is written there at once.")
    question = Question(_("Drug safety"), _("Organisation"), back, _("Save"), note)
    return ask(request, form, question, act)
