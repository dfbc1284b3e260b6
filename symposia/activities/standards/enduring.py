"""What accreditors ask of enduring material, as dated data with its citation."""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).resolve().with_name("enduring.json")


@dataclass(frozen=True)
class ReviewPeriod:
    """Within how many months enduring material is reviewed, from a day on."""

    effective_from: date
    review_within_months: int
    citation: str
    confidence: str


@lru_cache(maxsize=1)
def _periods() -> tuple[ReviewPeriod, ...]:
    found = json.loads(FILE.read_text(encoding="utf-8"))["periods"]
    return tuple(
        ReviewPeriod(**(each | {"effective_from": date.fromisoformat(each["effective_from"])}))
        for each in found
    )


def review_period_on(day: date) -> ReviewPeriod:
    """The period that counts on a day; before the first of them, the first."""
    known = [each for each in _periods() if each.effective_from <= day]
    return known[-1] if known else _periods()[0]
