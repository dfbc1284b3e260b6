"""Proposed values of the organisation's own: read, agreed to by a second person, or dropped."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import local_day
from symposia.audit.queries import entries_about
from symposia.compliance.actions.own_values import agree_to_value, drop_value_proposal
from symposia.compliance.models import ValueProposal
from symposia.compliance.two_people import objection_to_agreeing_to_value
from symposia.compliance.value_lists import VALUE_TONES
from symposia.web.gates import requires
from symposia.web.office.asking import do
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest


@require_GET
@requires(Permission.VIEW_RULES)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What would apply from when, beside what applies now."""
    proposal = _proposal(request, pk)
    may_manage = request.access.everywhere(Permission.MANAGE_RULES) and proposal.is_waiting
    context = {
        "proposal": proposal,
        "tone": VALUE_TONES.get(proposal.state, ""),
        "entries": history_of(entries_about(proposal.pk)[:50]),
        "may_manage": may_manage,
        "objection": objection_to_agreeing_to_value(
            proposal, by_id=request.user.pk, today=local_day()
        ),
    }
    return render(request, "office/rules/value.html", context)


@require_POST
@requires(Permission.MANAGE_RULES, of_all=True)
def agree(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Put it in force from its day, as the second person."""
    proposal, back = _proposal(request, pk), reverse("value_proposal", args=[pk])
    done = _("It applies from its day on.")
    return do(request, lambda: agree_to_value(proposal, by=request.actor), back, done)


@require_POST
@requires(Permission.MANAGE_RULES, of_all=True)
def drop(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Leave the value as it is."""
    proposal, back = _proposal(request, pk), reverse("value_proposal", args=[pk])
    return do(request, lambda: drop_value_proposal(proposal, by=request.actor), back)


def _proposal(request: UserRequest, pk: uuid.UUID) -> ValueProposal:
    return get_object_or_404(ValueProposal.objects.visible_to(request.access), pk=pk)
