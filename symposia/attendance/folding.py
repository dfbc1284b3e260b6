"""From observations to minutes: a pure fold over the set, whatever their order, however often sent.

The rules, as they are explained to people:
- A check-in opens a stay, a check-out closes it; whatever repeats the one before says nothing new.
  A check-in at the door of another session ends the stay in the one before.
- What was seen in the room and what was seen through a connection are stays of their own, and each
  of several devices of a person is a connection of its own; the same minute in all counts once.
- Without a check-out the stay counts by the rule for activities of that type: to the end of the
  session of the check-in (or of the last session, where the check-in was for the whole activity),
  until the person was last seen, or not before the desk has decided.
- Where sessions run side by side, a minute counts for credit in one of them: the one at whose door
  the person was seen, else the one that began first.
- A mark by the office, or a claim with the code of the session, is a stay from beginning to end of
  its session; a mark may also be for all sessions.
- Where presence checks were asked online, minutes online count if enough of them were answered
  (`checking.py`).
- What a door read over two hours before the first session was a trial: it opens no stay.
- An observation that was taken back was never there. A device, or whoever stands at a door,
  takes back what it read itself; the office takes back anything.
- Nothing counts outside a session.
"""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from symposia.attendance.checking import NO_CHECKS, Checks, Unproven, proven_stays
from symposia.attendance.presence import (
    CLAIMED,
    DESK,
    MARKED,
    NEXT_EVIDENCE,
    ONLINE,
    ROOM,
    WHOLE_SESSION,
    Observation,
    Presence,
    SessionMinutes,
    Slot,
    Stay,
    door_opens_at,
    is_trial,
    merged_times,
    minutes_in,
)
from symposia.attendance.side_by_side import minutes_apart, run_side_by_side

__all__ = [
    "CLAIMED",
    "DESK",
    "MARKED",
    "NEXT_EVIDENCE",
    "ONLINE",
    "ROOM",
    "WHOLE_SESSION",
    "Observation",
    "Presence",
    "SessionMinutes",
    "Slot",
    "Stay",
    "door_opens_at",
    "has_any",
    "is_connected",
    "merged_times",
    "presence_of",
    "standing_of",
]
CONNECTED = frozenset({"virtual", "poll"})
COMES = frozenset({"in", "walk_in"})


def presence_of(
    evidence: Iterable[Observation],
    sessions: Sequence[Slot],
    no_leave: str = WHOLE_SESSION,
    checks: Checks = NO_CHECKS,
) -> Presence:
    """The stays and minutes that a set of observations proves."""
    standing = counted_of(evidence, door_opens_at(sessions))
    if not standing:
        stays: list[Stay] = []
    else:
        stays = _Fold(sessions, no_leave).stays(standing)
    unproven: tuple[Unproven, ...] = ()
    if checks.asked:
        stays, unproven = proven_stays(stays, standing, sessions, checks)
    if run_side_by_side(sessions):
        return Presence(tuple(stays), minutes_apart(sessions, stays), unproven)
    merged = merged_times(stays)
    minutes = tuple([minutes_in(slot, merged) for slot in sessions])
    return Presence(tuple(stays), minutes, unproven)


def last_change(
    evidence: Iterable[Observation], opens_at: datetime | None = None
) -> Observation | None:
    """What brought the person into the room, or out of it, last; a second reading of somebody who
    is inside already changes nothing."""
    inside, last = False, None
    for one in counted_of(evidence, opens_at):
        is_of_a_door = one.source not in CONNECTED and (one.kind in COMES or one.kind == "out")
        if is_of_a_door and (one.kind != "out") != inside:
            inside, last = not inside, one
    return last


def has_any(evidence: Iterable[Observation], opens_at: datetime | None = None) -> bool:
    """Whether anything observed was not taken back."""
    return bool(counted_of(evidence, opens_at))


def counted_of(evidence: Iterable[Observation], opens_at: datetime | None) -> list[Observation]:
    """What stands, without what a door read before it opened."""
    return [one for one in standing_of(evidence) if not is_trial(one, opens_at)]


