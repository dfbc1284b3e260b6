"""Putting one thing before another in a list that keeps its order. Pure."""

from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def placed(things: Sequence[Thing], thing: Thing, position: int) -> list[Thing]:
    """The same things with this one at a position, counted from 0; beyond the end is the end."""
    others = [each for each in things if each != thing]
    at = max(0, min(position, len(others)))
    return [*others[:at], thing, *others[at:]]
