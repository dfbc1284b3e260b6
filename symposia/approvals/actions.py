import uuid
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions import next_numbers
from symposia.accounts.permissions import Access
from symposia.approvals.events import (
    RequestApproved,
    RequestOpened,
    RequestRefused,
    RequestReturned,
    StepDecided,
)
from symposia.approvals.letters import tell_requester
from symposia.approvals.models import (
    ApprovalRequest,
    Decision,
    Meaning,
    RequestVersion,
    Risk,
    Route,
    State,
    Verdict,
    hash_of,
)
from symposia.approvals.parts import parts_of
from symposia.approvals.policies import (
    objection_to_opening,
    objection_to_person,
    objection_to_signature,
    objection_to_unseen,
    objection_to_withdrawing,
)
from symposia.approvals.queries import living_of, person_behind, steps_decided
from symposia.audit.actions import record
from symposia.audit.hashing import canonical
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if

DEFAULT_STEPS = [
    {
        "name": "Compliance",
        "role": "compliance_officer",
        "needs_factor": True,
        "meaning": str(Meaning.COMPLIANCE),
    },
    {
        "name": "Finance",
        "role": "finance_officer",
        "needs_factor": False,
        "meaning": str(Meaning.BUDGET),
    },
    {
        "name": "Publish",
        "role": "publisher",
        "needs_factor": True,
        "meaning": str(Meaning.PUBLICATION),
    },
]


@transaction.atomic
def set_route(
    applies_to: str, *, name: str, steps: Collection[Mapping[str, Any]], by: Actor
) -> Route:
    """Say which signatures a kind of subject needs from now on; open requests keep theirs."""
    before = Route.objects.select_for_update().filter(applies_to=applies_to, ended_at=None).first()

    if before:
        before.ended_at = now()
        before.save(update_fields=["ended_at"])
        record(by, "route.ended", before)
    route = Route.objects.create(name=name, applies_to=applies_to, steps=[dict(s) for s in steps])

    record(by, "route.set", route, details={"steps": route.steps})
    return route


@transaction.atomic
def open_request(
    *,
    subject_type: str,
    subject_id: uuid.UUID,
    title: str,
    frozen: Mapping[str, Any],
    by: Actor,
    involved: Collection[uuid.UUID] = (),
) -> ApprovalRequest:
    """Ask for the signatures of a subject as it is now; a returned request comes back with it."""
    living = living_of(subject_type, subject_id)
    if living:
        living = ApprovalRequest.objects.locked(living.pk)
    route = Route.objects.current(subject_type)
    whole = canonical({**frozen, **parts_of(subject_type, subject_id)})

    refuse_if(objection_to_opening(route, living, hash_of(whole)))

    at = now()
    facts = _as_submitted(title, whole, route, by=by, at=at)
    people = {*involved, *([person] if (person := person_behind(by)) else [])}
    request = living or ApprovalRequest(
        number=next_numbers("REQ", year=at.year)[0],
        subject_type=subject_type,
        subject_id=subject_id,
    )
    _begin_version(request, people | set(request.involved), facts)
    _keep_version(request, by=by)

    details = {"version": request.version, "hash": request.frozen_hash}
    record(by, "approval.requested", request, details=details)
    announce(RequestOpened(request.pk, subject_type, subject_id))
    request.refresh_from_db()
    return request


def _begin_version(request: ApprovalRequest, people: set[uuid.UUID], facts: dict[str, Any]) -> None:
    """Put what was submitted into a new request, or as the next version into a returned one."""
    facts = facts | {"involved": sorted(people)}
    if request._state.adding:  # noqa: SLF001  # the framework's own mark of a row not yet written
        for name, value in facts.items():
            setattr(request, name, value)
        request.save(force_insert=True)
    else:
        request.move(State.OPEN, version=request.version + 1, ended_at=None, **facts)


