"""The people of the demonstration work on working days, in the order in which things happen."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from symposia.demonstration.days import days_ago, morning_after, working_day

MONDAY = datetime(2026, 3, 9, 18, 30, tzinfo=UTC)
WEEK = [MONDAY + timedelta(days=number) for number in range(7)]
FRIDAY = 4


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "America/New_York", "UTC"])
@pytest.mark.parametrize("today", WEEK, ids=lambda each: each.strftime("%a"))
def test_what_was_done_was_done_on_a_working_day_and_in_its_order(today, zone):
    moments = [days_ago(today, days, zone).astimezone(ZoneInfo(zone)) for days in range(41, 0, -1)]

    assert all(each.weekday() <= FRIDAY for each in moments)
    assert all(10 <= each.hour <= 16 for each in moments)
    assert moments == sorted(set(moments))
    assert moments[-1] < today


@pytest.mark.parametrize("at", WEEK, ids=lambda each: each.strftime("%a"))
def test_the_office_goes_on_in_the_next_morning_of_work(at):
    morning = morning_after(at, "America/New_York").astimezone(ZoneInfo("America/New_York"))

    assert morning.weekday() <= FRIDAY
    assert morning.hour == 10
    assert timedelta(hours=12) < morning - at < timedelta(days=4)


@pytest.mark.parametrize(
    ("day", "then"),
    [(13, 13), (14, 16), (15, 16), (16, 16)],
    ids=["Friday", "Saturday", "Sunday", "Monday"],
)
def test_what_is_to_come_waits_for_the_monday(day, then):
    assert working_day(date(2026, 3, day)) == date(2026, 3, then)
