"""Minutes where sessions run side by side: a person is in one room at a time."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from symposia.attendance.presence import (
    MARKED,
    MINUTE,
    NOTHING,
    SessionMinutes,
    Slot,
    Stay,
    Times,
    merged_times,
    minutes_in,
)


def run_side_by_side(sessions: Sequence[Slot]) -> bool:
    """Whether any two sessions overlap."""
    times = sorted([(slot.starts_at, slot.ends_at) for slot in sessions])
    return any(later[0] < before[1] for before, later in pairwise(times))


def minutes_apart(sessions: Sequence[Slot], stays: Sequence[Stay]) -> tuple[SessionMinutes, ...]:
    """Minutes where sessions run side by side: nobody earns credit in two rooms at once."""
    known = {slot.id: slot for slot in sessions}
    at_doors = {stay.session_id for stay in stays}
    counted: dict[uuid.UUID, SessionMinutes] = {}
    taken: list[Stay] = []
    for slot in sorted(sessions, key=lambda s: (s.id not in at_doors, s.starts_at, s.id)):
        own = merged_times(stay for stay in stays if _may_be_in(slot, stay, known))
        minutes = minutes_in(slot, own).minutes
        until = min(slot.starts_at + timedelta(minutes=slot.creditable_minutes), slot.ends_at)
        cut = [(max(a, slot.starts_at), min(b, until)) for a, b in own]
        free = _without([one for one in cut if one[0] < one[1]], merged_times(taken))
        taken.extend(Stay(a, b, MARKED) for a, b in free)
        creditable = sum((b - a for a, b in free), NOTHING) // MINUTE
        counted[slot.id] = SessionMinutes(slot.id, minutes, creditable)
    return tuple([counted[slot.id] for slot in sessions])


def _may_be_in(slot: Slot, stay: Stay, known: Mapping[uuid.UUID, Slot]) -> bool:
    """Whoever was seen at the door of one session was in none that ran beside it."""
    other = known.get(stay.session_id) if stay.session_id else None
    if other is None or other.id == slot.id:
        return True
    return other.ends_at <= slot.starts_at or slot.ends_at <= other.starts_at


def _without(times: Times, taken: Times) -> list[tuple[datetime, datetime]]:
    """What is left of some times when others are taken away; both in order and without overlap."""
    left: list[tuple[datetime, datetime]] = []
    for begins, ends in times:
        at = begins
        for a, b in taken:
            if b > at and a < ends:
                if a > at:
                    left.append((at, a))
                at = max(at, b)
        if at < ends:
            left.append((at, ends))
    return left
