"""Rooms, things and people that two sessions need at one time, whatever they are written as."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import F, Max, Q, QuerySet, RowRange, Window
from django.db.models.functions import Coalesce, Lower

from symposia.activities.calendars import Entry, Slot, Span, sessions_in, slots_of
from symposia.activities.models import Session, SessionFaculty
from symposia.shared.times import Interval


@dataclass(frozen=True)
class Double:
    """One room, thing or person that two sessions need at one time."""

    kind: str
    what: str
    first: Slot
    second: Slot

    @property
    def together(self) -> Interval:
        shared = self.first.interval.overlap(self.second.interval)
        return shared or Interval(self.second.starts_at, self.second.starts_at)


@dataclass
class _Busy:
    """Who needs one thing, in the order of time."""

    what: str
    slots: list[Slot] = field(default_factory=list)


def doubles_among(slots: Sequence[Slot]) -> list[Double]:
    """Every pair of sessions that need one room, thing or person at one time."""
    busy: dict[tuple[str, str, str], _Busy] = {}
    for slot in slots:
        for kind, place, what in _needs(slot):
            key = (kind, place.casefold(), what.casefold())
            busy.setdefault(key, _Busy(what)).slots.append(slot)
    found = [
        Double(kind, each.what, first, second)
        for (kind, _place, _what), each in busy.items()
        for first, second in _overlapping(each.slots)
    ]
    return sorted(found, key=lambda d: (d.second.starts_at, d.kind, d.what))


def _needs(slot: Slot) -> Iterable[tuple[str, str, str]]:
    if slot.room and slot.venue:
        yield "room", slot.venue, slot.room
    for thing in slot.things:
        yield "thing", "", thing
    for person in slot.people:
        yield "person", "", person


def _overlapping(slots: Sequence[Slot]) -> Iterable[tuple[Slot, Slot]]:
    """Pairs that meet; sorted by their start, so each looks only as far as it lasts."""
    ordered = sorted(slots, key=lambda s: (s.starts_at, s.ends_at))
    for place, first in enumerate(ordered):
        for second in ordered[place + 1 :]:
            if second.starts_at >= first.ends_at:
                break
            yield first, second


def needed_twice(entries: Sequence[Entry], span: Span) -> list[Slot]:
    """The sessions that may meet another one in a room or a person; mostly none, and then it is two
    statements whatever the number of sessions. Things are kept by the database."""
    mine = sessions_in(entries, span)
    rooms = {room for room, _until in _busy_rooms(mine)}
    people = {name for name, _until in _busy_people(mine)}
    if not rooms and not people:
        return []
    teaching = SessionFaculty.objects.annotate(low=Lower("name")).filter(low__in=people)
    chosen = mine.annotate(low=Lower("room")).filter(
        Q(low__in=rooms) | Q(pk__in=teaching.values("session"))
    )
    return slots_of(entries, chosen)


def _busy_rooms(sessions: QuerySet[Session]) -> QuerySet[Session, tuple[str, object]]:
    """The rooms in which a session begins before the one before it has ended."""
    venue = Coalesce("place__venue__name", "activity__venue_name")
    return (
        sessions.exclude(room="")
        .annotate(low=Lower("room"), house=Lower(venue))
        .exclude(house="")
        .annotate(busy_until=_until("ends_at", ["low", "house"], ["starts_at", "pk"]))
        .filter(busy_until__gt=F("starts_at"))
        .order_by("pk")
        .values_list("low", "busy_until")
    )


def _busy_people(sessions: QuerySet[Session]) -> QuerySet[SessionFaculty, tuple[str, object]]:
    order = ["session__starts_at", "session"]
    return (
        SessionFaculty.objects.filter(session__in=sessions)
        .annotate(low=Lower("name"))
        .annotate(busy_until=_until("session__ends_at", ["low"], order))
        .filter(busy_until__gt=F("session__starts_at"))
        .order_by("pk")
        .values_list("low", "busy_until")
    )


def _until(ends: str, of: list[str], order: list[str]) -> Window:
    """Until when it is needed by those that began before."""
    return Window(Max(ends), partition_by=of, order_by=order, frame=RowRange(start=None, end=-1))
