"""How much of something falls into one year, or into any 365 days around a day. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from symposia.shared.money import Money

LENGTH = timedelta(days=365)
POLICY = "organisation-policy"


def year_of(day: date, begins: int) -> int:
    """The year of caps a day lies in, named by the calendar year in which it begins."""
    return day.year if day.month >= begins else day.year - 1


def first_of_year(day: date, begins: int) -> date:
    """The first day of the year of caps a day lies in."""
    return date(year_of(day, begins), begins, 1)


def fullest(days: Iterable[date], on: date) -> int:
    """The most of these days, and `on`, within any 365 days that hold `on`."""
    return max(len(window) for window in _windows([*((day, None) for day in days)], on)) + 1


def highest(amounts: Iterable[tuple[date, Money]], on: date, own: Money) -> Money:
    """The largest sum of one currency, with `own` of the day itself, within any 365 days that
    hold it."""
    sums = []
    for window in _windows(list(amounts), on):
        total = own
        for _day, amount in window:
            total += amount
        sums.append(total)
    return max(sums, key=lambda total: total.amount)


_What = TypeVar("_What")


def _windows(found: Sequence[tuple[date, _What]], on: date) -> list[list[tuple[date, _What]]]:
    """What lies in each stretch of 365 days that holds the day and begins with one of them."""
    begins = sorted({on, *(day for day, _what in found if on - LENGTH < day < on)})
    return [
        [(day, what) for day, what in found if first <= day < first + LENGTH] for first in begins
    ]
