"""What contexts above hang on the verdict about a subject: disclosures relied on, certificates."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Hanging:
    """A record that rests on subjects whose verdict would change."""

    id: str
    label: str


Reader = Callable[[Collection[uuid.UUID]], list[Hanging]]
_readers: dict[str, dict[str, Reader]] = {}


def hangs_on(subject_type: str, kind: str) -> Callable[[Reader], Reader]:
    """Mark a pure reader of the records of one kind that rest on subjects of a type."""

    def remember(read: Reader) -> Reader:
        _readers.setdefault(subject_type, {})[kind] = read
        return read

    return remember


def hanging_on(subjects: Mapping[str, Collection[uuid.UUID]]) -> dict[str, list[Hanging]]:
    """What rests on these subjects, by its kind; each record once."""
    found: dict[str, dict[str, Hanging]] = defaultdict(dict)
    for subject_type, ids in subjects.items():
        for kind, read in _readers.get(subject_type, {}).items():
            found[kind] |= {each.id: each for each in read(ids)}
    return {kind: list(rows.values()) for kind, rows in sorted(found.items())}
