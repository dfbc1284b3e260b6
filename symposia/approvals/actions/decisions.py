from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.permissions import Access
from symposia.approvals.actions.requests import approve_whole
from symposia.approvals.events import RequestRefused, RequestReturned, StepDecided
from symposia.approvals.letters import tell_requester
from symposia.approvals.models import ApprovalRequest, Decision, State, Verdict
from symposia.approvals.policies import (
    CHANGED,
    NOT_YOUR_STEP,
    Seat,
    objection_to_person,
    objection_to_signature,
    objection_to_unseen,
    seat_for,
)
from symposia.approvals.queries import lent_to, person_behind, steps_decided
from symposia.approvals.signing import mac_of
from symposia.approvals.versions import settle
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if

_DONE = {Verdict.APPROVE: "signed", Verdict.RETURN: "returned", Verdict.REFUSE: "refused"}


@dataclass(frozen=True)
class _Given:
    """What somebody hands in as a signature."""

    verdict: Verdict
    reason: str
    factor: str
    seat: Seat


@transaction.atomic
def decide_request(
    request: ApprovalRequest, *, verdict: str, reason: str, factor: str, access: Access, by: Actor
) -> Decision:
    """Sign a step a request waits for: approve it, return it for change, or refuse it for good.

    `request` is as the person saw it; if it is another version or step by now, nothing is signed.
    """
    seen = request
    request = ApprovalRequest.objects.locked(seen.pk)
    signed, lent = steps_decided(request), lent_to(access, at=now())
    meant = seat_for(seen, signed, access=access, lent=lent)
    seen_step = meant.place if meant else seen.current_step

    refuse_if(objection_to_unseen(request, seen_hash=seen.frozen_hash, seen_step=seen_step))
    person_id = person_behind(by)
    refuse_if(objection_to_person(request, signed, access=access, person_id=person_id, lent=lent))
    seat = seat_for(request, signed, access=access, lent=lent)
    refuse_if(None if seat else NOT_YOUR_STEP.about(role=""))
    refuse_if(None if seat and seat.place == seen_step else CHANGED)
    step = request.step_at(seen_step)
    refuse_if(objection_to_signature(step, reason=reason, factor=factor))

    given = _Given(Verdict(verdict), reason.strip(), factor, seat or Seat(seen_step, ""))
    decision = _sign(request, given, access=access, by=by)
    _follow(request, decision, by=by)
    tell_requester(request, decision, by=by)
    return decision


def _sign(request: ApprovalRequest, given: _Given, *, access: Access, by: Actor) -> Decision:
    """The signature, bound to its subject, and the line about it in the journal."""
    step, lent = request.step_at(given.seat.place), given.seat.lent
    decision = Decision(
        request=request,
        version=request.version,
        step=given.seat.place,
        step_name=step.name,
        verdict=given.verdict,
        reason=given.reason,
        meaning=step.meaning,
        subject_hash=request.frozen_hash,
        factor=given.factor,
        role=given.seat.role,
        decided_by_id=access.user_id,
        decided_by_name=by.name[:200],
        on_behalf_of_id=lent.giver_id if lent else None,
        on_behalf_of_name=lent.giver_name if lent else "",
    )
    decision.mac = mac_of(decision, request)
    decision.save(force_insert=True)
    actor = replace(by, on_behalf_of=lent.giver_name) if lent else by
    record(actor, f"approval.{_DONE[given.verdict]}", decision, reason=decision.reason)
    return decision


def _follow(request: ApprovalRequest, decision: Decision, *, by: Actor) -> None:
    """What a signature does to its request, and whom it tells."""
    subject = (request.pk, request.subject_type, request.subject_id)
    announce(StepDecided(*subject, verdict=decision.verdict))
    at, reason = decision.decided_at, decision.reason
    if decision.verdict == Verdict.RETURN:
        _close(request, State.RETURNED, at, RequestReturned(*subject, by, reason), by=by)
    elif decision.verdict == Verdict.REFUSE:
        _close(request, State.REFUSED, at, RequestRefused(*subject, by, reason), by=by)
    elif settle(request, at=at):
        approve_whole(request, "approval.moved", by=by)
    else:
        request.save()
        record(by, "approval.moved", request, details={"state": request.state})


def _close(request: ApprovalRequest, state: State, at: Any, event: object, *, by: Actor) -> None:
    request.move(state, ended_at=at, due_at=None)
    record(by, "approval.moved", request, details={"state": request.state})
    announce(event)
