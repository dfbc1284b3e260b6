"""What the evidence for a criterion is made of: what was found, its files, what is missing."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from symposia.activities.models import Activity
from symposia.shared.lists import Words

Where = tuple[str, list[Any]]


@dataclass(frozen=True)
class Found:
    """One kind of evidence of an activity. A gap says in words what is missing, whose it is and
    where it is mended; of what does not apply, `spared` says why."""

    lines: Sequence[tuple[str, str]] = field(default=())
    files: Sequence[uuid.UUID] = field(default=())
    gap: str = ""
    mend: Where | None = None
    spared: str = ""


Reader = Callable[[Activity], Found]


@dataclass(frozen=True)
class Kind:
    """A kind of evidence: what it is called, who keeps it, and how it is read."""

    key: str
    title: Words
    # Whose it is to mend: the words of a role of the organisation.
    whose: Words
    read: Reader


def said(*lines: tuple[Any, Any]) -> list[tuple[str, str]]:
    """Lines with something behind their name."""
    return [(str(name), str(what)) for name, what in lines if what not in (None, "", [])]
