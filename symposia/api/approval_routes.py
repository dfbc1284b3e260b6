"""Routes of approval: the signatures each kind of subject needs."""

import uuid
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.approvals.actions import (
    RouteFacts,
    agree_to_route,
    drop_proposal,
    propose_ending,
    propose_route,
)
from symposia.approvals.conditions import as_text, conditions_in
from symposia.approvals.lists import ROUTE_PROPOSALS, ROUTES
from symposia.approvals.models import Meaning, Route, RouteProposal, Step
from symposia.approvals.queries import tried_on_samples

router = Router(tags=["approvals"])
list_route(router, ROUTES)
list_route(router, ROUTE_PROPOSALS, "/proposals")


class StepBody(Schema):
    """One signature; conditions are text, one a line."""

    name: str = Field(min_length=1, max_length=80)
    role: str = Field(max_length=40)
    meaning: Meaning = Meaning.REVIEW
    needs_factor: bool = False
    beside: bool = False
    covers: list[str] = []
    rests_on: list[str] = []
    only_if: str = Field("", max_length=2000)
    hours: int = Field(0, ge=0, le=2000)
    escalates_to: str = Field("", max_length=40)


class RouteBody(Schema):
    """A route as somebody writes it."""

    applies_to: str = Field(pattern="^[a-z_]{1,40}$")
    name: str = Field(min_length=1, max_length=80)
    code: str = Field("", pattern="^[a-z0-9_-]{0,40}$")
    rank: int | None = Field(None, ge=1, le=1000)
    taken_if: str = Field("", max_length=2000)
    approves_itself_if: str = Field("", max_length=2000)
    steps: list[StepBody]


class RouteOut(RouteBody):
    """A version of a route."""

    id: uuid.UUID
    version: int
    created_at: datetime
    ended_at: datetime | None


class ProposalOut(Schema):
    """A change that one person proposed, and what became of it."""

    id: uuid.UUID
    what: str
    applies_to: str
    name: str
    code: str
    state: str
    proposed_by_name: str
    proposed_at: datetime
    decided_by_name: str
    decided_at: datetime | None
    route_id: uuid.UUID | None


class SampleOut(Schema):
    """What a route would ask of a subject that was submitted before."""

    number: str
    takes: bool
    approves_itself: bool
    steps: list[str]


@router.get("/{uuid:pk}", response=RouteOut, operation_id="approval_route")
@allowed(Permission.VIEW_APPROVALS)
def show(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One version."""
    return _out(_route(request, pk))


@router.post("/proposals", response={201: ProposalOut}, operation_id="propose_route")
@allowed(Permission.MANAGE_RULES, of_all=True)
def propose(request: Any, body: RouteBody) -> RouteProposal:
    """Propose a version; a second person agrees before it is in force."""
    return propose_route(_facts(body), by=request.actor)


@router.post("/proposals/{uuid:pk}/agreement", response=ProposalOut, operation_id="agree_to_route")
@allowed(Permission.MANAGE_RULES, of_all=True)
def agree(request: Any, pk: uuid.UUID) -> RouteProposal:
    """Agree to what somebody else proposed: it is in force, for new requests."""
    return agree_to_route(_proposal(request, pk), by=request.actor)


@router.post(
    "/proposals/{uuid:pk}/withdrawal", response=ProposalOut, operation_id="drop_route_proposal"
)
@allowed(Permission.MANAGE_RULES, of_all=True)
def drop(request: Any, pk: uuid.UUID) -> RouteProposal:
    """Leave everything as it is."""
    return drop_proposal(_proposal(request, pk), by=request.actor)


@router.post("/trials", response=list[SampleOut], operation_id="try_route")
@allowed(Permission.MANAGE_RULES, of_all=True)
def trial(request: Any, body: RouteBody) -> list[dict[str, Any]]:
    """Try it on the latest subjects of its kind; nothing is kept."""
    samples = tried_on_samples(Route(**_facts(body).values()), request.access)
    names = ("takes", "approves_itself", "steps")
    return [
        {"number": each.request.number} | {name: getattr(each, name) for name in names}
        for each in samples
    ]


@router.post("/{uuid:pk}/ending", response={201: ProposalOut}, operation_id="propose_ending")
@allowed(Permission.MANAGE_RULES, of_all=True)
def end(request: Any, pk: uuid.UUID) -> RouteProposal:
    """Ask that a special route ends; a second person agrees."""
    return propose_ending(_route(request, pk), by=request.actor)


def _facts(body: RouteBody) -> RouteFacts:
    given = body.dict()
    for name in ("taken_if", "approves_itself_if"):
        given[name] = conditions_in(given[name])
    given["steps"] = [
        Step(**{**step, "meaning": str(step["meaning"]), "only_if": conditions_in(step["only_if"])})
        for step in given["steps"]
    ]
    return RouteFacts(**given)


def _route(request: Any, pk: uuid.UUID) -> Route:
    return get_object_or_404(Route.objects.visible_to(request.access), pk=pk)


def _proposal(request: Any, pk: uuid.UUID) -> RouteProposal:
    return get_object_or_404(RouteProposal.objects.visible_to(request.access), pk=pk)


def _out(route: Route) -> dict[str, Any]:
    names = ("id", "applies_to", "name", "code", "rank", "created_at", "ended_at")
    return {name: getattr(route, name) for name in names} | {
        "version": route.number,
        "taken_if": as_text(route.taken_if),
        "approves_itself_if": as_text(route.approves_itself_if),
        "steps": [
            {
                **{name: getattr(step, name) for name in _STEP},
                "only_if": as_text(step.only_if),
            }
            for step in route.route_steps
        ],
    }


_STEP = [name for name in StepBody.model_fields if name != "only_if"]
