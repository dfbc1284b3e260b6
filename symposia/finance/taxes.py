"""Which tax stands in a fee: dated data with its citation, and what of an amount it is. Pure."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from symposia.shared.money import round_half_up

FILE = Path(__file__).with_name("taxes.json")


@dataclass(frozen=True)
class Tax:
    """A tax of a country, from a day until a day, with the law it stands in."""

    country: str
    kind: str
    name: str
    percent: Decimal
    citation: str
    confidence: str
    valid_from: date
    valid_until: date | None = None

    def __str__(self) -> str:
        return said_of(self.name, self.percent)

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


@lru_cache(maxsize=1)
def known_taxes() -> tuple[Tax, ...]:
    """Every tax that the product knows."""
    read = json.loads(FILE.read_text(encoding="utf-8"))["taxes"]
    return tuple(_tax(each) for each in read)


def _tax(said: dict[str, str]) -> Tax:
    until = said.get("valid_until")
    return Tax(
        *(said["country"], said["kind"], said["name"], Decimal(said["percent"])),
        *(said["citation"], said["confidence"], date.fromisoformat(said["valid_from"])),
        date.fromisoformat(until) if until else None,
    )


def tax_for(country: str, kind: str, *, on: date) -> Tax | None:
    """The tax of a kind that holds in a country on a day; nothing where none is known."""
    found = (t for t in known_taxes() if (t.country, t.kind) == (country, kind) and t.holds(on))
    return next(found, None)


def said_of(name: str, percent: Decimal) -> str:
    """A tax as people read it: its name and its rate."""
    return f"{name} {percent.normalize():f} %"


def tax_in(amount_minor: int, percent: Decimal) -> int:
    """What of an amount is tax, where the amount includes it, in whole minor units."""
    return int(round_half_up(Decimal(amount_minor) * percent / (100 + percent), 0))
