"""Geometry of a burn: what of an envelope was promised and spent, beside an even pace."""

from collections.abc import Sequence
from dataclasses import dataclass

from symposia.finance.tree import Burned

WIDTH, HEIGHT, SIDE, TOP = 640, 200, 12, 22


@dataclass(frozen=True)
class Tick:
    """A month below the lines."""

    x: str
    burned: Burned


@dataclass(frozen=True)
class Burn:
    """Three lines on one scale, the cap above them, and the months below."""

    charged: str
    actual: str
    even: str
    cap: str
    base: str
    foot: str
    begins: str
    ends: str
    ticks: list[Tick]


def burn(months: Sequence[Burned], envelope: int) -> Burn:
    """Each month at its end; what is still to come has only its even pace."""
    inner, high = WIDTH - 2 * SIDE, HEIGHT - 2 * TOP
    most = max([1, envelope, *(max(each.charged, each.actual) for each in months)])
    step = inner / max(1, len(months))

    def height(minor: int) -> str:
        return _at(TOP + high * (1 - minor / most))

    def line(sums: Sequence[int]) -> str:
        points = [(SIDE, 0), *((SIDE + (n + 1) * step, each) for n, each in enumerate(sums))]
        return " ".join(f"{_at(x)},{height(each)}" for x, each in points)

    told = [each for each in months if not each.is_ahead]
    every = max(1, len(months) // 6)
    return Burn(
        line([each.charged for each in told]),
        line([each.actual for each in told]),
        line([each.even for each in months]),
        height(envelope),
        _at(HEIGHT - TOP),
        _at(HEIGHT - 4),
        _at(SIDE),
        _at(WIDTH - SIDE),
        [Tick(_at(SIDE + (n + 0.5) * step), months[n]) for n in range(0, len(months), every)],
    )


def _at(length: float) -> str:
    return f"{length:.1f}"
