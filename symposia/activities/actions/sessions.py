from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from symposia.activities.actions.amending import amend_approved, note_preparer
from symposia.activities.actions.keeping import keep_for_sessions
from symposia.activities.actions.team import enter_contributor
from symposia.activities.booking import objection_to_break, objection_to_room
from symposia.activities.changes import instant
from symposia.activities.events import ActivityChanged, SessionRemoving
from symposia.activities.models import (
    Activity,
    Booking,
    ContentRole,
    Equipment,
    Room,
    Session,
    SessionEquipment,
    SessionFaculty,
    SessionObjective,
)
from symposia.activities.policies import (
    objection_to_amending,
    objection_to_changing,
    objection_to_faculty,
    objection_to_slot,
)
from symposia.activities.separation import objection_to_marketing
from symposia.audit.actions import record
from symposia.curriculum.models import Guideline
from symposia.curriculum.policies.objectives import objection_to_citing
from symposia.directory.models import Clinician
from symposia.shared.actors import Actor
from symposia.shared.changing import objection_to_overwriting, put_values
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if
from symposia.shared.times import Interval


@dataclass(frozen=True)
class SessionFacts:
    """What somebody says about a session; breaks and meals have no creditable minutes."""

    title: str
    wall_starts: datetime
    minutes: int
    creditable_minutes: int
    room: str = ""
    track: str = ""
    is_break: bool = False
    is_marketing: bool = False
    # A room of the directory, kept for the session; its name is what is printed.
    place: Room | None = None
    guideline: Guideline | None = None

    def values(self) -> dict[str, Any]:
        said = {each.name: getattr(self, each.name) for each in fields(self)}
        place, cited = said.pop("place"), said.pop("guideline")
        room = place.name if place else self.room
        kept = {"room": room, "place_id": place.pk if place else None}
        return said | kept | {"guideline_id": cited.pk if cited else None}


@transaction.atomic
def add_session(activity: Activity, facts: SessionFacts, *, by: Actor) -> Session:
    """Put a session on the agenda."""
    activity = Activity.objects.locked(activity.pk)
    slot = _slot(activity, facts)

    refuse_if(objection_to_changing(activity))
    refuse_if(objection_to_citing(facts.guideline))
    refuse_if(_objection_to(activity, facts, slot))

    session = Session.objects.create(
        activity=activity,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        position=activity.sessions.count(),
        **facts.values(),
    )
    keep_for_sessions([session])
    details = {"session": session.pk, "title": session.title, "minutes": session.minutes}
    record(by, "activity.session_added", activity, details=details)
    note_preparer(activity, by=by)
    announce(ActivityChanged(activity.pk, ("sessions",)))
    return session


@transaction.atomic
def change_session(
    session: Session, facts: SessionFacts, *, seen_version: int, by: Actor
) -> Session:
    """Change a session of the agenda, unless somebody else did so meanwhile."""
    activity = Activity.objects.locked(session.activity_id)
    session = Session.objects.select_for_update().get(pk=session.pk)
    slot = _slot(activity, facts)

    refuse_if(objection_to_changing(activity))
    refuse_if(objection_to_overwriting(seen_version=seen_version, version=session.version))
    if facts.guideline and facts.guideline.pk != session.guideline_id:
        refuse_if(objection_to_citing(facts.guideline))
    refuse_if(_objection_to(activity, facts, slot))

    changes = put_values(session, facts.values())
    if not changes:
        return session
    session.starts_at, session.ends_at = slot.starts_at, slot.ends_at
    session.save()
    keep_for_sessions([session])
    details = {"session": session.pk, "title": session.title, "changes": changes}
    record(by, "activity.session_changed", activity, details=details)
    note_preparer(activity, by=by)
    announce(ActivityChanged(activity.pk, ("sessions",)))
    return session


@transaction.atomic
def remove_session(session: Session, *, by: Actor) -> None:
    """Take a session off the agenda, with its faculty."""
    activity = Activity.objects.locked(session.activity_id)

    refuse_if(objection_to_changing(activity))

    announce(SessionRemoving(session.pk, activity.pk))
    details = {"session": session.pk, "title": session.title, "minutes": session.minutes}
    for rows in (SessionFaculty, SessionObjective, SessionEquipment, Booking):
        rows.objects.filter(session=session).delete()
    session.delete()
    record(by, "activity.session_removed", activity, details=details)
    note_preparer(activity, by=by)
    announce(ActivityChanged(activity.pk, ("sessions",)))


