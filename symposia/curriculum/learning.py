"""Which objectives a clinician has learnt: contexts above register how they know."""

import uuid
from collections.abc import Callable, Collection

Reader = Callable[[uuid.UUID, Collection[uuid.UUID]], set[uuid.UUID]]
_readers: dict[str, Reader] = {}


def knows_learning(name: str) -> Callable[[Reader], Reader]:
    """Mark a pure reader of the objectives, of those asked for, that a clinician has learnt."""

    def remember(reader: Reader) -> Reader:
        _readers[name] = reader
        return reader

    return remember


def learnt_by(clinician_id: uuid.UUID, objective_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Of these objectives the ones that any context knows the clinician has learnt."""
    found: set[uuid.UUID] = set()
    for reader in _readers.values():
        found |= reader(clinician_id, objective_ids)
    return found
