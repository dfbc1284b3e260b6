from dataclasses import replace
from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from symposia.notifications.calendar import Meeting, calendar_cancellation, calendar_request

MEETING = Meeting(
    uid="018f-activity@localhost",
    sequence=0,
    title="Acute stroke",
    starts_at=datetime(2026, 3, 12, 13, tzinfo=UTC),
    ends_at=datetime(2026, 3, 12, 14, 30, tzinfo=UTC),
    zone="Asia/Kolkata",
    place="Hall A; Pune, India",
    notes="1.50 credits",
    link="http://localhost:8000/r/x/",
    organiser="Bhima Valley CME",
    attendee_name="Radhika Iyer",
    attendee_address="radhika@example.org",
)
AT = datetime(2026, 3, 1, tzinfo=UTC)


def made(write=calendar_request, **changes):
    text = write(replace(MEETING, **changes), organiser_address="cme@example.org", at=AT)
    return Calendar.from_ical(text)


def event(calendar):
    return calendar.walk("VEVENT")[0]


def test_a_request_carries_the_venue_zone_and_no_call_for_an_answer():
    calendar = made()

    assert calendar["method"] == "REQUEST"
    assert event(calendar)["dtstart"].dt.isoformat() == "2026-03-12T18:30:00+05:30"
    assert [str(z["tzid"]) for z in calendar.walk("VTIMEZONE")] == ["Asia/Kolkata"]
    assert event(calendar)["attendee"].params["RSVP"] == "FALSE"
    assert event(calendar)["location"] == "Hall A; Pune, India"


def test_a_change_keeps_the_identity_and_raises_the_sequence():
    before, after = event(made()), event(made(sequence=1, place="Hall B"))

    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)


def test_a_cancellation_names_the_same_meeting():
    calendar = made(calendar_cancellation, sequence=2)

    assert calendar["method"] == "CANCEL"
    assert event(calendar)["status"] == "CANCELLED"
    assert event(calendar)["uid"] == MEETING.uid


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kolkata", "Europe/London", "UTC"])
def test_the_instant_survives_each_zone_and_clock_change(zone):
    start = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    read = event(made(zone=zone, starts_at=start, ends_at=start.replace(hour=3)))

    assert read["dtstart"].dt.astimezone(UTC) == start


@pytest.mark.parametrize(
    "hostile",
    ["Ada\r\nATTENDEE:mailto:all@example.org", 'Ada";X="1', "Ada\nBEGIN:VALARM", "a" * 5000],
)
def test_hostile_text_adds_no_line(hostile):
    calendar = made(title=hostile, place=hostile, notes=hostile, attendee_name=hostile,
                    organiser=hostile)  # fmt: skip

    assert set(event(calendar)) == set(event(made()))
    assert not isinstance(event(calendar)["attendee"], list)
    assert not calendar.walk("VALARM")
