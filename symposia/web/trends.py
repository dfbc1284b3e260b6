"""Geometry of a trend: how one figure went from round to round, on the same scale each time."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

WIDTH, HEIGHT, SIDE, TOP = 320, 110, 28, 22


class Figured(Protocol):
    """A round with its mean."""

    @property
    def round(self) -> int: ...
    @property
    def mean(self) -> Decimal: ...
    @property
    def answers(self) -> int: ...


@dataclass(frozen=True)
class Dot:
    """One round on the line, and where its figure is written."""

    x: str
    y: str
    label_y: str
    round: int
    mean: Decimal
    answers: int


@dataclass(frozen=True)
class Trend:
    """A line and its dots above a base line."""

    line: str
    dots: list[Dot]
    base: str
    foot: str
    end: str


def trend(points: Sequence[Figured], least: int = 1, most: int = 5) -> Trend:
    """Points at equal distances; their heights on the scale of the answers."""
    inner, high = WIDTH - 2 * SIDE, HEIGHT - 2 * TOP
    step = inner / max(1, len(points) - 1)
    dots = []
    for place, point in enumerate(points):
        share = (float(point.mean) - least) / (most - least)
        x, y = SIDE + place * step, TOP + high * (1 - share)
        dots.append(Dot(_at(x), _at(y), _at(y - 9), point.round, point.mean, point.answers))
    line = " ".join(f"{dot.x},{dot.y}" for dot in dots)
    return Trend(line, dots, _at(HEIGHT - TOP), _at(HEIGHT - 4), _at(WIDTH))


def _at(length: float) -> str:
    """A length as SVG reads it, whatever the reader's decimal sign."""
    return f"{length:.1f}"
