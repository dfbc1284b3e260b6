"""Wall times at a venue and the instants they are, on the days when clocks change too."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symposia.shared.times import ZONES, Interval, NoSuchLocalTime, at_venue, day_ends, wall_time

INSTANTS = st.datetimes(
    datetime.fromisoformat("2000-01-01"),
    datetime.fromisoformat("2100-01-01"),
    timezones=st.just(UTC),
)
MINUTES = st.integers(-10_000, 10_000)
NOON = datetime(2031, 3, 4, 12, tzinfo=UTC)


def stretch(first, last):
    return Interval(NOON + timedelta(minutes=first), NOON + timedelta(minutes=last))


@pytest.mark.parametrize(
    ("wall", "zone", "instant"),
    [
        ("2026-07-01 09:00", "America/New_York", "2026-07-01 13:00"),
        ("2026-01-15 09:00", "America/New_York", "2026-01-15 14:00"),
        ("2026-01-15 09:00", "Asia/Kolkata", "2026-01-15 03:30"),
        ("2026-01-15 09:00", "Asia/Kathmandu", "2026-01-15 03:15"),
        ("2026-01-01 00:30", "Pacific/Kiritimati", "2025-12-31 10:30"),
        ("2024-02-29 23:30", "Pacific/Pago_Pago", "2024-03-01 10:30"),
        # The hour that comes twice is the first one.
        ("2026-11-01 01:30", "America/New_York", "2026-11-01 05:30"),
        ("2026-10-25 02:30", "Europe/Berlin", "2026-10-25 00:30"),
        ("2026-04-05 01:45", "Australia/Lord_Howe", "2026-04-04 14:45"),
    ],
)
def test_a_wall_time_is_an_instant(wall, zone, instant):
    expected = datetime.fromisoformat(instant).replace(tzinfo=UTC)

    assert at_venue(datetime.fromisoformat(wall), zone) == expected


@pytest.mark.parametrize(
    ("wall", "zone"),
    [
        ("2026-03-08 02:30", "America/New_York"),
        ("2026-03-29 02:00", "Europe/Berlin"),
        ("2026-10-04 02:15", "Australia/Lord_Howe"),
        ("2011-12-30 12:00", "Pacific/Apia"),
    ],
)
def test_a_time_that_the_clocks_jump_over_is_none(wall, zone):
    with pytest.raises(NoSuchLocalTime, match=zone):
        at_venue(datetime.fromisoformat(wall), zone)


@given(INSTANTS, st.sampled_from(ZONES))
def test_the_wall_shows_what_was_agreed(instant, zone):
    """Of a repeated hour the first is meant, so the way back is the same wall time."""
    wall = wall_time(instant, zone)

    assert wall.tzinfo is None
    assert at_venue(wall, zone) <= instant
    assert wall_time(at_venue(wall, zone), zone) == wall


def test_zones_can_be_chosen_and_are_known():
    assert {"UTC", "Asia/Kolkata", "America/New_York"} <= set(ZONES)
    assert "EST5EDT" not in ZONES
    assert all(ZoneInfo(zone) for zone in ZONES)


@given(MINUTES, MINUTES)
def test_a_stretch_never_lasts_less_than_nothing(first, last):
    assert stretch(first, last).minutes == max(0, last - first)


def test_only_whole_minutes_count():
    assert Interval(NOON, NOON + timedelta(minutes=1, seconds=59)).minutes == 1


def test_a_night_with_a_change_of_clocks_lasts_what_it_lasts():
    evening = at_venue(datetime.fromisoformat("2026-10-31T22:00"), "America/New_York")
    morning = at_venue(datetime.fromisoformat("2026-11-01T06:00"), "America/New_York")

    assert Interval(evening, morning).minutes == 9 * 60


@given(MINUTES, MINUTES, MINUTES, MINUTES)
def test_an_overlap_is_what_both_have(a, b, c, d):
    one, other = stretch(min(a, b), max(a, b)), stretch(min(c, d), max(c, d))
    both = one.overlap(other)

    assert both == other.overlap(one)
    shared = min(max(a, b), max(c, d)) - max(min(a, b), min(c, d))
    assert (both.minutes if both else 0) == max(0, shared)


def test_what_only_touches_does_not_overlap():
    assert stretch(0, 30).overlap(stretch(30, 60)) is None


@pytest.mark.parametrize(
    ("wall", "zone"),
    [("9999-12-31 23:59", "America/New_York"), ("0001-01-01 00:00", "Asia/Kolkata")],
)
def test_a_time_that_no_calendar_counts_is_none(wall, zone):
    with pytest.raises(NoSuchLocalTime):
        at_venue(datetime.fromisoformat(wall), zone)


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kolkata", "Pacific/Kiritimati"])
def test_a_day_that_never_comes_ends_where_every_zone_can_say_it(zone):
    ends = day_ends(date.max, zone)

    assert ends.year == date.max.year
    assert ends.astimezone(ZoneInfo("Pacific/Kiritimati"))
