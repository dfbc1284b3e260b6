"""From what somebody did to credit: a body's rule as values, and the arithmetic with each step.

The numbers are data of the credit system (`systems.json`); here is only how they are used. Minutes
are whole minutes of taking part, by the day on the wall of the venue.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from symposia.activities.models import Type
from symposia.credits.models import CreditSystem, Rounding
from symposia.shared.money import down_to_step, to_step

LIVE = "live"
# The bodies' learning formats by our types of activities; every other type is held live.
_FORMATS: dict[str, str] = {
    Type.INTERNET_ENDURING: "enduring",
    Type.PRINT_ENDURING: "enduring",
    Type.JOURNAL_BASED: "journal",
    Type.PI_CME: "pi_cme",
    Type.MANUSCRIPT_REVIEW: "manuscript",
    Type.TEST_ITEM_WRITING: "test_item",
    Type.POINT_OF_CARE: "point_of_care",
    Type.FROM_TEACHING: "from_teaching",
    Type.OTHER: "other",
}
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class LearningFormat:
    """What one learning format of a body gives: by time, or so much for the whole of something."""

    key: str
    words: str
    minutes_per_credit: int | None
    credit: Decimal | None
    unit: str
    maximum: Decimal | None
    rule: str
    confidence: str

    @property
    def by_time(self) -> bool:
        return self.minutes_per_credit is not None


@dataclass(frozen=True)
class AwardRule:
    """Everything that decides an amount: one format of one dated version of a system."""

    minutes_per_credit: int | None
    credit: Decimal | None
    step: Decimal
    rounding: str
    day_ceiling: Decimal | None = None
    ceiling: Decimal | None = None


@dataclass(frozen=True)
class Worked:
    """An amount with its arithmetic: before any limit, after the limit of each day, in whole steps,
    and after the limit of the activity. `limited_days` are those on which a limit told."""

    exact: Decimal
    within_days: Decimal
    stepped: Decimal
    amount: Decimal
    limited_days: tuple[date, ...] = ()

    @property
    def met_ceiling(self) -> bool:
        return self.amount < self.stepped


def format_key_of(activity_type: str) -> str:
    """Which learning format the bodies call a type of activity."""
    return _FORMATS.get(activity_type, LIVE)


def formats_of(system: CreditSystem) -> list[LearningFormat]:
    """The learning formats that a body knows, in its own words."""
    return [_read(each) for each in system.formats]


def format_of(system: CreditSystem, key: str) -> LearningFormat | None:
    """One of them; nothing where the body gives no credit for it."""
    return next((each for each in formats_of(system) if each.key == key), None)


def rule_of(system: CreditSystem, key: str) -> AwardRule:
    """The rule of a system for one learning format; its general one where it names no formats."""
    found = format_of(system, key)
    most = found.maximum if found else None
    ceilings = [each for each in (system.ceiling, most) if each is not None]
    return AwardRule(
        found.minutes_per_credit if found else system.minutes_per_credit,
        found.credit if found else None,
        system.step,
        system.rounding,
        system.day_ceiling,
        min(ceilings) if ceilings else None,
    )


def worked_out(rule: AwardRule, minutes: Mapping[date, int], *, took_part: bool = True) -> Worked:
    """What the minutes of each day come to. Limits of a day come before rounding, that of the
    activity after it: a body rounds a learner's credit once. Without time, all of it or nothing."""
    if rule.minutes_per_credit is None:
        whole = (rule.credit or Decimal(0)) if took_part else Decimal(0)
        return _limited(rule, whole, whole, ())
    per = Decimal(rule.minutes_per_credit)
    # In minutes as long as possible: a sum of thirds would lose the last of them.
    most = None if rule.day_ceiling is None else rule.day_ceiling * per
    counted = {
        day: min(Decimal(count), Decimal(count) if most is None else most)
        for day, count in minutes.items()
    }
    over = tuple(sorted(day for day, count in minutes.items() if counted[day] < count))
    exact, within = Decimal(sum(minutes.values())) / per, sum(counted.values(), Decimal(0)) / per
    return _limited(rule, exact, within, over)


def _limited(rule: AwardRule, exact: Decimal, within: Decimal, over: tuple[date, ...]) -> Worked:
    is_nearest = rule.rounding == Rounding.NEAREST
    stepped = (to_step if is_nearest else down_to_step)(within, rule.step)
    amount = stepped if rule.ceiling is None else min(stepped, rule.ceiling)
    return Worked(_shown(exact), _shown(within), stepped, amount, over)


def _shown(credit: Decimal) -> Decimal:
    """To two places, never more than it is."""
    return credit.quantize(_HUNDREDTH, rounding=ROUND_FLOOR)


def minutes_by_day(each: Iterable[tuple[date, int]]) -> dict[date, int]:
    """Minutes summed by day."""
    days: dict[date, int] = {}
    for day, minutes in each:
        days[day] = days.get(day, 0) + minutes
    return days


def fits_grammar(system: CreditSystem, number: str) -> bool:
    """Whether a number of an activity looks as the body writes it; any where it says nothing."""
    return not system.number_grammar or bool(re.fullmatch(system.number_grammar, number))


def _read(facts: Mapping[str, Any]) -> LearningFormat:
    def amount(name: str) -> Decimal | None:
        return Decimal(facts[name]) if facts[name] else None

    return LearningFormat(
        facts["key"],
        facts["words"],
        facts["minutes_per_credit"],
        amount("credit"),
        facts["unit"],
        amount("maximum"),
        facts["rule"],
        facts["confidence"],
    )
