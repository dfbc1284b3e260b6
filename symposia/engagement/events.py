import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class FollowUpClosed:
    """A representative followed somebody up, or said why not."""

    follow_up_id: uuid.UUID
    activity_id: uuid.UUID
    clinician_id: uuid.UUID
    state: str


@dataclass(frozen=True)
class MaterialShared:
    """Somebody was given a personal link to an approved material."""

    share_id: uuid.UUID
    activity_id: uuid.UUID
    clinician_id: uuid.UUID


@dataclass(frozen=True)
class AdverseEventTaken:
    """Somebody told of an adverse event; drug safety has to be told by a deadline."""

    event_id: uuid.UUID
    activity_id: uuid.UUID
