"""Geometry of an evening: how many were there from minute to minute, as two lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from symposia.attendance.occupancy import Moment

WIDTH, HEIGHT, SIDE, TOP = 640, 200, 36, 18
# Rows that a person reads; the file and the API have every minute.
MOST_ROWS = 48
_STEPS = (1, 5, 10, 15, 30, 60, 120)
# Distances between the times below the line.
_TICKS = 6


@dataclass(frozen=True)
class Tick:
    """A time below the line."""

    x: str
    moment: Moment


@dataclass(frozen=True)
class Evening:
    """The lines of the room and of those online, their scale, and the times below."""

    room: str
    online: str
    most: int
    top: str
    base: str
    foot: str
    begins: str
    ends: str
    ticks: list[Tick]


def evening(moments: Sequence[Moment]) -> Evening:
    """Each minute at its place; both lines on one scale."""
    inner, high = WIDTH - 2 * SIDE, HEIGHT - 2 * TOP
    most = max([1, *(max(each.room, each.online) for each in moments)])
    step = inner / max(1, len(moments) - 1)

    def line(counts: Sequence[int]) -> str:
        places = enumerate(counts)
        return " ".join(
            f"{_at(SIDE + n * step)},{_at(TOP + high * (1 - count / most))}" for n, count in places
        )

    every = max(1, len(moments) // _TICKS)
    ticks = [Tick(_at(SIDE + n * step), moments[n]) for n in range(0, len(moments), every)]
    return Evening(
        line([each.room for each in moments]),
        line([each.online for each in moments]),
        most,
        _at(TOP),
        _at(HEIGHT - TOP),
        _at(HEIGHT - 3),
        _at(SIDE),
        _at(WIDTH - SIDE),
        ticks,
    )


def rows_of(moments: Sequence[Moment]) -> tuple[int, list[Moment]]:
    """Every so many minutes one row, so that a person can read them; and how many minutes."""
    needed = -(-len(moments) // MOST_ROWS)
    step = next((each for each in _STEPS if each >= needed), _STEPS[-1])
    return step, list(moments[::step])


def _at(length: float) -> str:
    return f"{length:.1f}"
