"""What may not be removed: contexts above say so, whatever removes content asks first."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from symposia.shared.refusals import Objection
from symposia.work.models import StoredFile

# May the content of this file go?
OfFile = Callable[[StoredFile], Objection | None]
# May these rows of a table go?
OfRows = Callable[[QuerySet[Any]], Objection | None]
_of_files: dict[str, OfFile] = {}
_of_rows: dict[str, OfRows] = {}


def keeps_files(name: str) -> Callable[[OfFile], OfFile]:
    """Mark a pure reader of a context above as knowing which files stay."""

    def remember(read: OfFile) -> OfFile:
        _of_files[name] = read
        return read

    return remember


def keeps_rows(name: str) -> Callable[[OfRows], OfRows]:
    """Mark a pure reader of a context above as knowing which records stay."""

    def remember(read: OfRows) -> OfRows:
        _of_rows[name] = read
        return read

    return remember


def objection_to_dropping(file: StoredFile) -> Objection | None:
    """Why a file stays: somebody holds it, or its time has not run out."""
    found = (read(file) for _name, read in sorted(_of_files.items()))
    return next((objection for objection in found if objection), None)


def objection_to_deleting(rows: QuerySet[Any]) -> Objection | None:
    """Why records stay: somebody holds one of them."""
    found = (read(rows) for _name, read in sorted(_of_rows.items()))
    return next((objection for objection in found if objection), None)
