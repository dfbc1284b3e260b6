"""A file of rows that is looked at in a dry run, then brought in as it was shown: one step each."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from symposia.shared.actors import Actor
from symposia.shared.refusals import Objection, Refused
from symposia.work.apart import Unreadable
from symposia.work.imports.kept import copy_of_kept, sha256_of
from symposia.work.imports.shapes import Shape
from symposia.work.models import Import, ImportRow, ImportState, Outcome

Wish = TypeVar("Wish")


@dataclass(frozen=True)
class Fate:
    """What became, or would become, of one row, as the report of the file says it."""

    line: int
    outcome: Outcome
    reason: str = ""
    number: str = ""
    label: str = ""
    words: str = ""


@dataclass(frozen=True)
class RowFile:
    """A file as it was handed in: where it is, what it is called, what its columns mean."""

    path: Path
    name: str
    storage_name: str
    shape: Shape
    columns: Mapping[str, int] = field(default_factory=dict)


# Brings rows in, each through the rules that hold by hand: path, shape, column of each field.
Bringing = Callable[[Path, Shape, Mapping[str, int]], Sequence[Fate]]


def look_at(
    file: RowFile, kind: str, bring: Bringing, *, by: Actor, person: uuid.UUID | None
) -> Import:
    """Keep what the file is and which person answers for it, and of every row what it would do;
    what it did is undone."""
    made = Import.objects.create(
        kind=kind,
        file_name=file.name[:200],
        path=file.storage_name,
        size=file.path.stat().st_size,
        sha256=sha256_of(file.path),
        shape=file.shape.as_json(),
        header_hash=file.shape.header_hash,
        mapping={"columns": dict(file.columns)},
        made_by_id=person,
        made_by_name=by.name,
    )
    made.move(ImportState.CHECKING)
    with _taken_back():
        fates = bring(file.path, file.shape, file.columns)
    _write_report(made, fates)
    counts = counts_of(each.outcome for each in fates)
    made.move(ImportState.CHECKED, counts=counts, rows_read=len(fates))
    return made


def bring_in(made: Import, bring: Bringing) -> Import:
    """Bring in the rows of a file that was looked at, and say what became of each."""
    made.move(ImportState.IMPORTING)
    with copy_of_kept(made.path) as path:
        fates = bring(path, Shape.from_json(made.shape), made.mapping["columns"])
    _write_report(made, fates)
    counts = counts_of(each.outcome for each in fates)
    made.move(ImportState.DONE, counts=counts, finished_at=now())
    return made


def at_most(wishes: Iterable[Wish], most: int) -> Iterator[Wish]:
    """The rows of a file that is not too long. Raises Unreadable."""
    for count, wish in enumerate(wishes):
        if count >= most:
            raise Unreadable(_("More than %d rows. Hand it in in parts.") % most)
        yield wish


@contextmanager
def refused_as(unreadable: Objection) -> Iterator[None]:
    """Says no in the words of a context where its file cannot be read."""
    try:
        yield
    except Unreadable as error:
        raise Refused(unreadable.about(why=str(error) or _("It is damaged."))) from error


@contextmanager
def _taken_back() -> Iterator[None]:
    """What is done inside is undone at its end: the dry run says exactly what the rules say."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def counts_of(outcomes: Iterable[Outcome]) -> dict[str, Any]:
    """How many rows had which outcome."""
    found = Counter(outcomes)
    return {outcome.value: found[outcome] for outcome in Outcome if found[outcome]}


def _write_report(made: Import, fates: Sequence[Fate]) -> None:
    ImportRow.objects.filter(made=made).delete()
    ImportRow.objects.bulk_create(
        ImportRow(
            made=made,
            line=each.line,
            outcome=each.outcome,
            reason=each.reason,
            number=each.number,
            label=each.label,
            changes=each.words[:300],
        )
        for each in fates
    )
