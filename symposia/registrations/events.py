import uuid
from dataclasses import dataclass
from datetime import datetime


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


@dataclass(frozen=True)
class PlaceOffered:
    """A place came free and is kept a while for whoever comes next in the line."""

    registration_id: uuid.UUID
    activity_id: uuid.UUID
    until: datetime


@dataclass(frozen=True)
class OfferLapsed:
    """Nobody said yes in time; the place went on."""

    registration_id: uuid.UUID
    activity_id: uuid.UUID


@dataclass(frozen=True)
class PlaceRequested:
    """Somebody asks for a place that the office decides on."""

    registration_id: uuid.UUID
    activity_id: uuid.UUID


@dataclass(frozen=True)
class PlaceDeclined:
    """The office said no to a request."""

    registration_id: uuid.UUID
    activity_id: uuid.UUID


@dataclass(frozen=True)
class SessionPlaceGiven:
    """Somebody who waited has a place in a session now."""

    choice_id: uuid.UUID
    registration_id: uuid.UUID
    activity_id: uuid.UUID


@dataclass(frozen=True)
class PlaceHandedOn:
    """Somebody else comes instead, in the same seat."""

    registration_id: uuid.UUID
    to_id: uuid.UUID
    activity_id: uuid.UUID


@dataclass(frozen=True)
class StaffEnrolled:
    """Whoever looks after a group of staff asked for places for some of its people."""

    group_id: uuid.UUID
    activity_id: uuid.UUID
    registration_ids: tuple[uuid.UUID, ...]


@dataclass(frozen=True)
class StaffTakenOut:
    """Places that a manager of a group had asked for were given up by one."""

    group_id: uuid.UUID
    registration_ids: tuple[uuid.UUID, ...]
