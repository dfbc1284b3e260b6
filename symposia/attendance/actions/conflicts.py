import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.attendance.actions.effects import EFFECTS, undo_effect
from symposia.attendance.conflicts import Found, conflicts_in
from symposia.attendance.models import Conflict, ConflictState
from symposia.attendance.policies import (
    RECONCILED_IN,
    objection_to_deciding,
    objection_to_reopening,
)
from symposia.attendance.reconciling import evening_of
from symposia.audit.actions import record
from symposia.directory.models import Clinician
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class Decision:
    """How a conflict is decided and why; whose place it is, where that was asked."""

    choice: str
    reason: str
    registration: Registration | None = None
    clinician: Clinician | None = None


@dataclass
class Refreshed:
    """What looking again changed."""

    new: list[Conflict] = field(default_factory=list)
    gone: list[Conflict] = field(default_factory=list)


@transaction.atomic
def find_conflicts(activity: Activity, *, by: Actor) -> Refreshed:
    """Look through the evidence again: what is new is to be decided, what is no longer so goes.

    One looks at a time. Two phones that bring evidence late hold the activity as it is, both, and
    each waits here only for the other to end: who would keep out those who hold it so as well would
    wait for ever.
    """
    activity = Activity.objects.select_for_update(of=("self",), no_key=True).get(pk=activity.pk)
    found = {(one.kind.value, one.fingerprint): one for one in conflicts_in(evening_of(activity))}
    known = {(one.kind, one.fingerprint): one for one in Conflict.objects.of(activity)}
    changed = Refreshed()
    for key, conflict in known.items():
        if key not in found and conflict.state == ConflictState.OPEN:
            conflict.move(ConflictState.GONE)
            changed.gone.append(conflict)
        elif key in found and conflict.state == ConflictState.GONE:
            conflict.move(ConflictState.OPEN)
            changed.new.append(conflict)
        elif key in found and conflict.is_open:
            _propose(conflict, found[key])
    changed.new.extend(_new(activity, found, known))
    for conflict in changed.new:
        record(by, "conflict.found", conflict)
    for conflict in changed.gone:
        record(by, "conflict.gone", conflict)
    return changed


def _propose(conflict: Conflict, found: Found) -> None:
    """Who somebody could be may be known better now."""
    before = (conflict.proposal, conflict.because, conflict.candidate_id)
    if before != (found.proposal, found.because, found.candidate_id):
        conflict.proposal, conflict.because = found.proposal, found.because
        conflict.candidate_id = found.candidate_id
        conflict.save(update_fields=["proposal", "because", "candidate"])


def find_conflicts_once_over(activity: Activity, *, by: Actor) -> None:
    """Look again after evidence came late; while the door is open nothing is settled yet."""
    if activity.state in RECONCILED_IN:
        find_conflicts(activity, by=by)


def _new(
    activity: Activity,
    found: Mapping[tuple[str, str], Found],
    known: Mapping[tuple[str, str], Conflict],
) -> list[Conflict]:
    rows = [
        Conflict(
            activity=activity,
            kind=one.kind,
            fingerprint=one.fingerprint,
            registration_id=one.registration_id,
            other_id=one.other_id,
            person_id=one.person_id,
            candidate_id=one.candidate_id,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            seconds=one.seconds,
            evidence=list(one.evidence),
            proposal=one.proposal,
            because=one.because,
        )
        for key, one in found.items()
        if key not in known
    ]
    return Conflict.objects.bulk_create(rows)


@transaction.atomic
def decide_conflict(conflict: Conflict, decision: Decision, *, by: Actor) -> Conflict:
    """Decide one conflict for a reason; what follows for the evidence is written at once."""
    activity = Activity.objects.locked(conflict.activity_id)
    decided = _decide(conflict, activity, decision, by=by)
    find_conflicts(activity, by=by)
    return decided


@transaction.atomic
def accept_proposals(like: Conflict, *, reason: str, by: Actor) -> int:
    """Decide every open conflict of the same kind, proposal and reason as proposed; how many."""
    activity = Activity.objects.locked(like.activity_id)
    similar = Conflict.objects.of(activity).open().similar_to(like)
    decision = Decision(like.proposal, reason)
    count = 0
    for conflict in similar.order_by("pk"):
        _decide(conflict, activity, decision, by=by)
        count += 1
    find_conflicts(activity, by=by)
    return count


@transaction.atomic
def reopen_conflict(conflict: Conflict, *, reason: str, by: Actor) -> None:
    """Take a decision back: what it wrote no longer counts, and it is to be decided again."""
    activity = Activity.objects.locked(conflict.activity_id)
    conflict = Conflict.objects.locked(conflict.pk)

    refuse_if(objection_to_reopening(conflict, activity))

    undo_effect(conflict, reason=reason, by=by)
    conflict.move(
        ConflictState.OPEN,
        choice="",
        reason="",
        decided_at=None,
        decided_by_id=None,
        decided_by_name="",
        written=[],
    )
    record(by, "conflict.reopened", conflict, reason=reason)
    find_conflicts(activity, by=by)


def _decide(conflict: Conflict, activity: Activity, decision: Decision, *, by: Actor) -> Conflict:
    conflict = Conflict.objects.locked(conflict.pk)

    refuse_if(
        objection_to_deciding(conflict, activity, choice=decision.choice, reason=decision.reason)
    )

    written: list[uuid.UUID] = EFFECTS[decision.choice](conflict, decision, by)
    conflict.move(
        ConflictState.DECIDED,
        choice=decision.choice,
        reason=decision.reason,
        decided_at=now(),
        decided_by_id=by.id,
        decided_by_name=by.name,
        written=[str(one) for one in written],
    )
    record(by, "conflict.decided", conflict, reason=decision.reason)
    return conflict
