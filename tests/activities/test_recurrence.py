from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symposia.activities.agenda import creditable_minutes
from symposia.activities.models import Session
from symposia.activities.recurrence import (
    LONGEST,
    Frequency,
    Occurrence,
    Proposal,
    Rule,
    a_year_later,
    days_of,
    occurrences,
    proposals,
    wall_start,
)
from symposia.activities.repeating import said_rule
from symposia.shared.times import NoSuchLocalTime, at_venue

FRIDAY = date(2026, 9, 4)
GATE, NIGHTLY = 300, 20_000
ZONES = ["America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]
RULES = st.builds(
    lambda frequency, interval, first, days: Rule(
        frequency, interval, first, first + timedelta(days=days)
    ),
    st.sampled_from(Frequency),
    st.integers(1, 6),
    st.dates(date(2000, 1, 1), date(2090, 12, 31)),
    st.integers(0, 500),
)


def falls_on(rule, day):  # noqa: PLR0911  # one answer per kind of rule
    """Whether a rule falls on a day, by counting on the calendar alone."""
    days, first = (day - rule.first_on).days, rule.first_on
    months = (day.year - first.year) * 12 + day.month - first.month
    if rule.frequency == Frequency.DAILY:
        return days % rule.interval == 0
    if rule.frequency == Frequency.WEEKLY:
        return days % (7 * rule.interval) == 0
    if months % rule.interval:
        return False
    if rule.frequency == Frequency.MONTHLY_DAY:
        return day.day == first.day
    if day.weekday() != first.weekday():
        return False
    if first.day > 28:
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 == (first.day - 1) // 7


def agrees(rule):
    """The days of a rule are those a person finds who looks at every page of the calendar."""
    pages = (rule.until_on - rule.first_on).days + 1
    calendar = (rule.first_on + timedelta(days=n) for n in range(pages))
    assert days_of(rule) == [day for day in calendar if falls_on(rule, day)][:LONGEST]


def keeps_the_wall_clock(rule, clock, zone):
    """The hour on the wall stays when the clocks change; the instant is the zone's own."""
    for day in days_of(rule)[:40]:
        wall = wall_start(day, clock)
        local = wall.replace(tzinfo=ZoneInfo(zone))
        exists = local.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall
        if exists:
            # In the hour that comes twice, two zones never compare as equal.
            assert at_venue(wall, zone) == local.astimezone(UTC)
        else:
            with pytest.raises(NoSuchLocalTime):
                at_venue(wall, zone)


def counts_each_minute_once(slots):
    """Credit against an oracle that ticks off every single minute."""
    start = datetime(2027, 3, 11, 9, tzinfo=UTC)
    sessions, ticked = [], set()
    for after, minutes, share in slots:
        counts = min(minutes, share)
        at = start + timedelta(minutes=after)
        sessions.append(
            Session(
                organisation_id="00000000-0000-0000-0000-000000000000",
                starts_at=at,
                ends_at=at + timedelta(minutes=minutes),
                minutes=minutes,
                creditable_minutes=counts,
            )
        )
        ticked |= set(range(after, after + counts))
    assert creditable_minutes(sessions) == len(ticked)


CLOCKS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
SLOTS = st.lists(
    st.tuples(st.integers(0, 600), st.integers(1, 120), st.integers(0, 120)), max_size=8
)


@given(RULES)
@settings(max_examples=GATE, deadline=None)
def test_every_rule_has_the_days_of_the_calendar(rule):
    agrees(rule)


@given(RULES, CLOCKS, st.sampled_from(ZONES))
@settings(max_examples=GATE, deadline=None)
def test_the_hour_on_the_wall_stays_when_the_clocks_change(rule, clock, zone):
    keeps_the_wall_clock(rule, clock, zone)


@given(SLOTS)
@settings(max_examples=GATE, deadline=None)
def test_credit_counts_each_minute_once(slots):
    counts_each_minute_once(slots)


@pytest.mark.nightly
@given(RULES)
@settings(max_examples=NIGHTLY, deadline=None)
def test_twenty_thousand_rules_have_the_days_of_the_calendar(rule):
    agrees(rule)


@pytest.mark.nightly
@given(RULES, CLOCKS, st.sampled_from(ZONES))
@settings(max_examples=NIGHTLY, deadline=None)
def test_twenty_thousand_times_the_hour_on_the_wall_stays(rule, clock, zone):
    keeps_the_wall_clock(rule, clock, zone)


@pytest.mark.nightly
@given(SLOTS)
@settings(max_examples=NIGHTLY, deadline=None)
def test_twenty_thousand_agendas_count_each_minute_once(slots):
    counts_each_minute_once(slots)


def test_the_first_friday_of_each_month():
    rule = Rule(Frequency.MONTHLY_WEEKDAY, 1, FRIDAY, date(2026, 12, 31))

    assert days_of(rule) == [FRIDAY, date(2026, 10, 2), date(2026, 11, 6), date(2026, 12, 4)]


def test_the_last_friday_is_the_last_one_of_shorter_months_too():
    rule = Rule(Frequency.MONTHLY_WEEKDAY, 1, date(2026, 10, 30), date(2026, 12, 31))

    assert days_of(rule) == [date(2026, 10, 30), date(2026, 11, 27), date(2026, 12, 25)]


def test_a_day_may_be_skipped_moved_or_added():
    rule = Rule(Frequency.WEEKLY, 1, FRIDAY, date(2026, 9, 20))
    moved = {FRIDAY: date(2026, 9, 3), date(2026, 9, 11): None, date(2027, 1, 1): None}

    assert occurrences(rule, moved, [date(2026, 9, 15)]) == [
        Occurrence(FRIDAY, date(2026, 9, 3)),
        Occurrence(date(2026, 9, 11), None),
        Occurrence(date(2026, 9, 15), date(2026, 9, 15)),
        Occurrence(date(2026, 9, 18), date(2026, 9, 18)),
    ]


def test_a_series_that_ends_before_it_begins_has_no_day():
    assert days_of(Rule(Frequency.DAILY, 1, FRIDAY, date(2026, 9, 1))) == []


THANKSGIVING = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("closed", "to"),
    [
        ((), date(2026, 11, 27)),
        ((date(2026, 11, 27),), date(2026, 11, 25)),
        (tuple(date(2026, 11, n) for n in (23, 24, 25, 27)), None),
    ],
    ids=["the day after", "else the day before", "no free day of that week"],
)
def test_a_day_that_meets_a_holiday_goes_to_the_nearest_free_one_of_its_week(closed, to):
    planned = [Occurrence(THANKSGIVING, THANKSGIVING), Occurrence(date(2026, 12, 3), None)]
    holidays = {THANKSGIVING: "Thanksgiving"} | dict.fromkeys(closed, "Closed")

    assert proposals(planned, holidays) == [Proposal(THANKSGIVING, "Thanksgiving", to)]


