import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.queries import this_organisation
from symposia.activities.models import Activity
from symposia.attendance.actions.writing import copy_evidence, take_back
from symposia.attendance.matching import identity_of
from symposia.attendance.models import PersonState, PresenceEvidence, UnmatchedPerson
from symposia.attendance.policies import (
    objection_to_matching,
    objection_to_settling,
    objection_to_unsettling,
)
from symposia.attendance.strangers import Stranger
from symposia.audit.actions import record
from symposia.directory.actions.newcomers import Newcomer, find_or_add_clinician
from symposia.directory.models import Clinician, Profession
from symposia.registrations.actions.places import register_walk_in
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@transaction.atomic
def note_walk_in(
    told: Stranger, activity: Activity, *, reading: uuid.UUID, seen_at: datetime, by: Actor
) -> UnmatchedPerson:
    """Keep who walked in at a door. What comes after the desk has settled somebody of that name
    and number is a question anew: a decision never answers for what nobody had seen yet."""
    identity = told.identity_at_door(reading)
    settled = UnmatchedPerson.objects.of(activity).filter(identity=identity)
    if settled.exclude(state=PersonState.OPEN).exists():
        identity = f"{identity[:260]}|{reading}"
    return note_person(told, activity, identity=identity, seen_at=seen_at, by=by)


def note_person(
    told: Stranger, activity: Activity, *, identity: str = "", seen_at: datetime, by: Actor
) -> UnmatchedPerson:
    """Keep somebody as they said of themselves; the same person of an activity once."""
    person, is_new = UnmatchedPerson.objects.get_or_create(
        activity=activity,
        identity=identity or identity_of(told.said),
        defaults={
            "name": told.name[:200] or told.email,
            "email": told.email[:254],
            "profession": told.profession[:40],
            "institution": told.institution[:200],
            "number": told.number[:60],
            "seen_at": seen_at,
        },
    )
    if is_new:
        record(by, "person.noted", person)
    return person


@transaction.atomic
def match_person(
    person: UnmatchedPerson, registration: Registration, *, reason: str, by: Actor
) -> list[uuid.UUID]:
    """Say whose place somebody has who was seen; what was seen of them counts there from now on.

    Returns the observations that this added."""
    person = UnmatchedPerson.objects.locked(person.pk)

    refuse_if(objection_to_settling(person, reason=reason))
    refuse_if(objection_to_matching(person, registration))

    written = copy_evidence(
        PresenceEvidence.objects.of_person(person), registration, reason=reason, by=by
    )
    person.move(
        PersonState.MATCHED,
        registration=registration,
        settled_at=now(),
        settled_by_name=by.name,
        settled_because=reason,
    )
    record(by, "person.matched", person, reason=reason)
    return written


def count_where_matched(evidence: Iterable[PresenceEvidence], *, reason: str, by: Actor) -> None:
    """Count what was just kept of people whose place is known already there too. What names no
    place stays theirs, whoever they turn out to be.

    The activity is held by whoever calls, so that nobody decides between the two."""
    matched: dict[Registration, list[PresenceEvidence]] = defaultdict(list)
    for one in evidence:
        person = one.person
        if person and person.state == PersonState.MATCHED and person.registration:
            matched[person.registration].append(one)
    for place, seen in matched.items():
        copy_evidence(seen, place, reason=reason, by=by)


@transaction.atomic
def place_person(
    person: UnmatchedPerson, clinician: Clinician | None = None, *, reason: str, by: Actor
) -> list[uuid.UUID]:
    """Give somebody a place as a walk-in, and count there what was seen; whoever is not in the
    directory is added as they said of themselves."""
    clinician = clinician or _in_the_directory(person, by=by)
    registration = place_of(clinician, person.activity, by=by)
    return match_person(person, registration, reason=reason, by=by)


@transaction.atomic
def place_of(clinician: Clinician, activity: Activity, *, by: Actor) -> Registration:
    """The place that somebody who was seen holds, or one as a walk-in, also beyond the capacity."""
    held = Registration.objects.held_by(clinician, activity)
    if held and held.is_confirmed:
        return held
    return register_walk_in(clinician, activity, beyond_capacity=True, by=by)


def _in_the_directory(person: UnmatchedPerson, *, by: Actor) -> Clinician:
    known = person.profession in Profession.values
    profession = person.profession if known else Profession.OTHER
    newcomer = Newcomer(None, person.name, profession, person.email)
    return find_or_add_clinician(newcomer, this_organisation(), by=by)


@transaction.atomic
def leave_person_out(person: UnmatchedPerson, *, reason: str, by: Actor) -> None:
    """Count nothing of somebody who was seen: a host, a member of staff, a guest."""
    person = UnmatchedPerson.objects.locked(person.pk)

    refuse_if(objection_to_settling(person, reason=reason))

    person.move(
        PersonState.LEFT_OUT,
        settled_at=now(),
        settled_by_name=by.name,
        settled_because=reason,
    )
    record(by, "person.left_out", person, reason=reason)


@transaction.atomic
def unsettle_person(person: UnmatchedPerson, *, reason: str, by: Actor) -> None:
    """Take back what was said about somebody; what it added no longer counts."""
    person = UnmatchedPerson.objects.locked(person.pk)

    refuse_if(objection_to_unsettling(person))

    added = PresenceEvidence.objects.filter(person=person, registration=person.registration_id)
    take_back(added.exclude(registration=None), reason=reason, by=by)
    person.move(
        PersonState.OPEN,
        registration=None,
        settled_at=None,
        settled_by_name="",
        settled_because="",
    )
    record(by, "person.unsettled", person, reason=reason)
