"""An agenda for a calendar (RFC 5545): an event for each session, published and not asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from symposia.notifications.filling import one_line


@dataclass(frozen=True)
class AgendaItem:
    """A session as a calendar shows it; `uid` never changes, `sequence` rises with each change."""

    uid: str
    sequence: int
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    notes: str


def agenda_calendar(title: str, zone: str, items: Sequence[AgendaItem], *, at: datetime) -> bytes:
    """All sessions as one file."""
    calendar = Calendar()
    calendar.add("prodid", "-//Symposia//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(title))
    for item in items:
        calendar.add_component(_event(item, zone, at))
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _event(item: AgendaItem, zone: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", item.uid)
    event.add("sequence", item.sequence)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", item.starts_at.astimezone(ZoneInfo(zone)))
    event.add("dtend", item.ends_at.astimezone(ZoneInfo(zone)))
    event.add("summary", one_line(item.title))
    event.add("location", one_line(item.place))
    event.add("description", one_line(item.notes))
    return event
