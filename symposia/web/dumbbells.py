"""Geometry of before and after: two dots on a line from nothing to a hundred, one row each."""

from dataclasses import dataclass

WIDTH, SIDE = 220, 8


@dataclass(frozen=True)
class Dumbbell:
    """Where the two dots of a row stand, and where the line between them begins and ends."""

    before: str
    after: str
    low: str
    high: str


def dumbbell(before: float, after: float) -> Dumbbell:
    """A row from its two figures in per cent."""
    low, high = sorted((before, after))
    return Dumbbell(_at(before), _at(after), _at(low), _at(high))


def _at(percent: float) -> str:
    """A place on the line as SVG reads it, whatever the reader's decimal sign."""
    return f"{SIDE + (WIDTH - 2 * SIDE) * min(100.0, max(0.0, percent)) / 100:.1f}"
