"""What presence is made of: what was observed, stays, minutes of a session."""

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from symposia.attendance.checking import Unproven

ROOM, ONLINE, MARKED, CLAIMED = "room", "online", "marked", "claimed"
WHOLE_SESSION, NEXT_EVIDENCE, DESK = "whole_session", "next_evidence", "desk"
MINUTE, NOTHING = timedelta(minutes=1), timedelta()
# The door opens so long before the first session; what a door read earlier was a trial.
OPENS_BEFORE = timedelta(hours=2)
AT_DOORS = frozenset({"scan", "typed", "desk", "sheet", "manual"})
_PASSES = frozenset({"in", "out", "walk_in"})
Times = Sequence[tuple[datetime, datetime]]


class Observation(Protocol):
    """What the fold reads of a piece of evidence."""

    event_uuid: uuid.UUID
    kind: str
    source: str
    undoes: uuid.UUID | None
    session_id: uuid.UUID | None
    occurred_at: datetime
    ends_at: datetime | None
    device: str
    by_id: uuid.UUID | None


class Slot(Protocol):
    """What the fold reads of a session."""

    id: uuid.UUID
    starts_at: datetime
    ends_at: datetime
    creditable_minutes: int


class Stay(NamedTuple):
    """An unbroken time in the room or online; `is_open` if nobody saw the person leave."""

    starts_at: datetime
    ends_at: datetime
    way: str
    is_open: bool = False
    # The door at which it was seen; nothing where it was for the whole activity.
    session_id: uuid.UUID | None = None


class SessionMinutes(NamedTuple):
    """What one session adds: whole minutes there, and those of them that count."""

    session_id: uuid.UUID
    minutes: int
    creditable: int


@dataclass(frozen=True, slots=True)
class Presence:
    """What a set of observations amounts to."""

    stays: tuple[Stay, ...]
    sessions: tuple[SessionMinutes, ...]
    # What was seen online and too few answers prove; it is in no stay.
    unproven: tuple["Unproven", ...] = ()

    @property
    def minutes(self) -> int:
        return sum(s.minutes for s in self.sessions)

    @property
    def creditable(self) -> int:
        return sum(s.creditable for s in self.sessions)

    @property
    def was_there(self) -> bool:
        return bool(self.stays or self.unproven)

    @property
    def counted_to_the_end(self) -> bool:
        """Whether a missing check-out was filled by rule."""
        return any(stay.is_open for stay in self.stays)

    @property
    def as_bytes(self) -> bytes:
        """The same bytes for the same presence, to compare and to sign."""
        stays = [
            [_text(s.starts_at), _text(s.ends_at), s.way, s.is_open, str(s.session_id or "")]
            for s in self.stays
        ]
        sessions = [[str(s.session_id), s.minutes, s.creditable] for s in self.sessions]
        return json.dumps([stays, sessions], separators=(",", ":")).encode()


def door_opens_at(sessions: Iterable[Slot]) -> datetime | None:
    """From when a reading at a door counts; without an agenda there is nothing to be early for."""
    first = min([slot.starts_at for slot in sessions], default=None)
    return first - OPENS_BEFORE if first else None


def is_trial(one: Observation, opens_at: datetime | None) -> bool:
    """Whether a door read it before it opened. A code on a wall has a window of its own."""
    is_of_a_door = one.kind in _PASSES and one.source in AT_DOORS
    return opens_at is not None and is_of_a_door and one.occurred_at < opens_at


def merged_times(stays: Iterable[Stay]) -> list[tuple[datetime, datetime]]:
    """The times of all stays, each minute of them once."""
    merged: list[tuple[datetime, datetime]] = []
    for starts_at, ends_at in sorted([(stay[0], stay[1]) for stay in stays]):
        if merged and starts_at <= merged[-1][1]:
            if ends_at > merged[-1][1]:
                merged[-1] = (merged[-1][0], ends_at)
        else:
            merged.append((starts_at, ends_at))
    return merged


def minutes_in(slot: Slot, merged: Times) -> SessionMinutes:
    """Whole minutes inside a session, seconds added up before they are cut off."""
    begins_at, ends_at = slot.starts_at, slot.ends_at
    counts_until = min(begins_at + timedelta(minutes=slot.creditable_minutes), ends_at)
    there, counting = NOTHING, NOTHING
    for starts_at, until in merged:
        if until <= begins_at or starts_at >= ends_at:
            continue
        first = max(starts_at, begins_at)
        there += min(until, ends_at) - first
        if first < counts_until:
            counting += min(until, counts_until) - first
    return SessionMinutes(slot.id, there // MINUTE, counting // MINUTE)


def _text(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds")
