"""Who cites a guideline: contexts above register a reader of what of theirs does.

When a guideline is superseded, everything found here is listed for review.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Citing:
    """One thing that cites a guideline, by its id and the name people know it by."""

    subject_id: uuid.UUID
    name: str
    # Whose page shows it, where that is not its own.
    found_at: uuid.UUID | None = None


Reader = Callable[[uuid.UUID], Iterable[Citing]]
_readers: dict[str, Reader] = {}


def cites(subject_type: str) -> Callable[[Reader], Reader]:
    """Mark a pure reader as knowing what of one kind cites a guideline."""

    def remember(reader: Reader) -> Reader:
        _readers[subject_type] = reader
        return reader

    return remember


def citing(guideline_id: uuid.UUID) -> list[tuple[str, Citing]]:
    """Everything that cites a guideline, with its kind."""
    return [(kind, each) for kind in sorted(_readers) for each in _readers[kind](guideline_id)]
