"""By when drug safety has to be told of an adverse event: dated data with its citation. Pure."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from symposia.shared.dated import Dated, days_taken

FILE = Path(__file__).with_name("safety.json")


@dataclass(frozen=True)
class SafetyRule(Dated):
    """Within how many hours an adverse event is forwarded, from when somebody was told of it."""

    hours: int

    def due_at(self, received_at: datetime) -> datetime:
        """The last moment for one that was told of then."""
        return received_at + timedelta(hours=self.hours)


@lru_cache(maxsize=1)
def safety_rules() -> tuple[SafetyRule, ...]:
    """Every rule that the product knows of."""
    read = json.loads(FILE.read_text(encoding="utf-8"))["rules"]
    return tuple(_rule(each) for each in read)


def _rule(said: dict[str, object]) -> SafetyRule:
    return SafetyRule(**days_taken(said), **said)  # type: ignore[arg-type]


def safety_rule_on(day: date) -> SafetyRule:
    """The rule that holds on a day. Raises LookupError where the file has none, which is a fault of
    the file: an adverse event always has its clock."""
    for rule in safety_rules():
        if rule.holds(day):
            return rule
    raise LookupError(f"no rule of drug safety holds on {day}")
