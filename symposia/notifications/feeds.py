"""Meetings for calendars that subscribe (RFC 5545, 7986): each in the zone of its venue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from symposia.notifications.filling import one_line

# How often a program should look again; the large ones look when they like.
AGAIN = timedelta(hours=1)


@dataclass(frozen=True)
class FeedItem:
    """A meeting as anybody's calendar shows it, without people.

    `uid` never changes; `sequence` rises with each change; `changed_at` is when the last one was.
    """

    uid: str
    sequence: int
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    place: str
    notes: str
    link: str
    status: str
    changed_at: datetime


def feed_calendar(name: str, items: Sequence[FeedItem]) -> bytes:
    """All of them as one file; the same facts give the same bytes, so that nothing new is told."""
    calendar = Calendar()
    calendar.add("prodid", "-//Symposia//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", one_line(name))
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for item in items:
        calendar.add_component(_event(item))
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _event(item: FeedItem) -> Event:
    event, zone = Event(), ZoneInfo(item.zone)
    event.add("uid", item.uid)
    event.add("sequence", item.sequence)
    event.add("dtstamp", item.changed_at.astimezone(UTC))
    event.add("dtstart", item.starts_at.astimezone(zone))
    event.add("dtend", item.ends_at.astimezone(zone))
    event.add("summary", one_line(item.title))
    event.add("location", one_line(item.place))
    event.add("description", f"{one_line(item.notes)}\n{item.link}".strip())
    event.add("status", item.status)
    event.add("url", item.link)
    return event
