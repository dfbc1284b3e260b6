"""A score of engagement with its parts: dated weights on what somebody did. Pure.

It counts what the timeline shows to whoever looks, so it says nothing that the wall keeps back; two
readers may see two scores, and each sees of what theirs is made.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from symposia.engagement.moments import MOMENT_WORDS, Moment, MomentKind
from symposia.shared.dated import Dated, days_taken

FILE = Path(__file__).with_name("score.json")
_MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Weight:
    """What one thing counts, and how many of them at most."""

    kind: str
    points: int
    most: int


@dataclass(frozen=True)
class Weights(Dated):
    """What counts over how many months."""

    months: int
    parts: tuple[Weight, ...]


@dataclass(frozen=True)
class Part:
    """One part of a score: how often, what each counts, what that comes to of what it could."""

    kind: str
    label: str
    count: int
    points: int
    most: int

    @property
    def comes_to(self) -> int:
        return self.points * min(self.count, self.most)

    @property
    def could(self) -> int:
        return self.points * self.most


@dataclass(frozen=True)
class Score:
    """The sum of the parts, of what they could come to, by weights that hold on a day."""

    parts: tuple[Part, ...]
    weights: Weights

    @property
    def comes_to(self) -> int:
        return sum(part.comes_to for part in self.parts)

    @property
    def could(self) -> int:
        return sum(part.could for part in self.parts)


@lru_cache(maxsize=1)
def all_weights() -> tuple[Weights, ...]:
    """Every set of weights that the product knows of."""
    read = json.loads(FILE.read_text(encoding="utf-8"))["weights"]
    return tuple(_weights(each) for each in read)


def _weights(said: dict[str, Any]) -> Weights:
    parts = tuple(Weight(**each) for each in said.pop("parts"))
    return Weights(parts=parts, **days_taken(said), **said)  # type: ignore[arg-type]


def weights_on(day: date) -> Weights | None:
    """The weights that hold on a day."""
    return next((each for each in all_weights() if each.holds(day)), None)


def score_of(moments: Iterable[Moment], weights: Weights, *, at: datetime) -> Score:
    """What some moments come to, of the months that count until now."""
    since = at - weights.months * _MONTH
    counted = Counter(each.kind for each in moments if since < each.at <= at)
    parts = (
        Part(
            each.kind,
            str(MOMENT_WORDS[each.kind]),
            counted[MomentKind(each.kind)],
            each.points,
            each.most,
        )
        for each in weights.parts
    )
    return Score(tuple(parts), weights)
