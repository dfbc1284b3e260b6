"""Why so many minutes: the same fold told in reasons, each with its minutes and its times."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from symposia.attendance.folding import (
    CLAIMED,
    DESK,
    MARKED,
    NEXT_EVIDENCE,
    ONLINE,
    ROOM,
    Presence,
    Slot,
    Stay,
    merged_times,
)

_MINUTE = timedelta(minutes=1)


class Code(StrEnum):
    """What took or gave minutes."""

    NOT_SEEN = "not_seen"
    CAME_LATER = "came_later"
    AWAY = "away"
    LEFT_EARLIER = "left_earlier"
    TO_THE_END = "to_the_end"
    LAST_SEEN = "last_seen"
    UNDECIDED = "undecided"
    BY_HAND = "by_hand"
    BY_CODE = "by_code"
    CONNECTED = "connected"
    ONCE = "once"
    DOES_NOT_COUNT = "does_not_count"
    CHECKS_CAPPED = "checks_capped"
    CHECKS_DESK = "checks_desk"


_BY_WAY = ((ONLINE, Code.CONNECTED), (MARKED, Code.BY_HAND), (CLAIMED, Code.BY_CODE))


@dataclass(frozen=True)
class Reason:
    """One thing that happened to the minutes of a session, or of the whole day."""

    code: Code
    minutes: int
    starts_at: datetime
    ends_at: datetime
    session: Slot | None = None
    # Of presence checks.
    answered: int = 0
    due: int = 0


def reasons_of(presence: Presence, sessions: Sequence[Slot], no_leave: str) -> tuple[Reason, ...]:
    """Everything that explains the minutes, session by session, then what holds for all."""
    found: list[Reason] = []
    unproven = [Stay(*times, ONLINE) for one in presence.unproven for times in one.times]
    merged = merged_times([*presence.stays, *unproven])
    for slot in sessions:
        if slot.creditable_minutes:
            found.extend(_of_session(slot, merged))
    found.extend(_of_checks(presence, sessions))
    found.extend(_of_stays(presence.stays, sessions, no_leave))
    return tuple(found)


def _of_session(slot: Slot, merged: Sequence[tuple[datetime, datetime]]) -> Iterator[Reason]:
    """The gaps before, between and after what was seen, and what was beyond the credit."""
    inside = [
        (max(a, slot.starts_at), min(b, slot.ends_at))
        for a, b in merged
        if a < slot.ends_at and b > slot.starts_at
    ]
    if not inside:
        yield _reason(Code.NOT_SEEN, slot.starts_at, slot.ends_at, slot)
        return
    at = slot.starts_at
    for number, (begins, ends) in enumerate(inside):
        if begins > at:
            yield _reason(Code.AWAY if number else Code.CAME_LATER, at, begins, slot)
        at = ends
    if at < slot.ends_at:
        yield _reason(Code.LEFT_EARLIER, at, slot.ends_at, slot)
    counts_until = slot.starts_at + timedelta(minutes=slot.creditable_minutes)
    if at > counts_until:
        yield _reason(Code.DOES_NOT_COUNT, counts_until, at, slot)


def _of_checks(presence: Presence, sessions: Sequence[Slot]) -> Iterator[Reason]:
    """What too few answers do not prove."""
    known = {slot.id: slot for slot in sessions}
    for one in presence.unproven:
        code = Code.CHECKS_DESK if one.by_desk else Code.CHECKS_CAPPED
        begins, ends, slot = one.times[0][0], one.times[-1][1], known[one.session_id]
        yield Reason(code, _minutes(one.times), begins, ends, slot, one.answered, one.due)


def _of_stays(stays: Sequence[Stay], sessions: Sequence[Slot], no_leave: str) -> Iterator[Reason]:
    by_rule = {NEXT_EVIDENCE: Code.LAST_SEEN, DESK: Code.UNDECIDED}.get(no_leave, Code.TO_THE_END)
    for stay in stays:
        if stay.is_open:
            yield _reason(by_rule, stay.starts_at, stay.ends_at)
    for way, code in _BY_WAY:
        times = merged_times(s for s in stays if s.way == way)
        if times:
            minutes = _minutes(_inside(times, sessions))
            yield Reason(code, minutes, times[0][0], times[-1][1])
    twice = _inside(_both(stays), sessions)
    if twice:
        yield Reason(Code.ONCE, _minutes(twice), twice[0][0], twice[-1][1])


def _both(stays: Sequence[Stay]) -> list[tuple[datetime, datetime]]:
    """The times of being in the room and online at once."""
    room = merged_times(s for s in stays if s.way == ROOM)
    online = merged_times(s for s in stays if s.way == ONLINE)
    return [(max(a, c), min(b, d)) for a, b in room for c, d in online if max(a, c) < min(b, d)]


def overlap_of(presence: Presence, sessions: Sequence[Slot]) -> tuple[datetime, datetime] | None:
    """From when until when somebody was in the room and online at once during the sessions."""
    twice = _inside(_both(presence.stays), sessions)
    return (twice[0][0], twice[-1][1]) if twice else None


def _inside(
    times: Sequence[tuple[datetime, datetime]], sessions: Sequence[Slot]
) -> list[tuple[datetime, datetime]]:
    cut = [
        (max(a, slot.starts_at), min(b, slot.ends_at))
        for slot in sessions
        for a, b in times
        if a < slot.ends_at and b > slot.starts_at
    ]
    return sorted(cut)


def _minutes(times: Sequence[tuple[datetime, datetime]]) -> int:
    return sum((b - a for a, b in times), timedelta()) // _MINUTE


def _reason(code: Code, begins: datetime, ends: datetime, session: Slot | None = None) -> Reason:
    return Reason(code, (ends - begins) // _MINUTE, begins, ends, session)
