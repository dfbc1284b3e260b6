"""Calendar invitations (RFC 5545, 5546): one stable identity per meeting, a rising sequence."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from symposia.notifications.filling import one_line

_BEGIN = b"BEGIN:VEVENT"


@dataclass(frozen=True)
class CalendarEntry:
    """What a calendar shows of an activity, whoever it is written for.

    `uid` never changes; `sequence` rises with each change that a calendar must follow.
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


@dataclass(frozen=True)
class Meeting(CalendarEntry):
    """An entry for one person; written anew at each change."""

    organiser: str
    attendee_name: str
    attendee_address: str
    coming: bool = False


def event_of(entry: CalendarEntry, at: datetime) -> Event:
    """The entry in the zone of its venue; `at` is when it was written."""
    event, zone = Event(), ZoneInfo(entry.zone)
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(zone))
    event.add("dtend", entry.ends_at.astimezone(zone))
    event.add("summary", one_line(entry.title))
    event.add("location", one_line(entry.place))
    event.add("description", f"{one_line(entry.notes)}\n{entry.link}".strip())
    return event


def calendar_request(meeting: Meeting, *, organiser_address: str, at: datetime) -> bytes:
    """Puts the meeting into a calendar, or moves it there."""
    return _calendar(meeting, "REQUEST", organiser_address, at)


def calendar_cancellation(meeting: Meeting, *, organiser_address: str, at: datetime) -> bytes:
    """Takes the meeting out of a calendar."""
    return _calendar(meeting, "CANCEL", organiser_address, at)


def _calendar(
    meeting: Meeting, method: Literal["REQUEST", "CANCEL"], organiser_address: str, at: datetime
) -> bytes:
    event = event_of(meeting, at)
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("transp", "OPAQUE" if meeting.coming else "TRANSPARENT")
    if meeting.link:
        event.add("url", meeting.link)
    event.add("organizer", _address(meeting.organiser, organiser_address), encode=False)
    event.add("attendee", _attendee(meeting), encode=False)

    calendar = Calendar()
    calendar.add("prodid", "-//Symposia//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return _with_zone(calendar.to_ical(), meeting.zone)


def _with_zone(written: bytes, zone: str) -> bytes:
    """The file with what its zone is, before the first event."""
    return written.replace(_BEGIN, _zone_in_words(zone) + _BEGIN, 1)


@lru_cache(maxsize=64)
def _zone_in_words(zone: str) -> bytes:
    """When a zone changes its clocks, as calendars read it: the same in every letter, and half the
    work of one. UTC needs no such words."""
    words: bytes = b"" if zone == "UTC" else Timezone.from_tzid(zone).to_ical()
    return words


def _attendee(meeting: Meeting) -> vCalAddress:
    address = _address(meeting.attendee_name, meeting.attendee_address)
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText("ACCEPTED" if meeting.coming else "NEEDS-ACTION")
    # People answer on our page: nobody reads what a calendar would send back.
    address.params["RSVP"] = vText("FALSE")
    return address


def _address(name: str, address: str) -> vCalAddress:
    made = vCalAddress(f"mailto:{address}")
    made.params["CN"] = vText(one_line(name).replace('"', "'"))
    return made
