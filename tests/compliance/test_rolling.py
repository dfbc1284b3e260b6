"""Years of caps and any 365 days: table tests at the edges."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from symposia.compliance.rolling import first_of_year, fullest, highest, year_of
from symposia.shared.money import Money

ON = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("day", "begins", "year"),
    [
        (date(2026, 1, 1), 1, 2026),
        (date(2026, 3, 31), 4, 2025),
        (date(2026, 4, 1), 4, 2026),
        (date(2026, 12, 31), 4, 2026),
    ],
)
def test_a_day_lies_in_one_year_of_caps(day, begins, year):
    assert year_of(day, begins) == year
    assert first_of_year(day, begins) == date(year, begins, 1)


@pytest.mark.parametrize(
    ("away", "count"),
    [
        ([], 1),
        ([-364], 2),
        ([-365], 1),
        ([364], 2),
        ([365], 1),
        ([-200, 200], 2),
        ([-180, 180], 3),
        ([-300, -299, 100, 300], 3),
        ([0], 2),
    ],
    ids=[
        "alone",
        "the last day before",
        "a day too early",
        "the last day after",
        "a day too late",
        "one before or one after, never both",
        "both within 365 days",
        "the fullest stretch counts",
        "the same day",
    ],
)
def test_the_fullest_stretch_of_365_days_that_holds_the_day(away, count):
    assert fullest([ON + timedelta(days=days) for days in away], ON) == count


def test_the_highest_sum_is_of_one_stretch():
    paid = [(ON - timedelta(days=300), usd(700)), (ON + timedelta(days=300), usd(400))]

    assert highest(paid, ON, usd(100)) == usd(800)


def usd(amount):
    return Money(Decimal(amount), "USD")
