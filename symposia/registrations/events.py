import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class PlaceConfirmed:
    """A clinician has a place at once."""

    registration_id: uuid.UUID
    activity_id: uuid.UUID


@dataclass(frozen=True)
class PlaceQueued:
    """All places are taken; the clinician waits."""

    registration_id: uuid.UUID
    activity_id: uuid.UUID


@dataclass(frozen=True)
class PlacePromoted:
    """A place came free and went to whoever waited longest."""

    registration_id: uuid.UUID
    activity_id: uuid.UUID


@dataclass(frozen=True)
class PlaceCancelled:
    """A clinician gave up a place or the wish for one."""

    registration_id: uuid.UUID
    activity_id: uuid.UUID
