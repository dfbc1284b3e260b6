"""By what the rows of an import are found again: their keys begin alike and end with the line."""

import uuid
from dataclasses import dataclass, field

from django.db import connection

from symposia.shared.ids import uuid7


def _beginning() -> str:
    """All of a UUIDv7 but its last eight digits, which are the line."""
    return uuid7().hex[:24]


@dataclass(frozen=True)
class Marks:
    """How the keys of one import begin."""

    person_key: str = field(default_factory=_beginning)
    number_key: str = field(default_factory=_beginning)
    institution_key: str = field(default_factory=_beginning)
    place_key: str = field(default_factory=_beginning)


def keys_of(beginning: str) -> tuple[uuid.UUID, uuid.UUID]:
    """The first and the last key that begin so."""
    return uuid.UUID(f"{beginning}00000000"), uuid.UUID(f"{beginning}ffffffff")


def line_of(key: uuid.UUID) -> int:
    """The line of the file that a row came from."""
    return int(key.hex[24:], 16)


_WRITTEN_BY = """
SELECT coalesce(
  (SELECT xmin::text::bigint FROM directory_clinician
    WHERE id BETWEEN %(person_first)s AND %(person_last)s LIMIT 1),
  (SELECT xmin::text::bigint FROM directory_identifier
    WHERE id BETWEEN %(number_first)s AND %(number_last)s LIMIT 1),
  (SELECT xmin::text::bigint FROM directory_institution
    WHERE id BETWEEN %(institution_first)s AND %(institution_last)s LIMIT 1))
"""


def written_by(marks: Marks) -> int | None:
    """The transaction that wrote the new rows, as they bear it until somebody writes them again."""
    spans: dict[str, uuid.UUID] = {}
    for kind in ("person", "number", "institution"):
        first, last = keys_of(getattr(marks, f"{kind}_key"))
        spans |= {f"{kind}_first": first, f"{kind}_last": last}
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN_BY, spans)
        found: int | None = cursor.fetchone()[0]
    return found
