"""Somebody leaves: the membership ends, with a reason."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from symposia.accounts.actions import end_membership
from symposia.accounts.models import Membership
from symposia.accounts.permissions import Permission
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.requests import UserRequest


class LeavingForm(forms.Form):
    """Why somebody does not work here any more."""

    reason = forms.CharField(
        label=gettext_lazy("Why the person leaves"),
        help_text=gettext_lazy("It stays in the journal."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_ACCESS)
def end(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """End a membership: asked for its reason first."""
    rows = Membership.objects.visible_to(request.access).standing().with_user()
    found, back = get_object_or_404(rows, pk=pk), reverse("access")

    def act(said: dict[str, Any]) -> str:
        end_membership(found, by=request.actor, **said)
        messages.success(request, _("The membership has ended."))
        return back

    note = _(
        "All roles, keys to the API and open offers end at once, in this organisation alone. What"
        " the person did stays. Whoever is added again starts without the old roles."
    )
    title = _("%(person)s leaves") % {"person": found.user}
    question = Question(title, _("Access"), back, _("End the membership"), note)
    return ask(request, LeavingForm(given(request)), question, act)
