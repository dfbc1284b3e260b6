import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class PresenceRecorded:
    """Something new is known about a clinician's presence."""

    registration_id: uuid.UUID
    activity_id: uuid.UUID


@dataclass(frozen=True)
class AttendanceSigned:
    """Somebody signed that the attendance of an activity is right."""

    activity_id: uuid.UUID
    reconciliation_id: uuid.UUID