def test_two_days_never_go_to_the_same_one():
    days = [date(2026, 12, 24), date(2026, 12, 25)]
    found = proposals([Occurrence(d, d) for d in days], dict.fromkeys(days, "Christmas"))

    assert [each.to for each in found] == [date(2026, 12, 23), date(2026, 12, 22)]


@given(RULES)
@settings(max_examples=GATE, deadline=None)
def test_a_year_later_it_is_the_same_weekday_or_the_same_day_of_the_month(rule):
    later = a_year_later(rule)

    first, was = later.first_on, rule.first_on
    if rule.frequency == Frequency.MONTHLY_DAY:
        assert (first.month, first.day) in {(was.month, was.day), (2, 28)}
    else:
        assert first.weekday() == was.weekday()
    if rule.frequency == Frequency.MONTHLY_WEEKDAY:
        assert first.month == was.month
        assert falls_on(rule, first) or rule.interval > 1
    assert 358 <= (first - was).days <= 372


@pytest.mark.parametrize(
    ("repeats", "interval", "said"),
    [
        ("daily", 1, "every day"),
        ("weekly", 2, "every 2 weeks"),
        ("monthly_weekday", 1, "every month on the same weekday"),
        ("monthly_day", 3, "every 3 months on the same day"),
    ],
)
def test_a_rule_is_said_in_words(repeats, interval, said):
    assert said_rule(repeats, interval) == said
