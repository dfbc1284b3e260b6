import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class PresenceRecorded:
    """Something new is known about a clinician's presence."""

    registration_id: uuid.UUID
    activity_id: uuid.UUID