@transaction.atomic
def assign_faculty(
    session: Session,
    *,
    by: Actor,
    clinician: Clinician | None = None,
    name: str = "",
    role: str = ContentRole.FACULTY,
) -> SessionFaculty:
    """Give a person a content role in a session; the same person and role again changes nothing."""
    activity = Activity.objects.locked(session.activity_id)
    name = clinician.called if clinician else name.strip()

    refuse_if(objection_to_amending(activity))
    refuse_if(objection_to_faculty(name))

    enter_contributor(clinician=clinician, name=name, by=by)
    person, is_new = SessionFaculty.objects.get_or_create(
        session=session, name=name, role=role, defaults={"clinician": clinician}
    )
    if is_new:
        keep_for_sessions([session])
        details = {"session": session.pk, "title": session.title, "name": name, "role": role}
        record(by, "activity.faculty_assigned", activity, details=details)
        announce(ActivityChanged(activity.pk, ("faculty",)))
        amend_approved(activity, by=by)
    return person


@transaction.atomic
def remove_faculty(person: SessionFaculty, *, by: Actor) -> None:
    """Take a person out of a session."""
    activity = Activity.objects.locked(person.session.activity_id)

    refuse_if(objection_to_amending(activity))

    details = {"session": person.session_id, "title": person.session.title, "name": person.name}
    person.delete()
    keep_for_sessions([person.session])
    record(by, "activity.faculty_removed", activity, details=details)
    announce(ActivityChanged(activity.pk, ("faculty",)))
    amend_approved(activity, by=by)


@dataclass(frozen=True)
class NewTime:
    """Where a session goes: its start on the wall, its length and, where one is named, a room."""

    wall_starts: datetime
    minutes: int
    place: Room | None


@transaction.atomic
def move_session(session: Session, to: NewTime, *, seen_version: int, by: Actor) -> Session:
    """Put a session at another time or in another room; what counts never exceeds its length."""
    creditable = min(session.creditable_minutes, to.minutes)
    if session.creditable_minutes == session.minutes:
        creditable = to.minutes
    facts = SessionFacts(
        session.title,
        to.wall_starts,
        to.minutes,
        creditable,
        room="" if session.place_id else session.room,
        track=session.track,
        is_break=session.is_break,
        is_marketing=session.is_marketing,
        place=to.place,
        guideline=session.guideline,
    )
    return change_session(session, facts, seen_version=seen_version, by=by)


@transaction.atomic
def choose_equipment(session: Session, things: Sequence[Equipment], *, by: Actor) -> Session:
    """Say which things a session needs."""
    activity = Activity.objects.locked(session.activity_id)

    refuse_if(objection_to_changing(activity))

    was = list(Equipment.objects.filter(pk__in=session.equipment_links.values("equipment")))
    if {each.pk for each in was} == {each.pk for each in things}:
        return session
    SessionEquipment.objects.filter(session=session).delete()
    SessionEquipment.objects.bulk_create(
        SessionEquipment(session=session, equipment=each) for each in dict.fromkeys(things)
    )
    keep_for_sessions([session])
    change = {
        "field": "equipment",
        "was": sorted(each.name for each in was),
        "now": sorted(each.name for each in things),
    }
    details = {"session": session.pk, "title": session.title, "changes": [change]}
    record(by, "activity.equipment_chosen", activity, details=details)
    announce(ActivityChanged(activity.pk, ("equipment",)))
    return session


def _slot(activity: Activity, facts: SessionFacts) -> Interval:
    starts_at = instant(facts.wall_starts, activity.zone)
    return Interval(starts_at, starts_at + timedelta(minutes=facts.minutes))


def _objection_to(activity: Activity, facts: SessionFacts, slot: Interval) -> Any:
    creditable = facts.creditable_minutes
    early = (
        objection_to_break(is_break=facts.is_break, creditable=creditable)
        or objection_to_marketing(is_marketing=facts.is_marketing, creditable=creditable)
        or objection_to_room(facts.place)
    )
    return early or objection_to_slot(
        facts.title,
        slot,
        activity,
        minutes=facts.minutes,
        creditable=creditable,
    )
