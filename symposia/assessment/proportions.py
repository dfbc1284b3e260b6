"""Shares and how far two of them differ: pure arithmetic, which says nothing of why.

Intervals are Wilson's for one share and Newcombe's (method 10, Statistics in Medicine
1998;17:873-890) for the difference of two independent ones, both with 95 per cent.
"""

import re
from dataclasses import dataclass
from math import sqrt

from symposia.assessment.gain import Interval
from symposia.assessment.scoring import number_of

_Z = 1.959964
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    numerator: int
    denominator: int

    @property
    def percent(self) -> float:
        return 100 * self.numerator / self.denominator

    @property
    def interval(self) -> Interval:
        """Wilson's interval, in per cent."""
        n, p = self.denominator, self.numerator / self.denominator
        middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
        return Interval(100 * (middle - half), 100 * (middle + half))


@dataclass(frozen=True)
class Difference:
    """How far a share after differs from one before, in percentage points."""

    before: Share
    after: Share

    @property
    def points(self) -> float:
        return self.after.percent - self.before.percent

    @property
    def interval(self) -> Interval:
        first, second = self.before.interval, self.after.interval
        a, b = self.before.percent, self.after.percent
        low = sqrt((b - second.low) ** 2 + (first.high - a) ** 2)
        high = sqrt((second.high - b) ** 2 + (a - first.low) ** 2)
        return Interval(self.points - low, self.points + high)

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves no difference out."""
        return self.interval.low > 0 or self.interval.high < 0


def number_in(text: str) -> float | None:
    """The first number of a text such as `62 % within 60 minutes`; nothing where there is none, or
    one that could be read in two ways."""
    found = _NUMBER.search(text)
    number = number_of(found.group()) if found else None
    return None if number is None else float(number)


def verdict_of(baseline: float | None, target: float | None, difference: Difference | None) -> str:
    """What figures from records say about a gap: `reached`, `closer`, `unclear`, `away`, or
    `no_figures` where there is nothing to compare with a target."""
    if difference is None or target is None:
        return "no_figures"
    start = difference.before.percent if baseline is None else baseline
    way = 1 if target >= start else -1
    if way * (difference.after.percent - target) >= 0:
        return "reached"
    if not difference.is_clear:
        return "unclear"
    return "closer" if way * difference.points > 0 else "away"