def standing_of(evidence: Iterable[Observation]) -> list[Observation]:
    """Each observation once, without those taken back, in the order of what was observed."""
    once = {one.event_uuid: one for one in evidence}
    undos = [one for one in once.values() if one.kind == "undo"]
    if undos:
        gone = {
            one.undoes
            for one in undos
            if takes_back(one, once.get(one.undoes) if one.undoes else None)
        }
        kept = [o for o in once.values() if o.kind != "undo" and o.event_uuid not in gone]
    else:
        kept = list(once.values())
    kept.sort(key=_when)
    return kept


def takes_back(undo: Observation, read: Observation | None) -> bool:
    """Whether an undo counts for what it names, whichever of them came first."""
    return read is not None and (undo.source == "manual" or undo.by_id == read.by_id)


def is_connected(one: Observation) -> bool:
    """Whether it was seen through a connection, not in the room."""
    return one.source in CONNECTED


def _when(one: Observation) -> tuple[datetime, uuid.UUID]:
    return one.occurred_at, one.event_uuid


class _Fold:
    """One walk over the observations of a person, with what is open in the room and online."""

    def __init__(self, sessions: Sequence[Slot], no_leave: str) -> None:
        self.sessions, self.no_leave = sessions, no_leave
        # By the way, and online by the device that joined: another one that leaves ends nothing.
        self.opened: dict[tuple[str, str], Observation] = {}
        self.found: list[Stay] = []

    def stays(self, standing: Sequence[Observation]) -> list[Stay]:
        for one in standing:
            self._read(one, ONLINE if one.source in CONNECTED else ROOM)
        for (way, _device), opened in self.opened.items():
            self._never_left(opened, way, self._last_seen(standing))
        if len(self.found) > 1:
            self.found.sort(key=_place)
        return self.found

    def _read(self, one: Observation, way: str) -> None:
        if one.kind in COMES:
            self._comes(one, way)
        elif one.kind == "out":
            if opened := self.opened.pop(_place_of(one, way), None):
                self._stay(opened, one.occurred_at, way)
        elif one.kind == "span" and one.ends_at:
            self._stay(one, one.ends_at, way)
        elif one.kind == "mark":
            self._marked(one)

    def _stay(self, seen: Observation, ends_at: datetime, way: str) -> None:
        self.found.append(Stay(seen.occurred_at, ends_at, way, False, seen.session_id))

    def _comes(self, one: Observation, way: str) -> None:
        place = _place_of(one, way)
        opened = self.opened.get(place)
        if opened is None:
            self.opened[place] = one
        elif opened.session_id and one.session_id and opened.session_id != one.session_id:
            self._never_left(opened, way, one.occurred_at, moved=True)
            self.opened[place] = one

    def _marked(self, one: Observation) -> None:
        for slot in self.sessions:
            if one.session_id is None or one.session_id == slot.id:
                way = CLAIMED if one.source == "code" else MARKED
                self.found.append(Stay(slot.starts_at, slot.ends_at, way, False, slot.id))

    def _never_left(
        self, opened: Observation, way: str, seen_at: datetime, *, moved: bool = False
    ) -> None:
        """Fill in the end that nobody saw, by the rule for activities of this type."""
        ends_at = self._end_for(opened)
        if ends_at is None:
            return
        if moved or self.no_leave == NEXT_EVIDENCE:
            ends_at = min(ends_at, seen_at)
        if self.no_leave == DESK:
            ends_at = opened.occurred_at
        begins_at = opened.occurred_at
        ends_at = max(ends_at, begins_at)
        self.found.append(Stay(begins_at, ends_at, way, True, opened.session_id))

    def _end_for(self, opened: Observation) -> datetime | None:
        if opened.session_id:
            for slot in self.sessions:
                if slot.id == opened.session_id:
                    return slot.ends_at
        return max([slot.ends_at for slot in self.sessions], default=None)

    @staticmethod
    def _last_seen(standing: Sequence[Observation]) -> datetime:
        return max(one.ends_at or one.occurred_at for one in standing if one.kind != "mark")


def _place_of(one: Observation, way: str) -> tuple[str, str]:
    return way, one.device if way == ONLINE else ""


def _place(stay: Stay) -> tuple[datetime, datetime, str, bool, str]:
    return (*stay[:4], str(stay.session_id))
