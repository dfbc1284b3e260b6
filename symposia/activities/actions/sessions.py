from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from symposia.activities.changes import changed_values, instant
from symposia.activities.events import ActivityChanged
from symposia.activities.models import Activity, ContentRole, Session, SessionFaculty
from symposia.activities.policies import (
    objection_to_changing,
    objection_to_faculty,
    objection_to_overwriting,
    objection_to_slot,
)
from symposia.audit.actions import record
from symposia.directory.models import Clinician
from symposia.shared.actors import Actor
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

    def values(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self)}


@transaction.atomic
def add_session(activity: Activity, facts: SessionFacts, *, by: Actor) -> Session:
    """Put a session on the agenda."""
    activity = Activity.objects.locked(activity.pk)
    slot = _slot(activity, facts)

    refuse_if(objection_to_changing(activity))
    refuse_if(_objection_to(activity, facts, slot))

    session = Session.objects.create(
        activity=activity,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        position=activity.sessions.count(),
        **facts.values(),
    )
    details = {"session": session.pk, "title": session.title, "minutes": session.minutes}
    record(by, "activity.session_added", activity, details=details)
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
    refuse_if(_objection_to(activity, facts, slot))

    changes = changed_values(session, facts.values())
    if not changes:
        return session
    for name, value in facts.values().items():
        setattr(session, name, value)
    session.starts_at, session.ends_at = slot.starts_at, slot.ends_at
    session.version += 1
    session.save()
    details = {"session": session.pk, "title": session.title, "changes": changes}
    record(by, "activity.session_changed", activity, details=details)
    announce(ActivityChanged(activity.pk, ("sessions",)))
    return session


@transaction.atomic
def remove_session(session: Session, *, by: Actor) -> None:
    """Take a session off the agenda, with its faculty."""
    activity = Activity.objects.locked(session.activity_id)

    refuse_if(objection_to_changing(activity))

    details = {"session": session.pk, "title": session.title, "minutes": session.minutes}
    SessionFaculty.objects.filter(session=session).delete()
    session.delete()
    record(by, "activity.session_removed", activity, details=details)
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

    refuse_if(objection_to_changing(activity))
    refuse_if(objection_to_faculty(name))

    person, is_new = SessionFaculty.objects.get_or_create(
        session=session, name=name, role=role, defaults={"clinician": clinician}
    )
    if is_new:
        details = {"session": session.pk, "title": session.title, "name": name, "role": role}
        record(by, "activity.faculty_assigned", activity, details=details)
        announce(ActivityChanged(activity.pk, ("faculty",)))
    return person


@transaction.atomic
def remove_faculty(person: SessionFaculty, *, by: Actor) -> None:
    """Take a person out of a session."""
    activity = Activity.objects.locked(person.session.activity_id)

    refuse_if(objection_to_changing(activity))

    details = {"session": person.session_id, "title": person.session.title, "name": person.name}
    person.delete()
    record(by, "activity.faculty_removed", activity, details=details)
    announce(ActivityChanged(activity.pk, ("faculty",)))


def _slot(activity: Activity, facts: SessionFacts) -> Interval:
    starts_at = instant(facts.wall_starts, activity.zone)
    return Interval(starts_at, starts_at + timedelta(minutes=facts.minutes))


def _objection_to(activity: Activity, facts: SessionFacts, slot: Interval) -> Any:
    return objection_to_slot(
        facts.title,
        slot,
        activity,
        minutes=facts.minutes,
        creditable=facts.creditable_minutes,
    )
