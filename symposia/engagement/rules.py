"""What may follow an activity, by its mode: dated data with its citation. Pure."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from symposia.shared.dated import Dated, days_taken

FILE = Path(__file__).with_name("follow_ups.json")


@dataclass(frozen=True)
class FollowUpRule(Dated):
    """Whether one kind of follow-up is allowed in a mode; of whom, by when, on which consent."""

    kind: str
    mode: str
    # Of whoever was there (true), of whoever was not (false).
    came: tuple[bool, ...]
    allowed: bool
    # Whether it becomes a task by itself once the activity is over.
    is_made: bool
    days: int
    # What the clinician must not have said no to, where something is sent to them.
    purpose: str

    def due_on(self, day: date) -> date:
        """The last day of a follow-up that becomes due from a day on."""
        return day + timedelta(days=self.days)


@lru_cache(maxsize=1)
def follow_up_rules() -> tuple[FollowUpRule, ...]:
    """Every rule that the product knows of."""
    read = json.loads(FILE.read_text(encoding="utf-8"))["rules"]
    return tuple(_rule(each) for each in read)


def _rule(said: dict[str, Any]) -> FollowUpRule:
    came = tuple(said.pop("came"))
    return FollowUpRule(came=came, **days_taken(said), **said)  # type: ignore[arg-type]


def rule_for(kind: str, mode: str, on: date) -> FollowUpRule | None:
    """The rule of one kind in a mode that holds on a day."""
    held = (each for each in follow_up_rules() if each.kind == kind and each.mode == mode)
    return next((each for each in held if each.holds(on)), None)


def rules_of(mode: str, on: date) -> list[FollowUpRule]:
    """What is allowed and what is forbidden in a mode on a day."""
    return [each for each in follow_up_rules() if each.mode == mode and each.holds(on)]


def made_for(mode: str, on: date, *, came: bool) -> list[FollowUpRule]:
    """What becomes a task by itself, of whoever was there or was not."""
    return [
        each for each in rules_of(mode, on) if each.allowed and each.is_made and came in each.came
    ]
