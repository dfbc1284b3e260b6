import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.attendance.actions.conflicts import find_conflicts_once_over
from symposia.attendance.actions.people import note_walk_in
from symposia.attendance.actions.writing import keep_evidence
from symposia.attendance.device_clocks import corrected, within_a_life
from symposia.attendance.models import Kind, PresenceEvidence, Source, UnmatchedPerson
from symposia.attendance.policies import (
    OTHER_READING,
    UNKNOWN_TICKET,
    objection_to_door,
    objection_to_reading,
)
from symposia.attendance.strangers import Stranger
from symposia.registrations.queries import activity_as_it_is, registrations_of_codes
from symposia.shared.actors import Actor
from symposia.shared.planned import fetch, planned
from symposia.shared.refusals import Objection, refuse_if
from symposia.shared.tenancy import current_organisation_id

# One device sends so many readings at most in one request.
MOST = 50


@dataclass(frozen=True)
class Reading:
    """One thing a device saw while it was on its own, with what its clock said."""

    event_uuid: uuid.UUID
    kind: Literal["in", "out", "walk_in", "undo"]
    registration_id: uuid.UUID | None = None
    # What was read or typed of somebody whose place the device does not know.
    code: str = ""
    stranger: Stranger | None = None
    undoes: uuid.UUID | None = None
    session_id: uuid.UUID | None = None
    source: str = Source.SCAN
    sequence: int | None = None
    device_time: datetime | None = None
    # By how many seconds the clock was behind when it saw this; else that of the batch counts.
    clock_offset: int | None = None


@dataclass(frozen=True)
class Batch:
    """What one device brings: its readings, and by how many seconds its clock is behind ours."""

    activity_id: uuid.UUID
    readings: Sequence[Reading]
    device: str = ""
    clock_offset: int = 0


@dataclass(frozen=True)
class Answer:
    """What became of one reading; the same reading again gets the same answer."""

    event_uuid: uuid.UUID
    objection: Objection | None = None

    @property
    def is_kept(self) -> bool:
        return self.objection is None


@transaction.atomic
def record_batch(batch: Batch, *, by: Actor) -> list[Answer]:
    """Keep what a device saw without a connection; each reading is kept or answered for itself.

    What happened at the door happened: a place given up since does not refuse its reading, a
    person decides later. An undo is kept even before what it takes back has come.
    """
    activity = activity_as_it_is(batch.activity_id)
    at = now()

    refuse_if(objection_to_door(activity))

    batch = _with_places(batch)
    known, kept_before = _known(batch), _kept_before(batch)
    answers: list[Answer] = []
    rows: dict[uuid.UUID, PresenceEvidence] = {}
    for reading in batch.readings:
        objection = _objection(reading, known, kept_before, rows)
        answers.append(Answer(reading.event_uuid, objection))
        if objection is None and reading.event_uuid not in (kept_before.keys() | rows.keys()):
            rows[reading.event_uuid] = _evidence(reading, batch, activity, by=by, at=at)
    if keep_evidence(list(rows.values()), by=by):
        find_conflicts_once_over(activity, by=by)
    return answers


# What no place has: whoever comes with it is not on our list.
_NOBODY = uuid.UUID(int=0)


def _with_places(batch: Batch) -> Batch:
    """The readings, with the places that the codes of some of them turned out to be."""
    asked = {one.code for one in batch.readings if one.code and not one.registration_id}
    if not asked:
        return batch
    found = registrations_of_codes(asked, batch.activity_id)
    return replace(batch, readings=[_placed(one, found) for one in batch.readings])


def _placed(one: Reading, found: Mapping[str, uuid.UUID]) -> Reading:
    """Whose code leads to a place has it; whoever walks in and says a name is kept with any."""
    if one.registration_id or not one.code:
        return one
    if place := found.get(one.code):
        return replace(one, registration_id=place, stranger=None)
    says_who = one.stranger is not None and one.kind in {Kind.WALK_IN, Kind.UNDO}
    return one if says_who else replace(one, registration_id=_NOBODY)


_KNOWN = """
SELECT id FROM registrations_registration WHERE organisation_id = %(organisation)s::uuid
  AND activity_id = %(activity)s::uuid AND id = ANY (%(places)s::uuid[])
UNION ALL SELECT id FROM activities_session WHERE organisation_id = %(organisation)s::uuid
  AND activity_id = %(activity)s::uuid
"""


def _known(batch: Batch) -> frozenset[uuid.UUID]:
    """The places and sessions of the activity that a batch speaks of."""
    asked = {one.registration_id for one in batch.readings if one.registration_id}
    values = {
        "organisation": current_organisation_id(),
        "activity": batch.activity_id,
        "places": list(asked),
    }
    return frozenset(key for (key,) in planned(_KNOWN, values))


def _kept_before(batch: Batch) -> dict[uuid.UUID, PresenceEvidence]:
    found = fetch(
        PresenceEvidence,
        "organisation_id = %(organisation)s::uuid AND event_uuid = ANY (%(ids)s::uuid[])",
        organisation=current_organisation_id(),
        ids=[one.event_uuid for one in batch.readings],
    )
    return {one.event_uuid: one for one in found}


def _objection(
    reading: Reading,
    known: frozenset[uuid.UUID],
    before: Mapping[uuid.UUID, PresenceEvidence],
    rows: Mapping[uuid.UUID, PresenceEvidence],
) -> Objection | None:
    earlier = before.get(reading.event_uuid) or rows.get(reading.event_uuid)
    if earlier:
        same = (earlier.kind, earlier.registration_id, earlier.undoes)
        said = (reading.kind, reading.registration_id, reading.undoes)
        is_same = same == said and bool(earlier.person_id) == bool(reading.stranger)
        return None if is_same else OTHER_READING
    if reading.registration_id and reading.registration_id not in known:
        return UNKNOWN_TICKET
    return objection_to_reading(reading, knows_session=reading.session_id in known)


def _evidence(
    reading: Reading, batch: Batch, activity: Activity, *, by: Actor, at: datetime
) -> PresenceEvidence:
    person = None
    told = batch.clock_offset if reading.clock_offset is None else reading.clock_offset
    offset = within_a_life(told)
    if reading.stranger and not reading.registration_id:
        person = _who(reading, reading.stranger, activity, at=at, by=by)
    return PresenceEvidence(
        event_uuid=reading.event_uuid,
        activity_id=batch.activity_id,
        registration_id=reading.registration_id,
        person=person,
        session_id=reading.session_id,
        kind=reading.kind,
        source=reading.source,
        undoes=reading.undoes,
        occurred_at=corrected(reading.device_time, offset, at=at),
        server_time=at,
        device_time=reading.device_time,
        clock_offset=offset if reading.device_time else None,
        device=batch.device,
        sequence=reading.sequence,
        by_id=by.id,
        by_name=by.name,
    )


def _who(
    reading: Reading, told: Stranger, activity: Activity, *, at: datetime, by: Actor
) -> UnmatchedPerson:
    """Whoever walked in; an undo is of whom the reading was that it takes back."""
    if reading.undoes:
        taken_back = PresenceEvidence.objects.filter(event_uuid=reading.undoes).first()
        if taken_back and taken_back.person and taken_back.activity_id == activity.pk:
            return taken_back.person
    known_by = reading.undoes or reading.event_uuid
    return note_walk_in(told, activity, reading=known_by, seen_at=at, by=by)
