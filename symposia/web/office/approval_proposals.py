"""Proposed changes of routes: read, agreed to by a second person, or dropped."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import role_names
from symposia.approvals.actions import RouteFacts, agree_to_route, drop_proposal
from symposia.approvals.conditions import as_text
from symposia.approvals.models import Route, RouteProposal
from symposia.approvals.queries import routes_in_force, tried_on_samples
from symposia.approvals.two_people import objection_to_agreeing_to_route
from symposia.audit.queries import entries_about
from symposia.web.gates import requires
from symposia.web.office.asking import do
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest

FOLDER = "office/approvals"


@require_GET
@requires(Permission.VIEW_APPROVALS)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What would change, beside what is in force, and what it would ask of earlier subjects."""
    proposal = _proposal(request, pk)
    current = next(
        (r for r in routes_in_force(proposal.applies_to) if r.code == proposal.code), None
    )
    may_manage = request.access.everywhere(Permission.MANAGE_RULES) and proposal.is_waiting
    proposed = Route(**RouteFacts(**proposal.said).values()) if proposal.facts else None
    context = {
        "proposal": proposal,
        "taken_if": as_text(proposal.facts.get("taken_if", [])),
        "approves_itself_if": as_text(proposal.facts.get("approves_itself_if", [])),
        "steps": [(step, as_text(step.only_if)) for step in proposal.steps],
        "current": current,
        "current_steps": [
            (step, as_text(step.only_if)) for step in (current.route_steps if current else [])
        ],
        "samples": tried_on_samples(proposed, request.access) if proposed else [],
        "role_names": role_names(),
        "entries": history_of(entries_about(proposal.pk)[:50]),
        "may_manage": may_manage,
        "objection": objection_to_agreeing_to_route(proposal, by_id=request.user.pk),
    }
    return render(request, f"{FOLDER}/proposal.html", context)


@require_POST
@requires(Permission.MANAGE_RULES, of_all=True)
def agree(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Put it in force, as the second person."""
    proposal, back = _proposal(request, pk), reverse("route_proposal", args=[pk])
    done = _("In force from now on, for new requests.")
    return do(request, lambda: agree_to_route(proposal, by=request.actor), back, done)


@require_POST
@requires(Permission.MANAGE_RULES, of_all=True)
def drop(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Leave everything as it is."""
    proposal, back = _proposal(request, pk), reverse("route_proposal", args=[pk])
    return do(request, lambda: drop_proposal(proposal, by=request.actor), back)


def _proposal(request: UserRequest, pk: uuid.UUID) -> RouteProposal:
    return get_object_or_404(RouteProposal.objects.visible_to(request.access), pk=pk)
