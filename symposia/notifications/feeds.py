"""Meetings for calendars that subscribe (RFC 5545, 7986): each in the zone of its venue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from symposia.notifications.calendar import CalendarEntry, event_of
from symposia.notifications.filling import one_line

# How often a program should look again; the large ones look when they like.
AGAIN = timedelta(hours=1)


@dataclass(frozen=True)
class FeedItem(CalendarEntry):
    """An entry of anybody's calendar, without people; `changed_at` is when it last changed."""

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
    event = event_of(item, item.changed_at)
    event.add("status", item.status)
    event.add("url", item.link)
    return event
