"""Facts about an activity that contexts above keep, read through one registry.

Actions refuse on it, the readiness rail shows it, every disabled button explains itself from it.
An upper context registers its facts in `AppConfig.ready`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from symposia.activities.models import Activity
from symposia.activities.reading import one_reading
from symposia.shared.lists import Words
from symposia.shared.refusals import Objection

Condition = Literal["sealed", "done", "blocked", "now", "waiting"]


class Stage(StrEnum):
    """Steps of an activity that may have to wait for a fact."""

    SUBMIT = "submit"
    OPEN = "open"
    START = "start"
    CLOSE = "close"


@dataclass(frozen=True)
class Reading:
    """How it stands with a fact now, what is missing, and where to mend it."""

    state: Condition
    objection: Objection | None = None
    # (url name, arguments) of the exact place.
    link: tuple[str, Sequence[Any]] | None = None
    count: Words = ""
    detail: Words = ""
    owner: str = ""


@dataclass(frozen=True)
class Fact:
    """A named condition; `read` answers nothing where it does not apply to the activity."""

    name: str
    label: Words
    read: Callable[[Activity], Reading | None]
    # The steps that are refused while the reading has an objection.
    needed_for: frozenset[Stage] = field(default=frozenset())
    # Its place on the rail: 10 needs, 20 place, 30 agenda, 40 faculty, 50 what upper contexts
    # add before submission, 60 approval, 70 open, 80 door, 90 credits, 95 report.
    order: int = 50


@dataclass(frozen=True)
class Known:
    """A fact with its reading of one activity."""

    fact: Fact
    reading: Reading


_facts: dict[str, Fact] = {}


def register_fact(fact: Fact) -> None:
    """Put a fact on the rail; the same name again replaces it."""
    _facts[fact.name] = fact


def read_facts(activity: Activity) -> list[Known]:
    """Every fact that applies to the activity, in the order of the rail."""
    ordered = sorted(_facts.values(), key=lambda f: (f.order, f.name))
    with one_reading():
        found = [(fact, fact.read(activity)) for fact in ordered]
    return [Known(fact, reading) for fact, reading in found if reading]


def objections_to(stage: Stage, known: Sequence[Known]) -> list[Objection]:
    """Everything that stands in the way of a step."""
    return [
        k.reading.objection
        for k in known
        if stage in k.fact.needed_for and k.reading.objection is not None
    ]
