"""Months as people count them: the same day of a later month, or its last day."""

from calendar import monthrange
from datetime import date, datetime
from typing import TypeVar

Day = TypeVar("Day", date, datetime)


def months_later(day: Day, months: int) -> Day:
    """The same day so many months later (before, if negative); 31 January + 1 is 28 February."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    last = monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


def first_of_month(day: date) -> date:
    return day.replace(day=1)
