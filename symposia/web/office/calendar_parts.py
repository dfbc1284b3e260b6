"""What the calendar page shows: days, lanes and clashes, in words and addresses."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from symposia.activities.calendars import Entry, Slot, Span
from symposia.activities.doubles import Double
from symposia.activities.holidays import Holiday
from symposia.activities.models import ClosedDay, State
from symposia.shared.times import wall_time
from symposia.web.formats import clock

VIEWS: dict[str, Promise] = {
    "month": gettext_lazy("Month"),
    "week": gettext_lazy("Week"),
    "agenda": gettext_lazy("Agenda"),
    "rooms": gettext_lazy("Rooms"),
    "people": gettext_lazy("People"),
}
# So many activities of a day stand in its cell, and so many sessions in that of a week; the rest is
# one link further.
IN_A_CELL = 3
IN_A_COLUMN = 10
# So many rooms or people, and so many activities of an agenda, stand on one page.
LANES = 40
ENTRIES = 50


@dataclass(frozen=True)
class Where:
    """Which view, which day, under which filters: everything that stands in the address."""

    view: str
    on: date
    today: date
    region: str = ""
    given: Mapping[str, str] = field(default_factory=dict)

    def href(self, **changes: Any) -> str:
        """The same page with something else said."""
        said = {"view": self.view, "on": self.on.isoformat(), "region": self.region, **self.given}
        query = QueryDict(mutable=True)
        for name, value in (said | changes).items():
            if value:
                query[name] = str(value)
        return f"{reverse('calendar')}?{query.urlencode()}"

    @property
    def span(self) -> Span:
        """The days of the view: whole weeks around a month, thirty days from one on, or a week."""
        if self.view == "agenda":
            return Span(self.on, self.on + timedelta(days=29))
        monday = self.on - timedelta(days=self.on.weekday())
        if self.view != "month":
            return Span(monday, monday + timedelta(days=6))
        first = self.on.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return Span(
            first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
        )

    @property
    def title(self) -> str:
        if self.view == "month":
            return formats.date_format(self.on, "F Y")
        span = self.span
        first = "j" if span.first.month == span.last.month else "j M"
        return f"{formats.date_format(span.first, first)}–{formats.date_format(span.last, 'j M Y')}"  # noqa: RUF001  # a range

    def other(self, by: int) -> str:
        """The address of the stretch before or after."""
        if self.view == "month":
            first = self.on.replace(day=1)
            day = (first + timedelta(days=31)) if by > 0 else (first - timedelta(days=1))
            return self.href(on=day.replace(day=1).isoformat())
        days = len(self.span.days)
        return self.href(on=(self.on + timedelta(days=days * by)).isoformat())


@dataclass(frozen=True)
class Event:
    """An activity or a session where it stands in a grid."""

    title: str
    href: str
    mode: str
    clock: str
    state: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Off:
    """A reason to plan nothing on a day."""

    name: str
    source: str
    is_certain: bool = True


@dataclass
class Day:
    """A cell of the month, or a column of the week."""

    day: date
    href: str
    is_out: bool = False
    is_today: bool = False
    is_picked: bool = False
    events: list[Event] = field(default_factory=list)
    more: int = 0
    off: list[Off] = field(default_factory=list)
    agenda_href: str = ""


@dataclass(frozen=True)
class Lane:
    """A room, a thing or a person with what they have on each day."""

    name: str
    note: str
    cells: list[tuple[date, list[Event]]]


def days_off(
    holidays: Mapping[date, Sequence[Holiday]], closed: Mapping[date, Sequence[ClosedDay]]
) -> dict[date, list[Off]]:
    """Public holidays and the organisation's own days, by day."""
    found: dict[date, list[Off]] = {}
    for day, several in holidays.items():
        for each in several:
            found.setdefault(day, []).append(Off(each.name, each.citation, each.is_certain))
    for day, own in closed.items():
        found.setdefault(day, []).extend(Off(each.name, _("closed here")) for each in own)
    return found


def event_of(entry: Entry, in_clash: set[uuid.UUID]) -> Event:
    state = "clash" if entry.id in in_clash else "tentative" if entry.is_tentative else ""
    href = reverse("activity", args=[entry.id])
    detail = State(entry.state).label
    return Event(entry.title, href, entry.mode, clock(entry.wall_starts), state, str(detail))


def session_event(slot: Slot, in_clash: set[uuid.UUID], detail: str = "") -> Event:
    state = "clash" if slot.id in in_clash else "tentative" if slot.entry.is_tentative else ""
    href = reverse("activity_agenda", args=[slot.entry.id])
    return Event(slot.title, href, slot.entry.mode, clock(slot.wall_starts), state, detail)


