"""An activity as the API shows it."""

import uuid
from datetime import datetime
from typing import Any

from django.utils.timezone import now
from ninja import Schema

from symposia.activities.facts import read_facts
from symposia.activities.models import Activity
from symposia.activities.queries import agenda_of, objectives_of
from symposia.activities.readiness import readiness_of
from symposia.activities.serving import served_by
from symposia.api.fields import WallTime
from symposia.assessment.queries import questions_by_objective


class SlotOut(Schema):
    id: uuid.UUID
    title: str
    wall_starts: WallTime
    starts_at: datetime
    minutes: int
    creditable_minutes: int
    room: str
    track: str
    is_break: bool
    is_marketing: bool
    faculty: list[str]


class ConditionOut(Schema):
    """A condition of the readiness rail and what is missing to it."""

    name: str
    state: str
    objection: str


class ActivityOut(Schema):
    """An activity with its agenda and how far it is."""

    id: uuid.UUID
    number: str
    title: str
    mode: str
    type: str
    state: str
    version: int
    wall_starts: WallTime
    wall_ends: WallTime
    zone: str
    starts_at: datetime
    ends_at: datetime
    delivery: str
    product: str
    venue_name: str
    city: str
    country: str
    capacity: int | None
    expected_attendance: int
    objectives: list[str]
    creditable_minutes: int
    sessions: list[SlotOut]
    readiness: list[ConditionOut]


def activity_out(found: Activity) -> dict[str, Any]:
    """An activity as the API shows it."""
    agenda = agenda_of(found)
    readiness = readiness_of(found, read_facts(found), at=now())
    made = {"objectives", "creditable_minutes", "sessions", "readiness"}
    names = [name for name in ActivityOut.model_fields if name not in made]
    return {name: getattr(found, name) for name in names} | {
        "objectives": [each.text for each in objectives_of(found)],
        "creditable_minutes": agenda.creditable_minutes,
        "sessions": [
            {
                name: getattr(slot.session, name)
                for name in SlotOut.model_fields
                if name != "faculty"
            }
            | {"faculty": [person.name for person in slot.faculty]}
            for slot in agenda.slots
        ],
        "readiness": [
            {
                "name": known.fact.name,
                "state": known.reading.state,
                "objection": str(known.reading.objection or ""),
            }
            for known in readiness.known
        ],
    }


class ServedOut(Schema):
    """An objective of an activity, the sessions that work on it and the questions about it."""

    id: uuid.UUID
    objective: str
    competency: str
    sessions: list[uuid.UUID]
    questions: list[str]


def served_out(found: Activity) -> list[dict[str, Any]]:
    """The objectives an activity has taken on, where each is taught and asked about."""
    asked = questions_by_objective(found)
    return [
        {
            "id": each.objective.pk,
            "objective": each.objective.text,
            "competency": each.objective.competency,
            "sessions": [session.pk for session in each.sessions],
            "questions": [question.text for question in asked.get(each.objective.pk, [])],
        }
        for each in served_by(found)
    ]
