"""Geometry of the server-drawn figures: lengths are SVG attributes, so that pages need no style."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi

from symposia.web.parts import Requirement, Step, Words

RADIUS = 46
GAP = 9.0


@dataclass(frozen=True)
class Arc:
    """One requirement's piece of the credit ring."""

    kind: str
    dashes: str
    offset: str


def ring(requirements: Sequence[Requirement]) -> list[Arc]:
    """One arc per requirement, never a percentage; the first open one is the next to do."""
    if not requirements:
        return []
    around = 2 * pi * RADIUS
    slot = around / len(requirements)
    gap = GAP if len(requirements) > 1 else 0.0
    following = next((i for i, each in enumerate(requirements) if each.state == "open"), None)
    return [
        Arc(
            kind=_kind(each, is_next=index == following),
            dashes=f"{slot - gap:.1f} {around - slot + gap:.1f}",
            offset=f"{-(index * slot + gap / 2):.1f}",
        )
        for index, each in enumerate(requirements)
    ]


def _kind(requirement: Requirement, *, is_next: bool) -> str:
    if requirement.state == "sealed":
        return "sealed"
    if requirement.state == "done":
        return "on"
    return "next" if is_next else ""


@dataclass(frozen=True)
class Bullet:
    """A budget line to scale: committed, actual, what is over, and the estimate's mark."""

    committed: str
    actual: str
    over_from: str
    over: str
    mark: str


def bullet(estimate: int, committed: int, actual: int) -> Bullet:
    """Lengths in hundredths of the bar; the longest of the three fills nine tenths of it."""
    scale = 90 / (max(estimate, committed, actual) or 1)
    spent = max(committed, actual)
    return Bullet(
        committed=_at(committed * scale),
        actual=_at(min(actual, estimate) * scale),
        over_from=_at(estimate * scale),
        over=_at((spent - estimate) * scale) if spent > estimate else "",
        mark=_at(estimate * scale),
    )


def share(value: int, of: int) -> str:
    """How much of a bar is filled, in hundredths, never more than all of it."""
    return _at(min(100.0, 100 * value / of) if of > 0 else 0.0)


def _at(length: float) -> str:
    """A length as SVG reads it, whatever the reader's decimal sign."""
    return f"{length:.1f}"


ROW = 34
LABEL = 104
BAR = 220


@dataclass(frozen=True)
class StepBar:
    """One step of the funnel: its bar, its number, its share of the step before."""

    label: Words
    count: int
    href: str
    y: int
    width: str
    end: str
    rate: int | None


def step_bars(steps: Sequence[Step]) -> list[StepBar]:
    """Horizontal bars from the first step down, each with its rate from the step before."""
    largest = max((step.count for step in steps), default=0) or 1
    bars = []
    before: int | None = None
    for index, step in enumerate(steps):
        width = BAR * step.count / largest
        rate = round(100 * step.count / before) if before else None
        row = (index * ROW, _at(width), _at(LABEL + width + 8))
        bars.append(StepBar(step.label, step.count, step.href, *row, rate))
        before = step.count
    return bars
