"""By when medical affairs answers: dated data with its citation. Pure."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from symposia.shared.dated import Dated, days_taken

FILE = Path(__file__).with_name("medical_deadlines.json")


@dataclass(frozen=True)
class AnswerRule(Dated):
    """Within how many days a question that was handed over is answered."""

    days: int


@lru_cache(maxsize=1)
def answer_rules() -> tuple[AnswerRule, ...]:
    """Every rule that the product knows of."""
    read = json.loads(FILE.read_text(encoding="utf-8"))["rules"]
    return tuple(_rule(each) for each in read)


def _rule(said: dict[str, object]) -> AnswerRule:
    return AnswerRule(**days_taken(said), **said)  # type: ignore[arg-type]


def answer_due_on(day: date) -> date | None:
    """The last day for the answer to a question handed over on a day; nothing without a rule."""
    rule = next((each for each in answer_rules() if each.holds(day)), None)
    return day + timedelta(days=rule.days) if rule else None
