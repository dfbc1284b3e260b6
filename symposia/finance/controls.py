"""The limits that finance works within: dated data with its source. Pure."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("controls.json")


@dataclass(frozen=True)
class Controls:
    """What holds from a day until a day; percents of what was expected, days of the calendar."""

    # So far apart three papers may lie and still agree.
    tolerance_percent: Decimal
    # From so much above what was expected on a second person agrees.
    second_percent: Decimal
    # So near in time and amount two bills of one vendor may be the same.
    twin_days: int
    twin_percent: Decimal
    # So long after bank details changed whoever changed them releases nothing to them.
    fresh_days: int
    # So many days a line of a card and its receipt may lie apart.
    card_days: int
    citation: str
    confidence: str
    valid_from: date
    valid_until: date | None = None

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


@lru_cache(maxsize=1)
def known_controls() -> tuple[Controls, ...]:
    """Every row that the product knows."""
    read = json.loads(FILE.read_text(encoding="utf-8"))["controls"]
    return tuple(_controls(each) for each in read)


def controls_on(day: date) -> Controls:
    """What holds on a day. Raises StopIteration where nothing was written for it."""
    return next(each for each in known_controls() if each.holds(day))


def _controls(said: dict[str, str | int]) -> Controls:
    until = said.get("valid_until")
    return Controls(
        *(Decimal(said["tolerance_percent"]), Decimal(said["second_percent"])),
        *(int(said["twin_days"]), Decimal(said["twin_percent"])),
        *(int(said["fresh_days"]), int(said["card_days"])),
        *(str(said["citation"]), str(said["confidence"])),
        date.fromisoformat(str(said["valid_from"])),
        date.fromisoformat(str(until)) if until else None,
    )
