import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Activity, Session
from symposia.attendance.events import PresenceRecorded
from symposia.attendance.folding import is_inside
from symposia.attendance.models import Kind, PresenceEvidence, Source, Standing
from symposia.attendance.policies import (
    ALREADY_INSIDE,
    NO_SESSION,
    NOT_INSIDE,
    NOT_ON_DUTY,
    OTHER_READING,
    objection_to_door,
    objection_to_ticket,
    objection_to_undoing,
)
from symposia.attendance.queries import SeenBefore, known_newcomer, last_change_of, scan_of
from symposia.attendance.statements import Scanned, keep_scan
from symposia.audit.actions import prepare, record
from symposia.directory.actions.clinicians import add_clinician
from symposia.directory.models import Clinician
from symposia.registrations.actions.places import register_walk_in
from symposia.registrations.models import Registration
from symposia.registrations.policies import NOT_ACTIVE
from symposia.registrations.queries import activity_as_it_is
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
        by_name=by.name[:200],
    )


def _verdict(scan: Scan, scanned: Scanned) -> Verdict:
    objection = objection_to_ticket(scanned.state, scanned.activity_state, is_here=scanned.is_here)
    person = _shown(scanned)
    if not (objection or scanned.has_session):
        objection = NO_SESSION
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
    Standing.objects.select_for_update().get(registration_id=evidence.registration_id)
    earlier = PresenceEvidence.objects.filter(undoes=evidence.event_uuid).first()
    if earlier and earlier.event_uuid == new_uuid:
        return

    refuse_if(objection_to_undoing(evidence, already=earlier is not None))

    at = now()
    undo = PresenceEvidence.objects.create(
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
        by_name=by.name[:200],
    )
    _derive_standing(evidence.registration_id, undo)

    record(by, "presence.undone", undo)
    announce(PresenceRecorded(evidence.registration_id, evidence.activity_id))


def _derive_standing(registration_id: uuid.UUID, latest: PresenceEvidence) -> None:
    inside = is_inside(PresenceEvidence.objects.filter(registration_id=registration_id))
    Standing.objects.filter(registration_id=registration_id).update(
        is_inside=inside, event_uuid=latest.event_uuid, at=latest.occurred_at
    )


@dataclass(frozen=True)
class Newcomer:
    """Who stands at the door: somebody of the directory, or what they say of themselves."""

    clinician_id: uuid.UUID | None = None
    full_name: str = ""
    profession: str = ""
    email: str = ""


@transaction.atomic
def let_in_walk_in(
    newcomer: Newcomer,
    activity: Activity,
    *,
    event_uuid: uuid.UUID,
    beyond_capacity: bool = False,
    by: Actor,
) -> Verdict:
    """Register and check in whoever stands at the door, known to the directory or new to it."""
    clinician = known_newcomer(newcomer.clinician_id, newcomer.email)

    refuse_if(NOT_ACTIVE if newcomer.clinician_id and clinician is None else None)

    clinician = clinician or add_clinician(
        full_name=newcomer.full_name,
        profession=newcomer.profession,
        email=newcomer.email.strip().lower(),
        by=by,
    )
    held = Registration.objects.held_by(clinician, activity)
    if held and held.is_confirmed:
        scan = Scan(event_uuid, activity.pk, held.pk, source=Source.DESK)
        return record_scan(scan, by=by)
    registration = admit_walk_in(
        clinician, activity, event_uuid=event_uuid, beyond_capacity=beyond_capacity, by=by
    )
    return Verdict(
        "in",
        name=clinician.called,
        credential=clinician.credential,
        institution=str(clinician.institution or ""),
        ticket_code=registration.ticket_code,
    )


@transaction.atomic
def admit_walk_in(
    clinician: Clinician,
    activity: Activity,
    *,
    event_uuid: uuid.UUID,
    beyond_capacity: bool = False,
    device: str = "",
    by: Actor,
) -> Registration:
    """Register somebody who stands at the door and check them in at once."""
    registration = register_walk_in(clinician, activity, beyond_capacity=beyond_capacity, by=by)
    at = now()
    evidence = PresenceEvidence.objects.create(
        event_uuid=event_uuid,
        activity=activity,
        registration=registration,
        kind=Kind.WALK_IN,
        source=Source.DESK,
        occurred_at=at,
        server_time=at,
        device=device,
        by_id=by.id,
        by_name=by.name[:200],
    )
    Standing.objects.create(
        activity=activity,
        registration=registration,
        is_inside=True,
        event_uuid=event_uuid,
        at=at,
    )
    record(by, "presence.walk_in", evidence)
    announce(PresenceRecorded(registration.pk, activity.pk))
    return registration


@transaction.atomic
def mark_present(
    registration: Registration, *, session: Session | None, reason: str, by: Actor
) -> PresenceEvidence:
    """State by hand, with a reason, that somebody was there: in one session or in all."""
    activity = activity_as_it_is(registration.activity_id)
    registration = Registration.objects.get(pk=registration.pk)
    at = now()

    refuse_if(objection_to_door(activity))
    refuse_if(objection_to_ticket(registration.state, activity.state, is_here=True))

    mark = PresenceEvidence.objects.create(
        event_uuid=uuid.uuid4(),
        activity=activity,
        registration=registration,
        session=session,
        kind=Kind.MARK,
        source=Source.MANUAL,
        occurred_at=at,
        server_time=at,
        by_id=by.id,
        by_name=by.name[:200],
        reason=reason,
    )
    record(by, "presence.marked", mark, reason=reason)
    announce(PresenceRecorded(registration.pk, activity.pk))
    return mark
