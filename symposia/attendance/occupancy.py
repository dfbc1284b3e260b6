"""How full it was from minute to minute: in the room and online, each person once. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from symposia.attendance.presence import ONLINE, ROOM, Presence, merged_times

# Longer than any activity lasts, and short enough to draw.
MOST_MINUTES = 3 * 24 * 60


@dataclass(frozen=True)
class Moment:
    """How many were there during one minute."""

    at: datetime
    room: int
    online: int

    @property
    def all(self) -> int:
        return self.room + self.online


def occupancy_of(presences: Iterable[Presence], *, until: datetime) -> list[Moment]:
    """Every minute from the first arrival to the last leave, or to now while it goes on.

    Whoever was in the room and online at once is counted in the room. Marks by hand and claimed
    codes say nothing of when somebody was there.
    """
    room: Counter[int] = Counter()
    online: Counter[int] = Counter()
    for one in presences:
        there = _minutes(one, ROOM, until)
        room.update(there)
        online.update(_minutes(one, ONLINE, until) - there)
    seen = [*room, *online]
    if not seen:
        return []
    last = min(max(seen), min(seen) + MOST_MINUTES)
    return [
        Moment(datetime.fromtimestamp(number * 60, UTC), room[number], online[number])
        for number in range(min(seen), last + 1)
    ]


def peak_of(moments: Sequence[Moment]) -> Moment | None:
    """The first of the fullest minutes."""
    return max(moments, key=lambda each: (each.all, -each.at.timestamp()), default=None)


def _minutes(presence: Presence, way: str, until: datetime) -> set[int]:
    """The minutes, by their number since 1970, in which somebody was there."""
    found: set[int] = set()
    for begins, ends in merged_times(s for s in presence.stays if s.way == way):
        last = min(ends, until).timestamp()
        found.update(range(int(begins.timestamp() // 60), int(-(-last // 60))))
    return found
