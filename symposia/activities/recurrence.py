"""On which days a series takes place: a rule, and the days that are skipped, moved or added. Pure.

Days are days of the venue's calendar and the clock is its clock: when the clocks change, the
hour on the wall stays and the instant follows.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any

from dateutil.rrule import (
    DAILY,
    MONTHLY,
    WEEKLY,
    rrule,
    weekday,
)

LONGEST = 366  # days of one rule; a series is planned a year at a time
_FIFTH = 4


class Frequency(StrEnum):
    """How often something repeats."""

    DAILY = "daily"
    WEEKLY = "weekly"
    # The second Friday, or the last one.
    MONTHLY_WEEKDAY = "monthly_weekday"
    # The 15th; months without that day are left out.
    MONTHLY_DAY = "monthly_day"


@dataclass(frozen=True)
class Rule:
    """Every so many days, weeks or months, from the first day to the last."""

    frequency: Frequency
    interval: int
    first_on: date
    until_on: date


@dataclass(frozen=True)
class Occurrence:
    """A day of the series, with the day on which it takes place instead: none if it is skipped."""

    planned_on: date
    on: date | None


@dataclass(frozen=True)
class Proposal:
    """A day that meets a holiday, and the nearest one in its place: none if the week has none."""

    day: date
    holiday: str
    to: date | None


def days_of(rule: Rule) -> list[date]:
    """The days of a rule in their order."""
    found = rrule(
        dtstart=datetime.combine(rule.first_on, time()),
        until=datetime.combine(rule.until_on, time()),
        interval=rule.interval,
        **_how(rule),
    )
    return [each.date() for each in islice(found, LONGEST)]


def _how(rule: Rule) -> dict[str, Any]:
    if rule.frequency == Frequency.DAILY:
        return {"freq": DAILY}
    if rule.frequency == Frequency.WEEKLY:
        return {"freq": WEEKLY}
    if rule.frequency == Frequency.MONTHLY_DAY:
        return {"freq": MONTHLY, "bymonthday": rule.first_on.day}
    place = (rule.first_on.day - 1) // 7
    nth = -1 if place == _FIFTH else place + 1
    return {"freq": MONTHLY, "byweekday": weekday(rule.first_on.weekday(), nth)}


def occurrences(
    rule: Rule, moved: Mapping[date, date | None], added: Collection[date] = ()
) -> list[Occurrence]:
    """Each day with where it went; what is said of days outside the rule is left aside."""
    days = sorted({*days_of(rule), *added})
    return [Occurrence(day, day if day in added else moved.get(day, day)) for day in days]


def proposals(
    planned: Collection[Occurrence], holidays: Mapping[date, str], off: Collection[int] = (5, 6)
) -> list[Proposal]:
    """For each day that meets a holiday the nearest free working day of the same week."""
    taken = {each.on for each in planned}
    found = []
    for each in planned:
        if each.on is None or each.on not in holidays:
            continue
        to = _nearest(each.on, {*taken, *holidays}, off)
        taken.add(to)
        found.append(Proposal(each.planned_on, holidays[each.on], to))
    return found


def _nearest(day: date, taken: Collection[date | None], off: Collection[int]) -> date | None:
    monday = day - timedelta(days=day.weekday())
    week = [monday + timedelta(days=n) for n in range(7)]
    free = [each for each in week if each not in taken and each.weekday() not in off]
    return min(free, key=lambda each: (abs((each - day).days), each < day), default=None)


def a_year_later(rule: Rule) -> Rule:
    """The same rule a year on: a second Friday stays a second Friday, a Friday a Friday."""
    first, until = _year_later(rule, rule.first_on), rule.until_on + timedelta(weeks=52)
    if rule.frequency in {Frequency.MONTHLY_DAY, Frequency.MONTHLY_WEEKDAY}:
        until = max(until, _same_day(rule.until_on))
    return Rule(rule.frequency, rule.interval, first, until)


def _year_later(rule: Rule, day: date) -> date:
    if rule.frequency == Frequency.MONTHLY_DAY:
        return _same_day(day)
    if rule.frequency != Frequency.MONTHLY_WEEKDAY:
        return day + timedelta(weeks=52)
    begins = datetime.combine(date(day.year + 1, day.month, 1), time())
    later: date = rrule(dtstart=begins, count=1, **_how(rule))[0].date()
    return later


def _same_day(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + 1, day=28)


def wall_start(day: date, clock: time) -> datetime:
    """When it begins on the wall of the venue."""
    return datetime.combine(day, clock)