def month_of(
    where: Where, entries: Iterable[Entry], off: Mapping[date, list[Off]], in_clash: set[uuid.UUID]
) -> list[Day]:
    """The cells of a month, whole weeks."""
    days = _days(where, off)
    for entry in entries:
        for day in entry.days:
            if cell := days.get(day):
                if len(cell.events) < IN_A_CELL:
                    cell.events.append(event_of(entry, in_clash))
                else:
                    cell.more += 1
    return list(days.values())


def week_of(
    where: Where, slots: Iterable[Slot], off: Mapping[date, list[Off]], in_clash: set[uuid.UUID]
) -> list[Day]:
    """The seven days with the sessions of each."""
    days = _days(where, off)
    for slot in slots:
        if cell := days.get(slot.day):
            if len(cell.events) < IN_A_COLUMN:
                cell.events.append(session_event(slot, in_clash, slot.room))
            else:
                cell.more += 1
    return list(days.values())


def _days(where: Where, off: Mapping[date, list[Off]]) -> dict[date, Day]:
    return {
        day: Day(
            day,
            where.href(on=day.isoformat()),
            is_out=where.view == "month" and day.month != where.on.month,
            is_today=day == where.today,
            is_picked=day == where.on,
            off=off.get(day, []),
            agenda_href=where.href(on=day.isoformat(), view="agenda"),
        )
        for day in where.span.days
    }


def lanes_of(where: Where, slots: Iterable[Slot], in_clash: set[uuid.UUID]) -> list[Lane]:
    """Rooms and things, or people, against the days of a week; each activity once in a cell, in the
    order of time, from when it is there on."""
    held: dict[tuple[str, str], dict[date, dict[uuid.UUID, list[Slot]]]] = {}
    names: dict[tuple[str, str], tuple[str, str]] = {}
    for slot in slots:
        for name, note in _lanes(slot, people=where.view == "people"):
            key = (note.casefold(), name.casefold())
            names.setdefault(key, (name, note))
            cell = held.setdefault(key, {}).setdefault(slot.day, {})
            cell.setdefault(slot.entry.id, []).append(slot)
    days = where.span.days
    return [
        Lane(
            *names[key],
            [
                (day, [_together(each, in_clash) for each in held[key].get(day, {}).values()])
                for day in days
            ],
        )
        for key in sorted(held)
    ]


def _together(slots: Sequence[Slot], in_clash: set[uuid.UUID]) -> Event:
    """The sessions of one activity in one cell: under their title if it is one, else its own."""
    first = slots[0]
    clashes = any(slot.id in in_clash for slot in slots)
    title = first.title if len(slots) == 1 else first.entry.title
    state = "clash" if clashes else "tentative" if first.entry.is_tentative else ""
    href = reverse("activity_agenda", args=[first.entry.id])
    return Event(title, href, first.entry.mode, clock(first.wall_starts), state)


def _lanes(slot: Slot, *, people: bool) -> Iterable[tuple[str, str]]:
    if people:
        yield from ((person, "") for person in slot.people)
        return
    if slot.room:
        yield slot.room, slot.venue
    for thing in slot.things:
        yield thing, str(_("Equipment"))


def clash_words(double: Double) -> str:
    """Who needs what twice, and when on the clock of the first one's venue."""
    zone = double.first.entry.zone
    shared = double.together
    return _(
        "%(what)s is needed on %(day)s from %(from)s to %(until)s in “%(first)s” (%(one)s)"
        " and in “%(second)s” (%(other)s)."
    ) % {
        "what": double.what,
        "day": formats.date_format(wall_time(shared.starts_at, zone), "j M"),
        "from": clock(wall_time(shared.starts_at, zone)),
        "until": clock(wall_time(shared.ends_at, zone)),
        "first": double.first.title,
        "one": double.first.entry.number,
        "second": double.second.title,
        "other": double.second.entry.number,
    }


def holiday_words(entries: Iterable[Entry], off: Mapping[date, list[Off]]) -> list[str]:
    """Activities on a day that is free."""
    return [
        _("%(number)s “%(title)s” is on %(day)s: %(why)s.")
        % {
            "number": entry.number,
            "title": entry.title,
            "day": formats.date_format(day, "j M"),
            "why": ", ".join(each.name for each in off[day]),
        }
        for entry in entries
        for day in entry.days
        if day in off and not entry.is_enduring
    ]


def clash_count(count: int) -> str:
    return ngettext("%(n)d clash", "%(n)d clashes", count) % {"n": count} if count else ""
