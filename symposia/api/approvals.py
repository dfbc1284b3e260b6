"""Approvals for machines: what waits, what was submitted, who signed."""

import uuid
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from ninja import Router, Schema

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.approvals.actions import DecisionFacts, decide_request
from symposia.approvals.lists import APPROVALS
from symposia.approvals.models import ApprovalRequest, Verdict
from symposia.approvals.parts import parts_hidden, without_parts
from symposia.approvals.policies import seat_for
from symposia.approvals.queries import Signature, lent_to, signatures_of, steps_decided
from symposia.compliance.queries import has_same_answer, latest_evaluation

router = Router(tags=["approvals"])
list_route(router, APPROVALS)


class DecisionOut(Schema):
    """A signature as it was given."""

    version: int
    step: str
    verdict: str
    meaning: str
    reason: str
    subject_hash: str
    factor: str
    decided_by: str
    decided_at: datetime
    on_behalf_of: str
    # Empty while it counts; else why it does not.
    fault: str


class RequestOut(Schema):
    """A request with the facts that are signed and the signatures so far.

    Its step is the one that whoever asks would sign, else the first that waits.
    """

    id: uuid.UUID
    number: str
    title: str
    state: str
    version: int
    step: str
    step_number: int
    waits_for: list[str]
    due_at: datetime | None
    frozen: dict[str, Any]
    frozen_hash: str
    # The parts of it that the wall keeps from whoever asks; the hash covers them all the same.
    kept_back: list[str]
    decisions: list[DecisionOut]


class DecisionIn(Schema):
    """A verdict on exactly what was read: the hash and the step say so."""

    verdict: Verdict
    reason: str
    seen_hash: str
    seen_step: int


@router.get(
    "/{uuid:pk}", response=RequestOut, operation_id="approval_request", summary="One request"
)
@allowed(Permission.VIEW_APPROVALS)
def show(request: HttpRequest, pk: uuid.UUID) -> dict[str, Any]:
    return _out(request, _asked(request, pk))


class RulesAgainOut(Schema):
    """Whether the rules of then still say the same of the facts of then."""

    same: bool


@router.get(
    "/{uuid:pk}/rules",
    response=RulesAgainOut,
    operation_id="run_rules_again",
    summary="Run its rules again",
)
@allowed(Permission.VIEW_APPROVALS)
def rules_again(request: HttpRequest, pk: uuid.UUID) -> dict[str, bool]:
    """The same versions and values on the same facts; no subject without an evaluation."""
    asked = _asked(request, pk)
    evaluation = latest_evaluation(asked.subject_type, asked.subject_id)
    if evaluation is None:
        raise Http404
    return {"same": has_same_answer(evaluation)}


@router.post(
    "/{uuid:pk}/decisions",
    response=RequestOut,
    operation_id="decide_step",
    summary="Decide the current step",
)
@allowed(Permission.DECIDE_APPROVALS)
def decide(request: HttpRequest, pk: uuid.UUID, given: DecisionIn) -> dict[str, Any]:
    """A token has no second factor, so a step that asks for one is refused here."""
    asked = _asked(request, pk)
    said = DecisionFacts(**given.dict())
    decide_request(asked, said, access=request.access, by=request.actor)  # type: ignore[attr-defined]
    asked.refresh_from_db()
    return _out(request, asked)


def _asked(request: Any, pk: uuid.UUID) -> ApprovalRequest:
    lent = [each.access for each in lent_to(request.access, at=now())]
    return get_object_or_404(ApprovalRequest.objects.visible_to(request.access, lent=lent), pk=pk)


def _place_of(request: Any, asked: ApprovalRequest) -> int:
    """The step that whoever asks would sign now; else the first that waits."""
    lent = lent_to(request.access, at=now())
    seat = seat_for(asked, steps_decided(asked), access=request.access, lent=lent)
    return seat.place if seat else asked.current_step


def _out(request: Any, asked: ApprovalRequest) -> dict[str, Any]:
    place = _place_of(request, asked)
    hidden = parts_hidden(request.access, asked.subject_type, asked.subject_id)
    return {
        "id": asked.pk,
        "number": asked.number,
        "title": asked.title,
        "state": asked.state,
        "version": asked.version,
        "step": asked.step_at(place).name,
        "step_number": place,
        "waits_for": [step.name for step in asked.waits_for],
        "due_at": asked.due_at,
        "frozen": without_parts(asked.frozen, hidden),
        "frozen_hash": asked.frozen_hash,
        "kept_back": sorted(hidden & asked.frozen.keys()),
        "decisions": [_decision(each) for each in signatures_of(asked)],
    }


def _decision(signature: Signature) -> dict[str, Any]:
    decision = signature.decision
    return {
        "version": decision.version,
        "step": decision.step_name,
        "verdict": decision.verdict,
        "meaning": decision.meaning,
        "reason": decision.reason,
        "subject_hash": decision.subject_hash,
        "factor": decision.factor,
        "decided_by": decision.decided_by_name,
        "decided_at": decision.decided_at,
        "on_behalf_of": decision.on_behalf_of_name,
        "fault": str(signature.fault or ""),
    }
