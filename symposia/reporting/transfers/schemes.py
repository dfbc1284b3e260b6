"""What laws and codes want to know of transfers of value: dated data with its citation. Pure."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from dateutil.relativedelta import relativedelta

from symposia.shared.dated import Dated, days_taken
from symposia.shared.money import Money

FILE = Path(__file__).with_name("schemes.json")


@dataclass(frozen=True)
class SchemeRule(Dated):
    """One law or code: of whose recipients, of which year, by when, and how long it is kept."""

    code: str
    countries: frozenset[str]
    professions: frozenset[str]
    institutions: frozenset[str]
    # The money that its file is written in; empty: any.
    currency: str
    # In which month its year begins.
    begins_month: int
    # Until this day of the next calendar year a recipient whom one learns of counts as known.
    aware_month: int
    aware_day: int
    due_month: int
    due_day: int
    due_years: int
    dispute_days: int
    correction_days: int
    # Names are told of whoever agreed, others in a sum.
    by_consent: bool
    # It tells of events and names no professional.
    by_event: bool
    keep_months: int

    def year_of(self, on: date) -> int:
        """The year of the scheme in which a day lies, by the calendar year in which it begins."""
        return on.year if on.month >= self.begins_month else on.year - 1

    def days_of(self, year: int) -> tuple[date, date]:
        """First and last day of a year of the scheme."""
        first = date(year, self.begins_month, 1)
        return first, date(year + 1, self.begins_month, 1) - timedelta(days=1)

    def due_on(self, year: int) -> date:
        """By when what happened in a year is told."""
        return date(year + self.due_years, self.due_month, self.due_day)

    def aware_until(self, year: int) -> date:
        """Until when a recipient counts as known whom somebody else chose."""
        return date(year + 1, self.aware_month, self.aware_day)

    def kept_until(self, year: int) -> date:
        """The last day on which the records of a year are kept at least."""
        _first, last = self.days_of(year)
        until: date = last + relativedelta(months=self.keep_months)
        return until


@dataclass(frozen=True)
class Threshold(Dated):
    """What is too small to be told, one by one and by the year."""

    scheme: str
    single: Money
    yearly: Money


@dataclass(frozen=True)
class Category:
    """Where a scheme puts a kind of transfer, in its own words."""

    scheme: str
    kind: str
    category: str
    words: str


@lru_cache(maxsize=1)
def _read() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return read


@lru_cache(maxsize=1)
def scheme_rules() -> tuple[SchemeRule, ...]:
    """Every scheme that the product knows."""
    return tuple(_scheme(dict(each)) for each in _read()["schemes"])


def _scheme(said: dict[str, Any]) -> SchemeRule:
    several = {n: frozenset(said.pop(n)) for n in ("countries", "professions", "institutions")}
    return SchemeRule(**several, **days_taken(said), **said)  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def thresholds() -> tuple[Threshold, ...]:
    """Every threshold that the product knows."""
    return tuple(_threshold(dict(each)) for each in _read()["thresholds"])


def _threshold(said: dict[str, Any]) -> Threshold:
    currency = said.pop("currency")
    sums = {name: Money(Decimal(said.pop(name)), currency) for name in ("single", "yearly")}
    return Threshold(**sums, **days_taken(said), **said)  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def categories() -> dict[tuple[str, str], Category]:
    """Where each scheme puts each kind; a kind that is not there is not asked for."""
    return {(each["scheme"], each["kind"]): Category(**each) for each in _read()["categories"]}


def words_of(scheme: str, category: str) -> str:
    """A category in the words of its scheme."""
    found = (c.words for c in categories().values() if (c.scheme, c.category) == (scheme, category))
    return next(found, "")


def scheme_rule(code: str) -> SchemeRule:
    """A scheme by its code."""
    return next(rule for rule in scheme_rules() if rule.code == code)


def scheme_for(country: str, on: date) -> SchemeRule | None:
    """The scheme of the country in which a recipient practises; nothing where none is known."""
    return next((r for r in scheme_rules() if country in r.countries and r.holds(on)), None)


def threshold_for(scheme: str, on: date) -> Threshold | None:
    """What is too small on a day, as far as it is known."""
    return next((t for t in thresholds() if t.scheme == scheme and t.holds(on)), None)
