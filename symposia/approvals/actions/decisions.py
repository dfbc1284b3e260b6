from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.permissions import Access
from symposia.accounts.queries import role_names
from symposia.approvals.actions.approving import note_approval
from symposia.approvals.events import (
    ChangeRefused,
    RequestRefused,
    RequestReturned,
    StepDecided,
)
from symposia.approvals.letters import tell_requester
from symposia.approvals.models import ApprovalRequest, Decision, State, Verdict
from symposia.approvals.policies import (
    CHANGED,
    Seat,
    objection_to_person,
    objection_to_signature,
    objection_to_unseen,
    seat_for,
)
from symposia.approvals.queries import approved_facts, lent_to, person_behind, steps_decided
from symposia.approvals.signing import mac_of
from symposia.approvals.versions import settle
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import needed, refuse_if

_DONE = {Verdict.APPROVE: "signed", Verdict.RETURN: "returned", Verdict.REFUSE: "refused"}


@dataclass(frozen=True)
class DecisionFacts:
    """What somebody hands in as a signature, and the version and the step they had before them."""

    verdict: str
    reason: str
    seen_hash: str
    seen_step: int
    factor: str = ""


@transaction.atomic
def decide_request(
    request: ApprovalRequest, said: DecisionFacts, *, access: Access, by: Actor
) -> Decision:
    """Sign a step a request waits for: approve it, return it for change, or refuse it for good.

    Nothing is signed where the request is another version, or waits for another step, by now.
    """
    request = ApprovalRequest.objects.locked(request.pk)
    signed, lent = steps_decided(request), lent_to(access, at=now())
    person_id, names = person_behind(by), role_names()

    refuse_if(objection_to_unseen(request, seen_hash=said.seen_hash, seen_step=said.seen_step))
    refuse_if(
        objection_to_person(
            request, signed, access=access, person_id=person_id, lent=lent, names=names
        )
    )
    seat = needed(seat_for(request, signed, access=access, lent=lent), CHANGED)
    refuse_if(CHANGED if seat.place != said.seen_step else None)
    step = request.step_at(seat.place)
    refuse_if(objection_to_signature(step, reason=said.reason, factor=said.factor))

    decision = _sign(request, seat, said, access=access, by=by)
    _follow(request, decision, by=by)
    tell_requester(request, decision, by=by)
    return decision


def _sign(
    request: ApprovalRequest, seat: Seat, said: DecisionFacts, *, access: Access, by: Actor
) -> Decision:
    """The signature, bound to its subject, and the line about it in the journal."""
    step, lent, verdict = request.step_at(seat.place), seat.lent, Verdict(said.verdict)
    decision = Decision(
        request=request,
        version=request.version,
        step=seat.place,
        step_name=step.name,
        verdict=verdict,
        reason=said.reason.strip(),
        meaning=step.meaning,
        subject_hash=request.frozen_hash,
        factor=said.factor,
        role=seat.role,
        decided_by_id=access.user_id,
        decided_by_name=by.name,
        on_behalf_of_id=lent.giver_id if lent else None,
        on_behalf_of_name=lent.giver_name if lent else "",
    )
    decision.mac = mac_of(decision, request)
    decision.save(force_insert=True)
    actor = replace(by, on_behalf_of=lent.giver_name) if lent else by
    record(actor, f"approval.{_DONE[verdict]}", decision, reason=decision.reason)
    return decision


def _follow(request: ApprovalRequest, decision: Decision, *, by: Actor) -> None:
    """What a signature does to its request, and whom it tells."""
    subject = (request.pk, request.subject_type, request.subject_id)
    announce(StepDecided(*subject, verdict=decision.verdict))
    at, reason = decision.decided_at, decision.reason
    if decision.verdict == Verdict.RETURN:
        _close(request, State.RETURNED, at, RequestReturned(*subject, by, reason), by=by)
    elif decision.verdict == Verdict.REFUSE and request.first_approved_at:
        was = approved_facts(request)
        _close(request, State.RETURNED, at, ChangeRefused(*subject, by, reason, was), by=by)
    elif decision.verdict == Verdict.REFUSE:
        _close(request, State.REFUSED, at, RequestRefused(*subject, by, reason), by=by)
    elif settle(request, at=at):
        note_approval(request, by=by)
    else:
        request.save()
        record(by, "approval.moved", request, details={"state": request.state})


def _close(request: ApprovalRequest, state: State, at: Any, event: object, *, by: Actor) -> None:
    request.move(state, ended_at=at, due_at=None)
    record(by, "approval.moved", request, details={"state": request.state})
    announce(event)
