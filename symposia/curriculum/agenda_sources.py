"""What a meeting should look at: contexts register readers of what changed since the last one."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Proposed:
    """A point for the agenda: its kind, its words, and the record it is about."""

    kind: str
    title: str
    note: str
    subject_type: str
    subject_id: uuid.UUID


Reader = Callable[[datetime], Iterable[Proposed]]
_readers: dict[str, Reader] = {}


def agenda_source(name: str) -> Callable[[Reader], Reader]:
    """Mark a pure reader of what happened since an instant."""

    def remember(reader: Reader) -> Reader:
        _readers[name] = reader
        return reader

    return remember


def proposed_since(since: datetime) -> list[Proposed]:
    """Every point that any context proposes, source by source."""
    return [each for read in _readers.values() for each in read(since)]
