"""What takes place when: activities and their sessions over days, read in few statements."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet

from symposia.accounts.permissions import Access
from symposia.activities.calendar_choices import Wanted
from symposia.activities.models import (
    Activity,
    ClosedDay,
    Session,
    SessionEquipment,
    SessionFaculty,
    State,
)
from symposia.activities.types import enduring_types
from symposia.shared.times import Interval

# Nobody has said yes yet, or nobody knows the day.
TENTATIVE = frozenset(
    {State.DRAFT, State.SUBMITTED, State.IN_APPROVAL, State.RETURNED, State.POSTPONED}
)


@dataclass(frozen=True)
class Entry:
    """An activity as a calendar shows it."""

    id: uuid.UUID
    number: str
    title: str
    mode: str
    type: str
    state: str
    wall_starts: datetime
    wall_ends: datetime
    zone: str
    starts_at: datetime
    ends_at: datetime
    venue_name: str
    city: str
    country: str
    version: int

    @property
    def interval(self) -> Interval:
        return Interval(self.starts_at, self.ends_at)

    @property
    def is_tentative(self) -> bool:
        return self.state in TENTATIVE

    @property
    def place(self) -> str:
        return ", ".join(filter(None, [self.venue_name, self.city]))

    @property
    def is_enduring(self) -> bool:
        """Offered for a term, at no hour."""
        return self.type in enduring_types()

    @property
    def days(self) -> list[date]:
        """Every day it touches on the clock of its venue; one that ends at midnight ends before.
        Enduring material stands on the day of its release and on its last one."""
        first, last = self.wall_starts.date(), self.wall_ends.date()
        if self.is_enduring:
            return sorted({first, last})
        if self.wall_ends.time() == time.min and last > first:
            last -= timedelta(days=1)
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@dataclass(frozen=True)
class Slot:
    """A session as a calendar shows it, with all that it keeps for its time."""

    id: uuid.UUID
    title: str
    wall_starts: datetime
    starts_at: datetime
    ends_at: datetime
    minutes: int
    is_break: bool
    room: str
    venue: str
    seats: int | None
    entry: Entry
    people: tuple[str, ...] = ()
    things: tuple[str, ...] = ()

    @property
    def interval(self) -> Interval:
        return Interval(self.starts_at, self.ends_at)

    @property
    def day(self) -> date:
        return self.wall_starts.date()

    @property
    def wall_ends(self) -> datetime:
        return self.wall_starts + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Span:
    """Days from the first to the last, both counted."""

    first: date
    last: date

    @property
    def days(self) -> list[date]:
        count = (self.last - self.first).days + 1
        return [self.first + timedelta(days=n) for n in range(count)]


_ENTRY = tuple(Entry.__dataclass_fields__)
_SESSION = (*("pk", "title", "wall_starts", "starts_at", "ends_at", "minutes", "is_break", "room"),)
_SLOT = ("id", *_SESSION[1:])
_WHERE = ("place__venue__name", "place__seats", "activity")


def activities_in(
    access: Access, span: Span, wanted: Wanted | None = None, *, with_cancelled: bool = False
) -> list[Entry]:
    """The activities of some days that this person may see, cancelled ones only where asked for."""
    rows = (wanted or Wanted()).apply(Activity.objects.visible_to(access))
    begins = datetime.combine(span.first, time.min)
    ends = datetime.combine(span.last + timedelta(days=1), time.min)
    found = rows.filter(wall_starts__lt=ends, wall_ends__gt=begins)
    if not with_cancelled:
        found = found.exclude(state=State.CANCELLED)
    ordered = found.order_by("wall_starts", "title", "id")
    return [Entry(*each) for each in ordered.values_list(*_ENTRY)]


def sessions_in(entries: Iterable[Entry], span: Span) -> QuerySet[Session]:
    """Their sessions on these days; nobody is needed at an hour by what is watched at any time."""
    begins = datetime.combine(span.first, time.min)
    ends = datetime.combine(span.last + timedelta(days=1), time.min)
    ids = [each.id for each in entries if not each.is_enduring]
    return Session.objects.filter(activity__in=ids, wall_starts__gte=begins, wall_starts__lt=ends)


def slots_of(entries: Iterable[Entry], chosen: QuerySet[Session]) -> list[Slot]:
    """Sessions with people and things: three statements, however many."""
    known = {each.id: each for each in entries}
    found = chosen.order_by("starts_at", "position", "pk").values_list(*_SESSION, *_WHERE)
    rows = [(dict(zip(_SLOT, row, strict=False)), *row[-3:]) for row in found]
    people = _named(SessionFaculty.objects.filter(session__in=chosen), "name")
    things = _named(SessionEquipment.objects.filter(session__in=chosen), "equipment__name")
    return [
        Slot(
            **facts,
            venue=house or known[activity].venue_name,
            seats=seats,
            entry=known[activity],
            people=tuple(people.get(facts["id"], ())),
            things=tuple(things.get(facts["id"], ())),
        )
        for facts, house, seats, activity in rows
    ]


def _named(rows: QuerySet[Any], name: str) -> Mapping[uuid.UUID, list[str]]:
    found: dict[uuid.UUID, list[str]] = {}
    for session, said in rows.order_by(name, "pk").values_list("session", name):
        mine = found.setdefault(session, [])
        if said not in mine:
            mine.append(said)
    return found


def closed_days_in(access: Access, span: Span) -> dict[date, list[ClosedDay]]:
    """The organisation's own days on which nothing is planned."""
    found: dict[date, list[ClosedDay]] = {}
    rows = ClosedDay.objects.visible_to(access).filter(day__range=(span.first, span.last))
    for each in rows.order_by("day", "name", "pk"):
        found.setdefault(each.day, []).append(each)
    return found
