"""What follows from an agenda by arithmetic alone: minutes, overlaps. No query, no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from symposia.activities.models import Session
from symposia.shared.times import Interval


def creditable_minutes(sessions: Iterable[Session]) -> int:
    """Minutes that count for credit: breaks count nothing, simultaneous sessions count once."""
    return sum(stretch.minutes for stretch in merged(s.creditable for s in sessions))


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """Stretches of time without overlap that cover exactly what the given ones cover."""
    found: list[Interval] = []
    for one in sorted(intervals, key=lambda i: (i.starts_at, i.ends_at)):
        if not one.minutes:
            continue
        if found and one.starts_at <= found[-1].ends_at:
            found[-1] = Interval(found[-1].starts_at, max(found[-1].ends_at, one.ends_at))
        else:
            found.append(one)
    return found


@dataclass(frozen=True)
class Clash:
    """Two sessions that cannot both happen: one room, or one person, at one time."""

    first: Session
    second: Session
    what: str


def clashes(sessions: Sequence[Session], people: dict[object, list[str]]) -> list[Clash]:
    """Every pair of overlapping sessions that share a room or a person."""
    found = []
    for place, first in enumerate(sessions):
        for second in sessions[place + 1 :]:
            if first.interval.overlap(second.interval):
                found += [Clash(first, second, what) for what in _shared(first, second, people)]
    return found


def _shared(first: Session, second: Session, people: dict[object, list[str]]) -> list[str]:
    both = sorted(set(people.get(first.pk, [])) & set(people.get(second.pk, [])))
    same_room = first.room and first.room.casefold() == second.room.casefold()
    return [first.room, *both] if same_room else both
