"""Facts of a subject that only contexts above know; rules read them all by name."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

Reader = Callable[[uuid.UUID], Mapping[str, Any]]
_readers: dict[str, dict[str, Reader]] = {}


def knows_facts(subject_type: str, name: str) -> Callable[[Reader], Reader]:
    """Mark a pure reader as knowing facts of every subject of a type."""

    def remember(read: Reader) -> Reader:
        _readers.setdefault(subject_type, {})[name] = read
        return read

    return remember


def facts_of(subject_type: str, subject_id: uuid.UUID) -> dict[str, Any]:
    """Everything the registered readers know of a subject now."""
    known: dict[str, Any] = {}
    for read in _readers.get(subject_type, {}).values():
        known.update(read(subject_id))
    return known
