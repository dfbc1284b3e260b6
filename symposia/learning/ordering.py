"""Putting one thing before another in a list that keeps its order. Pure."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar


class Numbered(Protocol):
    """What has a number in an order."""

    position: int


Thing = TypeVar("Thing")
Row = TypeVar("Row", bound=Numbered)


def placed(things: Sequence[Thing], thing: Thing, position: int) -> list[Thing]:
    """The same things with this one at a position, counted from 0; beyond the end is the end."""
    others = [each for each in things if each != thing]
    at = max(0, min(position, len(others)))
    return [*others[:at], thing, *others[at:]]


def numbered(things: Iterable[Row]) -> list[Row]:
    """Number things from 1 as they stand, without holes; those that had another number."""
    others = []
    for number, each in enumerate(things, start=1):
        if each.position != number:
            each.position = number
            others.append(each)
    return others
