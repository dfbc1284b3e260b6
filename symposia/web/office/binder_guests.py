"""Guests of a binder: invited by the office, ended by the office."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.reporting.actions.guests import invite_reviewer, revoke_reviewer
from symposia.reporting.models import Binder, BinderInvitation
from symposia.shared.times import day_ends
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.meeting_forms import DAY
from symposia.web.requests import UserRequest

_DO = Permission.AWARD_CREDITS


class GuestForm(forms.Form):
    """Who may read a binder, and until when."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)
    until = forms.DateField(
        label=gettext_lazy("The link opens until"),
        widget=DAY,
        help_text=gettext_lazy("At most half a year. You can end it earlier."),
    )


@require_http_methods(["GET", "POST"])
@requires(_DO, of_all=True)
def invite(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Send one person a link that opens this binder and nothing else."""
    binder = get_object_or_404(Binder.objects.visible_to(request.access, _DO), pk=pk)
    back = reverse("binder", args=[pk])
    form = GuestForm(given(request))

    def act(said: dict[str, Any]) -> str:
        until = day_ends(said["until"], request.organisation.zone)
        invite_reviewer(binder, said["name"], said["email"], until, by=request.actor)
        messages.success(request, _("The invitation is on its way."))
        return back

    note = _("They read what was made last, and nothing else; each page they open is noted.")
    question = Question(_("Invite a reviewer"), binder.title, back, _("Invite"), note)
    return ask(request, form, question, act)


@require_POST
@requires(_DO, of_all=True)
def revoke(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Close a guest's link at once."""
    rows = BinderInvitation.objects.visible_to(request.access, _DO)
    guest = get_object_or_404(rows, pk=pk)
    back = reverse("binder", args=[guest.binder_id])
    done = _("The link opens nothing any more.")
    return do(request, lambda: revoke_reviewer(guest, by=request.actor), back, done)
