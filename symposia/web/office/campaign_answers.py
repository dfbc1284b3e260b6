"""Who reads what people write back to a campaign."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from symposia.accounts.permissions import Permission
from symposia.outreach.actions.campaigns import direct_answers
from symposia.outreach.allotted import representatives
from symposia.outreach.models import Campaign
from symposia.outreach.policies import objection_to_directing
from symposia.web.gates import requires
from symposia.web.office.asking import Question, ask, given
from symposia.web.office.campaign_forms import AnswersForm
from symposia.web.requests import UserRequest
from symposia.web.walls import shown


@require_http_methods(["GET", "POST"])
@requires(Permission.INVITE)
def answers(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Choose one of those who may invite here."""
    rows = Campaign.objects.visible_to(request.access, Permission.INVITE).for_list()
    campaign = get_object_or_404(rows, pk=pk)
    shown(request, campaign.activity, Permission.INVITE)
    first = {"reader": str(campaign.answers_to_id or "")}
    form = AnswersForm(given(request), initial=first, people=representatives(now()))
    back = reverse("campaign", args=[pk])

    def act(_said: dict[str, Any]) -> str:
        direct_answers(campaign, form.chosen, by=request.actor)
        return back

    note = _("People answer a letter with their mail program; this person reads it.")
    question = Question(
        *(_("Answers to this campaign"), campaign.number, back, _("Save"), note),
        objection_to_directing(campaign),
    )
    return ask(request, form, question, act)
