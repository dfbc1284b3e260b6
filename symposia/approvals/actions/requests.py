import uuid
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions import next_numbers
from symposia.approvals.actions.approving import note_approval
from symposia.approvals.events import RequestOpened
from symposia.approvals.laying import approves_itself, facts_of
from symposia.approvals.letters import tell_of_reopening
from symposia.approvals.models import ApprovalRequest, Risk, Route, State, hash_of
from symposia.approvals.parts import parts_of
from symposia.approvals.places import places_of
from symposia.approvals.policies import objection_to_opening, objection_to_withdrawing
from symposia.approvals.queries import latest_of, living_of, person_behind
from symposia.approvals.versions import (
    Submitted,
    choose_route,
    keep_version,
    settle,
    void_touched,
)
from symposia.audit.actions import record
from symposia.audit.hashing import canonical
from symposia.shared.actors import SYSTEM, Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


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
    whole = canonical({**frozen, **parts_of(subject_type, subject_id)})

    route = Route.objects.current(subject_type)
    refuse_if(objection_to_opening(route, living, hash_of(whole)))

    at = now()
    if living and living.is_back and hash_of(whole) == living.approved_hash:
        return _stand_again(living, Submitted(title, whole, at), by=by)
    request = living or ApprovalRequest(
        number=next_numbers("REQ", year=at.year)[0],
        subject_type=subject_type,
        subject_id=subject_id,
        version=0,
    )
    _begin_version(request, Submitted(title, whole, at), {*involved}, by=by)

    details = {"version": request.version, "hash": request.frozen_hash}
    record(by, "approval.requested", request, details=details)
    announce(RequestOpened(request.pk, subject_type, subject_id))
    return _after_rating(request, by=by)


@transaction.atomic
def revise_request(
    subject_type: str,
    subject_id: uuid.UUID,
    *,
    frozen: Mapping[str, Any],
    by: Actor,
    involved: Collection[uuid.UUID] = (),
) -> ApprovalRequest | None:
    """Put what changed since before those whose facts it touches; other signatures stay.

    Nothing happens while nothing waits or is approved, or where no signed fact changed.
    """
    latest = latest_of(subject_type, subject_id)
    if latest is None or not latest.follows_changes:
        return None
    request = ApprovalRequest.objects.locked(latest.pk)
    whole = canonical({**frozen, **parts_of(subject_type, subject_id)})
    if hash_of(whole) == request.frozen_hash:
        return None
    if request.is_back and hash_of(whole) == request.approved_hash:
        return _stand_again(request, Submitted(request.title, whole, now()), by=by)

    was, asked_by_id = request.state, request.opened_by_id
    _begin_version(request, Submitted(request.title, whole, now()), {*involved}, by=by)

    details = {"version": request.version, "hash": request.frozen_hash, "was": was}
    record(by, "approval.revised", request, details=details)
    announce(RequestOpened(request.pk, subject_type, subject_id))
    request = _after_rating(request, by=by)
    if was == State.APPROVED and request.is_open:
        tell_of_reopening(request, asked_by_id, at=now(), by=by)
    return request


@transaction.atomic
def take_change_back(
    subject_type: str, subject_id: uuid.UUID, *, frozen: Mapping[str, Any], by: Actor
) -> ApprovalRequest | None:
    """Let what was signed stand again, if a change that was not approved is gone word for word.

    Nobody is asked for anything: where something of the change is left, the request stays as it is.
    """
    latest = latest_of(subject_type, subject_id)
    if latest is None or not latest.is_back:
        return None
    request = ApprovalRequest.objects.locked(latest.pk)
    whole = canonical({**frozen, **parts_of(subject_type, subject_id)})
    if hash_of(whole) != request.approved_hash:
        return None
    return _stand_again(request, Submitted(request.title, whole, now()), by=by)


def _begin_version(
    request: ApprovalRequest, submitted: Submitted, people: set[uuid.UUID], *, by: Actor
) -> None:
    """Put what was submitted into a request as its next version; what it touches is asked again."""
    person = person_behind(by)
    is_new = request.version == 0
    request.version += 1
    request.risk, request.risk_note, request.rules_hash = Risk.UNKNOWN, "", ""
    request.involved = sorted(people | set(request.involved) | ({person} if person else set()))
    request.lies_in = places_of(request.subject_type, request.subject_id)
    for name, value in submitted.values(by).items():
        setattr(request, name, value)
    choose_route(request)
    if is_new:
        settle(request, at=submitted.at)
        request.save(force_insert=True)
        keep_version(request, by=by)
        return
    keep_version(request, by=by)
    fallen = void_touched(request, by=by)
    is_whole = settle(request, at=submitted.at)
    stays_approved = request.state == State.APPROVED and is_whole and not fallen
    if request.state != State.OPEN and not stays_approved:
        request.move(State.OPEN)
    request.ended_at = submitted.at if stays_approved else None
    if stays_approved:
        request.approved_version, request.approved_hash = request.version, request.frozen_hash
    request.save()


def _stand_again(request: ApprovalRequest, submitted: Submitted, *, by: Actor) -> ApprovalRequest:
    """A change that was not approved is taken back: what was signed is there again word for word,
    and nobody signs it once more."""
    signed = request.approved_version
    request.version += 1
    for name, value in submitted.values(by).items():
        setattr(request, name, value)
    request.move(State.OPEN)
    keep_version(request, by=by)
    details = {"version": request.version, "hash": request.frozen_hash, "as_version": signed}
    record(by, "approval.stands_again", request, details=details)
    note_approval(request, by=by, as_version=signed)
    return request


def _after_rating(request: ApprovalRequest, *, by: Actor) -> ApprovalRequest:
    """Whoever knows the rules has rated the request by now: conditions on its risk can be read."""
    request.refresh_from_db()
    before = (request.route_id, request.steps)
    choose_route(request)
    is_other = (request.route_id, request.steps) != before
    if request.state == State.APPROVED and not is_other:
        return request
    is_whole = settle(request, at=request.opened_at)
    if is_other:
        if request.state == State.APPROVED and not is_whole:
            request.move(State.OPEN, ended_at=None)
        request.save()
        record(by, "approval.laid_out", request, details={"route": str(request.route)})
    if request.is_open and approves_itself(request.route, facts_of(request.frozen, request.risk)):
        note_approval(request, by=SYSTEM, conditions=request.route.approves_itself_if)
    elif request.is_open and is_whole:
        note_approval(request, by=by)
    request.refresh_from_db()
    return request


@transaction.atomic
def rate_request(
    request_id: uuid.UUID, *, risk: Risk, note: str, by: Actor, rules_hash: str = ""
) -> ApprovalRequest:
    """Say how risky a request is and by which rules, so that an inbox can put the risky first."""
    request = ApprovalRequest.objects.locked(request_id)

    request.risk = risk
    request.risk_note = note[:200]
    request.rules_hash = rules_hash
    request.save(update_fields=["risk", "risk_note", "rules_hash"])

    record(by, "approval.rated", request, details={"risk": str(risk)})
    return request


@transaction.atomic
def withdraw_request(request: ApprovalRequest, *, reason: str, by: Actor) -> ApprovalRequest:
    """Take a request back before it is decided; signatures given so far stay in the record."""
    request = ApprovalRequest.objects.locked(request.pk)

    refuse_if(objection_to_withdrawing(request))

    request.move(State.WITHDRAWN, ended_at=now())
    record(by, "approval.withdrawn", request, reason=reason)
    return request
