"""What accreditors ask, as dated data with its citation: of an activity, and of the programme.
Pure."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from symposia.shared.dated import Dated, days_taken

FILE = Path(__file__).with_name("criteria.json")
ACTIVITY, PROGRAMME = "activity", "programme"


@dataclass(frozen=True)
class Criterion(Dated):
    """One thing that a body asks, the kinds of evidence that show it, and where that stands."""

    key: str
    body: str
    title: str
    requires: str
    evidence: tuple[str, ...]
    # Of activities that offer one of these credits, or are held in one of these countries; empty:
    # whatever is offered, wherever it is.
    systems: frozenset[str]
    countries: frozenset[str]
    # Of one activity, or of everything a provider does.
    scope: str = ACTIVITY
    # The number it had before, which people still say.
    old: str = ""

    def is_for(self, country: str, systems: Collection[str]) -> bool:
        offered = not self.systems or bool(self.systems & set(systems))
        return offered and (not self.countries or country in self.countries)


@lru_cache(maxsize=1)
def criteria() -> tuple[Criterion, ...]:
    """Every criterion that the product knows, in the order in which bodies list them."""
    return tuple(_criterion(dict(each)) for each in _read()["criteria"])


@lru_cache(maxsize=1)
def papers_shown() -> tuple[str, ...]:
    """Words in the titles of documents that show a programme to accreditors; lists of people and
    papers of money are none of them."""
    return tuple(_read()["papers"])


@lru_cache(maxsize=1)
def _read() -> Any:
    return json.loads(FILE.read_text(encoding="utf-8"))


def _criterion(said: dict[str, object]) -> Criterion:
    listed = {name: frozenset(said.pop(name, [])) for name in ("systems", "countries")}  # type: ignore[call-overload]
    evidence: tuple[str, ...] = tuple(said.pop("evidence"))  # type: ignore[arg-type]
    return Criterion(evidence=evidence, **listed, **days_taken(said), **said)  # type: ignore[arg-type]


def criteria_for(
    country: str, systems: Collection[str], on: date, scope: str = ACTIVITY
) -> list[Criterion]:
    """What is asked of an activity in a country that offers these credits and ends on a day."""
    return [
        each
        for each in criteria()
        if each.scope == scope and each.holds(on) and each.is_for(country, systems)
    ]
