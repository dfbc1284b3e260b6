import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.utils.timezone import now

from symposia.attendance.actions.writing import hold_standings, keep_evidence
from symposia.attendance.events import PresenceRecorded
from symposia.attendance.models import Kind, PresenceEvidence, Source
from symposia.attendance.policies import (
    ALREADY_INSIDE,
    DOOR_NOT_YET,
    NOT_INSIDE,
    NOT_ON_DUTY,
    NOTHING_TO_UNDO,
    OTHER_READING,
    objection_to_session,
    objection_to_ticket,
    objection_to_undoing,
)
from symposia.attendance.queries import SeenBefore, last_change_of, scan_of
from symposia.attendance.statements import Scanned, keep_scan
from symposia.audit.actions import prepare
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import Objection, Refused, refuse_if

Outcome = Literal["in", "out", "again", "desk"]


@dataclass(frozen=True)
class Scan:
    """One reading of a ticket, as a device tells it; its id makes a repetition harmless."""

    event_uuid: uuid.UUID
    activity_id: uuid.UUID
    registration_id: uuid.UUID
    kind: Literal["in", "out"] = "in"
    source: str = Source.SCAN
    session_id: uuid.UUID | None = None
    device: str = ""
    sequence: int | None = None
    device_time: datetime | None = None


@dataclass(frozen=True)
class Verdict:
    """What the door says, with the little of the person that it may show."""

    outcome: Outcome
    name: str = ""
    credential: str = ""
    institution: str = ""
    ticket_code: str = ""
    objection: Objection | None = None
    before: SeenBefore | None = None
    cancelled_at: datetime | None = None
    # When the door opens, if it is not open yet.
    opens_at: datetime | None = None


@transaction.atomic(savepoint=False)  # one statement, and the shortest way
def record_scan(scan: Scan, *, on_duty: uuid.UUID | None = None, by: Actor) -> Verdict:
    """Keep one check-in or check-out, and say what the door should do with the person.

    `on_duty` names the person whose right to check in here is looked up with the same statement;
    without it the page's gate has answered. Raises Refused when that right is gone.
    """
    evidence = _evidence(scan, by, at=now())
    entry = prepare(by, f"presence.{scan.kind}", evidence)

    scanned = keep_scan(evidence, entry, person=on_duty)

    if not scanned.may:
        raise Refused(NOT_ON_DUTY)
    if scanned.kept:
        announce(PresenceRecorded(scan.registration_id, scan.activity_id))
    return _verdict(scan, scanned)


def _evidence(scan: Scan, by: Actor, *, at: datetime) -> PresenceEvidence:
    return PresenceEvidence(
        event_uuid=scan.event_uuid,
        activity_id=scan.activity_id,
        registration_id=scan.registration_id,
        session_id=scan.session_id,
        kind=scan.kind,
        source=scan.source,
        occurred_at=at,
        server_time=at,
        device_time=scan.device_time,
        device=scan.device,
        sequence=scan.sequence,
        by_id=by.id,
        by_name=by.name,
    )


def _verdict(scan: Scan, scanned: Scanned) -> Verdict:
    objection = objection_to_ticket(scanned.state, scanned.activity_state, is_here=scanned.is_here)
    person = _shown(scanned)
    early = DOOR_NOT_YET if scanned.opens_at else None
    if early and not objection:
        person = replace(person, opens_at=scanned.opens_at)
    objection = (
        objection
        or early
        or objection_to_session(
            is_known=scanned.has_session, is_seated=scanned.is_seated, seat=scanned.seat
        )
    )
    if objection:
        return replace(person, objection=objection)
    earlier = None if scanned.kept else scan_of(scan.event_uuid)
    if earlier and (earlier.registration_id, earlier.kind) != (scan.registration_id, scan.kind):
        return Verdict("desk", objection=OTHER_READING)
    # A scan that was sent again gets the answer it got before.
    if scanned.changed or (earlier and earlier.changed_presence):
        return replace(person, outcome=scan.kind)
    before = last_change_of(scan.registration_id, before=scan.event_uuid)
    again = ALREADY_INSIDE if scan.kind == "in" else NOT_INSIDE
    return replace(person, outcome="again", objection=again, before=before)


def _shown(scanned: Scanned) -> Verdict:
    """Of a ticket for another activity the door learns nothing about the person."""
    if not scanned.is_here:
        return Verdict("desk")
    return Verdict(
        "desk",
        name=scanned.name,
        credential=scanned.credential,
        institution=scanned.institution,
        ticket_code=scanned.ticket_code,
        cancelled_at=scanned.cancelled_at,
    )


@transaction.atomic
def undo_scan(evidence: PresenceEvidence, *, new_uuid: uuid.UUID, by: Actor) -> None:
    """Take an observation back: it stays in the evidence, with another that says it was wrong."""
    refuse_if(NOTHING_TO_UNDO if evidence.registration_id is None else None)
    hold_standings([evidence])
    earlier = PresenceEvidence.objects.undoing(evidence.event_uuid, evidence.by_id).first()
    if earlier and earlier.event_uuid == new_uuid:
        return

    refuse_if(objection_to_undoing(evidence, already=earlier is not None))
    refuse_if(OTHER_READING if scan_of(new_uuid) else None)

    at = now()
    undo = PresenceEvidence(
        event_uuid=new_uuid,
        activity_id=evidence.activity_id,
        registration_id=evidence.registration_id,
        session_id=evidence.session_id,
        kind=Kind.UNDO,
        source=Source.DESK,
        undoes=evidence.event_uuid,
        occurred_at=at,
        server_time=at,
        by_id=by.id,
        by_name=by.name,
    )
    keep_evidence([undo], "presence.undone", by=by)