def _as_submitted(
    title: str, frozen: dict[str, Any], route: Route | None, *, by: Actor, at: datetime
) -> dict[str, Any]:
    """A request's columns at the beginning of a version: nothing signed, nothing rated."""
    steps = route.steps if route else []
    return {
        "title": title[:300],
        "frozen": frozen,
        "frozen_hash": hash_of(frozen),
        "route": route,
        "steps": steps,
        "current_step": 0,
        "current_role": steps[0]["role"],
        "risk": Risk.UNKNOWN,
        "risk_note": "",
        "opened_at": at,
        "opened_by_name": by.name[:200],
        "opened_by_id": person_behind(by),
    }


def _keep_version(request: ApprovalRequest, *, by: Actor) -> None:
    RequestVersion.objects.create(
        request=request,
        version=request.version,
        frozen=request.frozen,
        frozen_hash=request.frozen_hash,
        submitted_at=request.opened_at,
        submitted_by_name=by.name[:200],
    )


@transaction.atomic
def rate_request(request_id: uuid.UUID, *, risk: Risk, note: str, by: Actor) -> ApprovalRequest:
    """Say how risky a request is, so that the inbox can put the risky ones first."""
    request = ApprovalRequest.objects.locked(request_id)

    request.risk = risk
    request.risk_note = note[:200]
    request.save(update_fields=["risk", "risk_note"])

    record(by, "approval.rated", request, details={"risk": str(risk)})
    return request


@transaction.atomic
def decide_request(
    request: ApprovalRequest, *, verdict: str, reason: str, factor: str, access: Access, by: Actor
) -> Decision:
    """Sign the step a request waits for: approve it, return it for change, or refuse it for good.

    `request` is as the person saw it; if it is another version or step by now, nothing is signed.
    """
    seen = request
    request = ApprovalRequest.objects.locked(seen.pk)
    signed = steps_decided(request)

    refuse_if(objection_to_unseen(request, seen_hash=seen.frozen_hash, seen_step=seen.current_step))
    refuse_if(objection_to_person(request, signed, access=access, person_id=person_behind(by)))
    refuse_if(objection_to_signature(request, reason=reason, factor=factor))

    decision = Decision.objects.create(
        request=request,
        version=request.version,
        step=request.current_step,
        step_name=request.step.name,
        verdict=Verdict(verdict),
        reason=reason.strip(),
        meaning=request.step.meaning,
        subject_hash=request.frozen_hash,
        factor=factor,
        role=request.step.role,
        decided_by_id=access.user_id,
        decided_by_name=by.name[:200],
    )
    record(by, f"approval.{_DONE[Verdict(verdict)]}", decision, reason=decision.reason)
    _follow(request, decision, by=by)
    tell_requester(request, decision, by=by)
    return decision


_DONE = {Verdict.APPROVE: "signed", Verdict.RETURN: "returned", Verdict.REFUSE: "refused"}


def _follow(request: ApprovalRequest, decision: Decision, *, by: Actor) -> None:
    """What a signature does to its request, and whom it tells."""
    subject = (request.pk, request.subject_type, request.subject_id)
    announce(StepDecided(*subject, verdict=decision.verdict))
    at = decision.decided_at
    if decision.verdict == Verdict.RETURN:
        request.move(State.RETURNED, ended_at=at)
        event: object = RequestReturned(*subject, reason=decision.reason)
    elif decision.verdict == Verdict.REFUSE:
        request.move(State.REFUSED, ended_at=at)
        event = RequestRefused(*subject, reason=decision.reason)
    elif request.is_last_step:
        request.move(State.APPROVED, ended_at=at)
        event = RequestApproved(*subject)
    else:
        request.current_step += 1
        request.current_role = request.step.role
        request.save(update_fields=["current_step", "current_role"])
        event = None
    record(by, "approval.moved", request, details={"state": request.state})
    if event:
        announce(event)


@transaction.atomic
def withdraw_request(request: ApprovalRequest, *, reason: str, by: Actor) -> ApprovalRequest:
    """Take a request back before it is decided; signatures given so far stay in the record."""
    request = ApprovalRequest.objects.locked(request.pk)

    refuse_if(objection_to_withdrawing(request))

    request.move(State.WITHDRAWN, ended_at=now())
    record(by, "approval.withdrawn", request, reason=reason)
    return request
