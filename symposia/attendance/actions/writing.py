"""How decisions of people enter the ledger: entries that take back, entries that repeat."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from symposia.attendance.conflicts import is_late, standing_evidence
from symposia.attendance.events import PresenceRecorded
from symposia.attendance.folding import is_connected, takes_back
from symposia.attendance.models import FIELD, Kind, PresenceEvidence, Source
from symposia.attendance.rules import late_after
from symposia.attendance.standings import FirstSeen, count, hold
from symposia.audit.actions import record_each
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.planned import insert_each

_COPIED = ("session_id", "occurred_at", "ends_at", "device_time", "clock_offset", "taken_from_id")


@transaction.atomic
def take_back(evidence: Iterable[PresenceEvidence], *, reason: str, by: Actor) -> list[uuid.UUID]:
    """Say of several observations that they were wrong; those taken back already stay so."""
    wrong = [one for one in evidence if one.kind != Kind.UNDO]
    named = {one.event_uuid: one for one in wrong}
    undos = PresenceEvidence.objects.filter(undoes__in=named)
    gone = {one.undoes for one in undos if one.undoes and takes_back(one, named[one.undoes])}
    rows = [
        _row(one, by=by, reason=reason, kind=Kind.UNDO, undoes=one.event_uuid)
        for one in wrong
        if one.event_uuid not in gone
    ]
    return _ids(keep_evidence(rows, "presence.undone", reason=reason, by=by))


@transaction.atomic
def copy_evidence(
    evidence: Iterable[PresenceEvidence], to: Registration, *, reason: str, by: Actor
) -> list[uuid.UUID]:
    """Count what stands of some evidence under another place."""
    rows = [_again(one, to.pk, reason, by) for one in standing_evidence(evidence)]
    return _ids(keep_evidence(rows, "presence.repeated", reason=reason, by=by))


@transaction.atomic
def enter_again(
    evidence: Sequence[PresenceEvidence],
    *,
    at_server_time: bool = False,
    reason: str,
    by: Actor,
) -> list[uuid.UUID]:
    """Count observations that were taken back after all, or at the time they were told."""
    rows = [_again(one, one.registration_id, reason, by) for one in evidence]
    if at_server_time:
        for row, one in zip(rows, evidence, strict=True):
            row.occurred_at, row.clock_offset = one.server_time, None
            row.device = _unless_field(one)
    return _ids(keep_evidence(rows, "presence.repeated", reason=reason, by=by))


def _again(
    one: PresenceEvidence, registration_id: uuid.UUID | None, reason: str, by: Actor
) -> PresenceEvidence:
    kept = {name: getattr(one, name) for name in _COPIED}
    return PresenceEvidence(
        **kept,
        event_uuid=uuid.uuid4(),
        activity_id=one.activity_id,
        registration_id=registration_id,
        person_id=one.person_id,
        kind=one.kind,
        source=one.source,
        server_time=now(),
        # The desk may repeat much later what the field told in time: that is not told late by it.
        device=one.device if is_late(one, late_after()) else _unless_field(one),
        by_id=by.id,
        by_name=by.name,
        reason=reason[:300],
    )


def _unless_field(one: PresenceEvidence) -> str:
    return "" if one.device == FIELD else one.device


@transaction.atomic
def add_reading(
    like: PresenceEvidence, *, kind: str, occurred_at: datetime, reason: str, by: Actor
) -> list[uuid.UUID]:
    """Enter by hand what a person decided of an observation: another time, an end nobody saw."""
    row = _row(like, by=by, reason=reason, kind=kind, undoes=None)
    row.occurred_at = occurred_at
    if like.source == Source.VIRTUAL:
        row.source, row.device = Source.VIRTUAL, like.device
    return _ids(keep_evidence([row], f"presence.{kind}", reason=reason, by=by))


@transaction.atomic(savepoint=False)  # whoever comes here is within one already
def keep_evidence(
    rows: Sequence[PresenceEvidence], action: str = "", *, reason: str = "", by: Actor
) -> list[PresenceEvidence]:
    """Write observations, whoever made them; with them who is inside, and lines of the journal.

    The only way into the ledger beside the one statement of a scan, which says the same of one
    reading. Doors that scan the same tickets wait for it. Returns what is new: another request may
    have brought the same observations a moment before. Without an `action` each line is called by
    the kind of its observation.
    """
    _note_changes(rows, hold_standings(rows))
    written = insert_each(rows, skip_known=True)
    kept = [row for row in rows if row.pk in written]
    count({row.registration_id for row in rows if row.registration_id})
    for name, some in _by_action(kept, action).items():
        record_each(by, name, some, reason=reason)
    for registration_id, activity_id in {
        (row.registration_id, row.activity_id) for row in kept if row.registration_id
    }:
        announce(PresenceRecorded(registration_id, activity_id))
    return kept


def _by_action(rows: Sequence[PresenceEvidence], action: str) -> dict[str, list[PresenceEvidence]]:
    named: dict[str, list[PresenceEvidence]] = {}
    for row in rows:
        named.setdefault(action or f"presence.{row.kind}", []).append(row)
    return named


def _note_changes(rows: Sequence[PresenceEvidence], held: Mapping[uuid.UUID, bool]) -> None:
    """A second reading at a door of somebody who is in already changed nothing."""
    inside = dict(held)
    for row in sorted(rows, key=lambda each: (each.occurred_at, each.event_uuid)):
        if row.registration_id and row.kind in {Kind.IN, Kind.OUT} and not is_connected(row):
            row.changed_presence = inside[row.registration_id] != (row.kind == Kind.IN)
            inside[row.registration_id] = row.kind == Kind.IN


def hold_standings(rows: Sequence[PresenceEvidence]) -> dict[uuid.UUID, bool]:
    """Whether each person of some observations is inside, held until the transaction ends."""
    return hold(
        {
            row.registration_id: FirstSeen(row.activity_id, row.event_uuid, row.occurred_at)
            for row in reversed(rows)
            if row.registration_id
        }
    )


def _ids(rows: Iterable[PresenceEvidence]) -> list[uuid.UUID]:
    return [row.event_uuid for row in rows]


def _row(
    one: PresenceEvidence, *, by: Actor, reason: str, kind: str, undoes: uuid.UUID | None
) -> PresenceEvidence:
    at = now()
    return PresenceEvidence(
        event_uuid=uuid.uuid4(),
        activity_id=one.activity_id,
        registration_id=one.registration_id,
        person_id=one.person_id,
        session_id=one.session_id,
        kind=kind,
        source=Source.MANUAL,
        undoes=undoes,
        occurred_at=at,
        server_time=at,
        by_id=by.id,
        by_name=by.name,
        reason=reason[:300],
    )
