"""From observations to minutes: a pure fold over the set, whatever their order, however often sent.

The rules, as they are explained to people:
- A check-in opens a stay, a check-out closes it; whatever repeats the one before says nothing new.
- Without a check-out the stay counts to the end of the session of the check-in, or, where the
  check-in was for the whole activity, to the end of its last session.
- A mark by the office is a stay from beginning to end of its session, or of all sessions.
- An observation that was taken back was never there.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from symposia.shared.times import Interval


class Observation(Protocol):
    """What the fold reads of a piece of evidence."""

    event_uuid: uuid.UUID
    kind: str
    undoes: uuid.UUID | None
    session_id: uuid.UUID | None
    occurred_at: datetime


class Slot(Protocol):
    """What the fold reads of a session."""

    id: uuid.UUID
    starts_at: datetime
    ends_at: datetime
    creditable_minutes: int


@dataclass(frozen=True)
class Stay:
    """An unbroken time in the room; `is_open` if nobody saw the person leave."""

    interval: Interval
    is_open: bool = False
    is_marked: bool = False


@dataclass(frozen=True)
class SessionMinutes:
    """What one session adds: whole minutes in the room, and those of them that count."""

    session_id: uuid.UUID
    minutes: int
    creditable: int


@dataclass(frozen=True)
class Presence:
    """What a set of observations amounts to."""

    stays: tuple[Stay, ...]
    sessions: tuple[SessionMinutes, ...]

    @property
    def minutes(self) -> int:
        return sum(s.minutes for s in self.sessions)

    @property
    def creditable(self) -> int:
        return sum(s.creditable for s in self.sessions)

    @property
    def was_there(self) -> bool:
        return bool(self.stays)

    @property
    def counted_to_the_end(self) -> bool:
        """Whether a missing check-out was filled by rule."""
        return any(stay.is_open for stay in self.stays)


def presence_of(evidence: Iterable[Observation], sessions: Sequence[Slot]) -> Presence:
    """The stays and minutes that a set of observations proves."""
    standing = _standing(evidence)
    stays = [*_stays(standing, sessions), *_marks(standing, sessions)]
    merged = _merged([stay.interval for stay in stays])
    return Presence(tuple(stays), tuple(_in_session(slot, merged) for slot in sessions))


def is_inside(evidence: Iterable[Observation]) -> bool:
    """Whether the last observation that stands left the person in the room."""
    scans = [one for one in _standing(evidence) if one.kind != "mark"]
    return bool(scans) and scans[-1].kind != "out"


def has_any(evidence: Iterable[Observation]) -> bool:
    """Whether anything observed was not taken back."""
    return bool(_standing(evidence))


def _standing(evidence: Iterable[Observation]) -> list[Observation]:
    """Each observation once, without those taken back, in the order of what was observed."""
    once = {one.event_uuid: one for one in evidence}
    gone = {one.undoes for one in once.values() if one.kind == "undo"}
    kept = (one for one in once.values() if one.kind != "undo" and one.event_uuid not in gone)
    return sorted(kept, key=lambda one: (one.occurred_at, one.event_uuid))


def _stays(standing: list[Observation], sessions: Sequence[Slot]) -> Iterable[Stay]:
    opened: Observation | None = None
    for one in standing:
        if one.kind in {"in", "walk_in"}:
            opened = opened or one
        elif one.kind == "out" and opened:
            yield Stay(Interval(opened.occurred_at, one.occurred_at))
            opened = None
    if opened and (ends_at := _end_for(opened, sessions)):
        yield Stay(
            Interval(opened.occurred_at, max(ends_at, opened.occurred_at)),
            is_open=True,
        )


def _end_for(opened: Observation, sessions: Sequence[Slot]) -> datetime | None:
    """Where a stay without check-out ends by rule."""
    own = [s.ends_at for s in sessions if s.id == opened.session_id]
    return max(own or [s.ends_at for s in sessions], default=None)


def _marks(standing: list[Observation], sessions: Sequence[Slot]) -> Iterable[Stay]:
    for one in standing:
        if one.kind == "mark":
            for slot in sessions:
                if one.session_id in {None, slot.id}:
                    yield Stay(Interval(slot.starts_at, slot.ends_at), is_marked=True)


def _merged(intervals: list[Interval]) -> list[Interval]:
    merged: list[Interval] = []
    for one in sorted(intervals, key=lambda i: (i.starts_at, i.ends_at)):
        if merged and one.starts_at <= merged[-1].ends_at:
            last = merged.pop()
            one = Interval(last.starts_at, max(last.ends_at, one.ends_at))  # noqa: PLW2901 - grown
        merged.append(one)
    return merged


def _in_session(slot: Slot, stays: list[Interval]) -> SessionMinutes:
    whole = Interval(slot.starts_at, slot.ends_at)
    counts_until = slot.starts_at + timedelta(minutes=slot.creditable_minutes)
    counting = Interval(slot.starts_at, min(counts_until, slot.ends_at))
    return SessionMinutes(slot.id, _within(whole, stays), _within(counting, stays))


def _within(part: Interval, stays: list[Interval]) -> int:
    """Whole minutes of all stays inside a part, seconds added up before they are cut off."""
    time = timedelta()
    for stay in stays:
        if shared := part.overlap(stay):
            time += shared.ends_at - shared.starts_at
    return int(time / timedelta(minutes=1))
