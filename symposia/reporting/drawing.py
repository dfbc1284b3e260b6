"""A sample of activities drawn by rule: by type and year, from a seed that is kept. Pure."""

import hashlib
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

# As many as ACCME picks for a review at most.
SAMPLE = 15
MOST = 60


@dataclass(frozen=True)
class Candidate:
    """An activity that could be drawn, and the pile it lies on."""

    id: uuid.UUID
    number: str
    type: str
    year: int


@dataclass(frozen=True)
class DrawRule:
    """From which years and types so many are drawn; no type means all of them."""

    from_year: int
    until_year: int
    types: tuple[str, ...] = ()
    size: int = SAMPLE


def drawn(pool: Sequence[Candidate], seed: str, size: int) -> list[Candidate]:
    """So many of them: round by round one of each type and year, in an order that the seed alone
    decides, so that no kind is left out while another comes twice. The same again for the same
    seed and pool, whoever draws."""
    chance = random.Random(seed)  # noqa: S311  # to be drawn again by anybody, not to be secret
    piles: dict[tuple[str, int], list[Candidate]] = {}
    for each in sorted(pool, key=_by_number):
        piles.setdefault((each.type, each.year), []).append(each)
    for key in sorted(piles):
        chance.shuffle(piles[key])
    order = sorted(piles)
    chance.shuffle(order)
    found: list[Candidate] = []
    while len(found) < size and any(piles.values()):
        for key in order:
            if piles[key] and len(found) < size:
                found.append(piles[key].pop())
    return sorted(found, key=_by_number)


def _by_number(each: Candidate) -> str:
    return each.number


def fingerprint(pool: Sequence[Candidate]) -> str:
    """The hash of what there was to draw from."""
    numbers = "\n".join(sorted(each.number for each in pool))
    return hashlib.sha256(numbers.encode()).hexdigest()
