"""What hangs on a person, table by table, in words: each context tells of its own.

The tables themselves are found in the models (`references.py`): whoever points at a clinician
follows the clinician. Here is only what a person reads of it, and what stands against a merge.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from symposia.directory.models import Clinician
from symposia.shared.lists import Words
from symposia.shared.refusals import Objection

Counted = Callable[[int], str]
Hindrance = Callable[[Clinician, Clinician], Iterable[Objection]]


@dataclass(frozen=True)
class Belonging:
    """What a table holds of a person: how many of what, and why a second one stays where it is."""

    label: str
    counted: Counted
    both: Words = ""


_belongings: dict[str, Belonging] = {}
_hindrances: list[Hindrance] = []


def belongs_to_people(label: str, counted: Counted, *, both: Words = "") -> None:
    """Say in words what a table holds of a person; `both` where each can have only one of it."""
    _belongings[label] = Belonging(label, counted, both)


def hinders_merging(read: Hindrance) -> Hindrance:
    """Mark a reader of what has to be settled before two records become one."""
    _hindrances.append(read)
    return read


def belonging(label: str) -> Belonging | None:
    return _belongings.get(label)


def hindrances(kept: Clinician, merged: Clinician) -> Iterator[Objection]:
    """Everything the contexts have against it."""
    for read in _hindrances:
        yield from read(kept, merged)
