"""What bodies want to be told and by when: dated data with its citation. Pure."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from symposia.shared.dated import Dated, days_taken

FILE = Path(__file__).with_name("dues.json")
# Boards of state medical councils accredit independent and scientific meetings alike.
YEAR_END, BEFORE_START, AFTER_END = "year_end", "before_start", "after_end"


@dataclass(frozen=True)
class DueRule(Dated):
    """One report that a body wants: of which activities, by which day, where that stands."""

    kind: str
    counted: str
    # Offered in one of these credit systems, or held in one of these countries.
    systems: frozenset[str]
    countries: frozenset[str]
    # Of learners with a licence of these boards alone; empty: of whoever learned.
    boards: frozenset[str]
    # Whether it tells of learners, so that without one there is nothing to tell.
    learners: bool
    days: int = 0
    month: int = 0
    day: int = 0

    def is_about(self, country: str, systems: Collection[str]) -> bool:
        return bool(self.systems & set(systems)) or country in self.countries

    def due_on(self, starts: date, ends: date) -> date:
        """The last day for an activity, by its days where it takes place."""
        if self.counted == YEAR_END:
            return date(ends.year + 1, self.month, self.day)
        span = timedelta(days=self.days)
        return starts - span if self.counted == BEFORE_START else ends + span

    @property
    def is_before(self) -> bool:
        """Whether it is owed before the activity takes place."""
        return self.counted == BEFORE_START


@lru_cache(maxsize=1)
def due_rules() -> tuple[DueRule, ...]:
    """Every report that the product knows of."""
    read = json.loads(FILE.read_text(encoding="utf-8"))["rules"]
    return tuple(_rule(each) for each in read)


def _rule(said: dict[str, object]) -> DueRule:
    listed = {name: frozenset(said.pop(name, [])) for name in ("systems", "countries", "boards")}  # type: ignore[call-overload]
    return DueRule(**listed, **days_taken(said), **said)  # type: ignore[arg-type]


def rules_for(country: str, systems: Collection[str], on: date) -> list[DueRule]:
    """What is owed of an activity in this country that offers these systems and ends on a day."""
    return [rule for rule in due_rules() if rule.holds(on) and rule.is_about(country, systems)]


def rule_of(kind: str, on: date) -> DueRule | None:
    """The rule for a kind of report that holds on a day."""
    return next((rule for rule in due_rules() if rule.kind == kind and rule.holds(on)), None)
