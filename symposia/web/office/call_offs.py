"""Engaging somebody for a later activity under an agreement that was signed for the year."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from symposia.accounts.permissions import Permission
from symposia.activities.actions.call_offs import CallOff, engage_under
from symposia.activities.agreed import agreements_covering
from symposia.activities.signed import asked_again_by
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.office.agreement_forms import CallOffForm
from symposia.web.office.asking import Question, ask, given, warned_of
from symposia.web.requests import UserRequest


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_MONEY)
def new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Choose the agreement, say what the person does and for how long."""
    activity = activity_or_404(request, pk, Permission.PLAN_MONEY)
    covering = agreements_covering(activity)
    form = CallOffForm(given(request), covering=covering)

    def act(said: dict[str, Any]) -> str:
        under = next(each for each in covering if str(each.pk) == said.pop("under"))
        made = engage_under(activity, under, CallOff(**said), by=request.actor)
        return reverse("agreement", args=[made.pk])

    back = reverse("activity_agreements", args=[activity.pk])
    note = warned_of(asked_again_by(activity, "budget"))
    question = Question(_("Under a signed agreement"), str(activity), back, _("Engage"), note)
    return ask(request, form, question, act)
