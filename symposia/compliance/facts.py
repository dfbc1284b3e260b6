"""What contexts above know of a subject: rules read it all by name, and people by id."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from symposia.shared.money import Money


@dataclass(frozen=True)
class Subject:
    """What rules look at: an activity, say, with its day and the words it is described in."""

    type: str
    id: uuid.UUID
    on: date
    title: str = ""
    words: str = ""


@dataclass(frozen=True)
class Engaged:
    """Somebody of the directory who is engaged to speak, and for how much where that is known."""

    clinician_id: uuid.UUID
    name: str
    fee: Money | None = None


Reader = Callable[[uuid.UUID], Mapping[str, Any]]
People = Callable[[uuid.UUID], list[Engaged]]
_readers: dict[str, dict[str, Reader]] = {}
_people: dict[str, People] = {}


def knows_facts(subject_type: str, name: str) -> Callable[[Reader], Reader]:
    """Mark a pure reader as knowing facts of every subject of a type."""

    def remember(read: Reader) -> Reader:
        readers = _readers.setdefault(subject_type, {})
        if readers.get(name, read) is not read:
            raise ValueError(f"two readers of {subject_type} are called {name}")
        readers[name] = read
        return read

    return remember


def engages_people(subject_type: str) -> Callable[[People], People]:
    """Mark the one pure reader that knows who speaks at a subject, and for how much."""

    def remember(read: People) -> People:
        _people[subject_type] = read
        return read

    return remember


def facts_of(subject_type: str, subject_id: uuid.UUID) -> dict[str, Any]:
    """Everything the registered readers know of a subject now."""
    known: dict[str, Any] = {}
    for name, read in _readers.get(subject_type, {}).items():
        found = read(subject_id)
        if twice := known.keys() & found.keys():
            raise ValueError(f"{name} names facts that another reader knows: {sorted(twice)}")
        known.update(found)
    return known


def people_of(subject_type: str, subject_id: uuid.UUID) -> list[Engaged]:
    """Who speaks at a subject, each person once."""
    read = _people.get(subject_type)
    return read(subject_id) if read else []
