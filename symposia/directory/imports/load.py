"""One file through the statements: staged in pieces, judged at once, applied at once."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from symposia.directory.import_words import PARTICULAR, SKIPPED
from symposia.directory.imports import (
    change_statements,
    nppes,
    own_statements,
    statements,
    table,
)
from symposia.directory.imports.marks import Marks
from symposia.directory.imports.staging import read, refresh_statistics, run, stage
from symposia.directory.imports.table import Meaning
from symposia.directory.models import OwnField
from symposia.directory.queries import guarded_fields
from symposia.work.imports.shapes import Shape, table_rows, text_lines
from symposia.work.models import Import

# How many rows are read in one transaction; after each the reader's progress is shown.
CHUNK = 100_000
# A file of at most so many rows gets a report of every row, a longer one of what was rejected.
REPORTED_WHOLE = 20_000
# Names are sorted into their index in few large steps; our own tables are simple to know.
_MEMORY = """
SET LOCAL work_mem = '96MB';
SET LOCAL maintenance_work_mem = '128MB';
SET LOCAL gin_pending_list_limit = '64MB';
SET LOCAL default_statistics_target = 10
"""


@dataclass
class Verdict:
    """How many rows would come in, and why the others would not."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    skipped: int = 0
    # Of these the file changes something that two people change: a second person is asked.
    asked: int = 0
    reasons: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return dict(vars(self))


@contextmanager
def staged_rows_of(
    path: Path, shape: Shape, meaning: Meaning | None, own: Sequence[OwnField] = ()
) -> Iterator[Iterator[str]]:
    """The rows of a file as COPY reads them; without a meaning it is the register's own file."""
    columns = len(shape.header)
    if meaning is None:
        with text_lines(path, shape) as lines:
            yield nppes.staged_rows(lines, columns)
        return
    with table_rows(path, shape) as rows:
        yield table.staged_rows(rows, columns, meaning, own)


def stage_chunk(rows: Iterator[str]) -> int:
    """Stage the next rows; none are left when it stages fewer than a chunk."""
    return stage(islice(rows, CHUNK))


def judge(own: Sequence[OwnField] = ()) -> Verdict:
    """Say of every staged row what it would do; nothing of the directory changes. `own` are the
    fields of one's own that columns of the file stand for."""
    with connection.cursor() as cursor:
        cursor.execute(_MEMORY)
    refresh_statistics("clinician_rows")
    has = _what_is_there()
    run(statements.REPEATED_NUMBERS)
    if has["emails"]:
        run(statements.REPEATED_EMAILS)
    if has["territories"]:
        run(statements.UNKNOWN_TERRITORIES)
    pairs = run(statements.PAIR_BY_NUMBER)
    if has["emails"]:
        pairs += run(statements.PAIR_BY_EMAIL)
    if pairs:
        _compare()
    run(statements.UNKNOWN_DEACTIVATED)
    run(statements.DEAD_NUMBERS)
    if own:
        _judge_own(own)
    if has["emails"]:
        run(statements.SAME_EMAIL)
    return _count()


def _judge_own(own: Sequence[OwnField]) -> None:
    """What fields of one's own would say, which rows they cannot take, and what would change."""
    run(own_statements.UNFOLD)
    refresh_statistics("clinician_own")
    if any(each.by_two for each in own) and run(own_statements.OF_TWO):
        run(own_statements.FORGET_OF_TWO)
    if needed := [each.pk for each in own if each.is_required]:
        run(own_statements.MISSING, needed=needed)
    run(own_statements.CHANGES)


def _what_is_there() -> dict[str, bool]:
    emails, territories = read(
        "SELECT bool_or(email <> ''), bool_or(territory <> '') FROM clinician_rows"
    )[0]
    return {"emails": bool(emails), "territories": bool(territories)}


def _compare() -> None:
    refresh_statistics("clinician_pairs")
    if run(statements.REPEATED_PEOPLE):
        run(statements.FORGET_REPEATED)
    run(statements.COMPARE, guarded=sorted(guarded_fields()))
    refresh_statistics("clinician_matches")


def _count() -> Verdict:
    problems = Counter(dict(read(statements.COUNT_PROBLEMS)))
    matches = read(statements.COUNT_MATCHES)
    good, skipped = problems.pop("", 0), sum(problems[each] for each in SKIPPED)
    changed = sum(number for is_changed, _asks, number in matches if is_changed)
    unchanged = sum(number for is_changed, _asks, number in matches if not is_changed)
    return Verdict(
        rows=good + problems.total(),
        new=good - changed - unchanged,
        changed=changed,
        unchanged=unchanged,
        rejected=problems.total() - skipped,
        skipped=skipped,
        asked=sum(number for _is_changed, asks, number in matches if asks),
        reasons=dict(problems),
    )


def apply(
    made: Import, verdict: Verdict, meaning: Meaning | None, marks: Marks
) -> tuple[list[UUID], list[UUID]]:
    """Make the directory what the judged rows say: the institutions added, the people changed."""
    institutions = _add_institutions(made.organisation_id, marks)
    run(statements.FIND_PLACES)
    changed = _change(made) if verdict.changed else []
    key = {"clinician_key": marks.person_key, "organisation": made.organisation_id}
    if verdict.new:
        unsaid = meaning or Meaning({})
        said_of_newcomers = {"profession": unsaid.profession, "country": unsaid.country.upper()}
        run(statements.ADD_CLINICIANS, **key, **said_of_newcomers)
    if verdict.new or verdict.changed:
        run(statements.ADD_IDENTIFIERS, **key, identifier_key=marks.number_key)
    return institutions, changed


def say_own_of_rows(made: Import, marks: Marks) -> None:
    """Let fields of one's own say what the judged rows do, and keep what they said before."""
    run(own_statements.NOTE, made=made.pk)
    run(
        own_statements.WRITE,
        organisation=made.organisation_id,
        clinician_key=marks.person_key,
        by=made.made_by_name,
    )


def add_places(made: Import, marks: Marks) -> None:
    """Where those work of whom no place was known."""
    run(
        statements.ADD_PLACES,
        place_key=marks.place_key,
        clinician_key=marks.person_key,
        organisation=made.organisation_id,
        source=made.file_name,
        by=made.made_by_name,
    )


def moved_elsewhere(today: date) -> list[UUID]:
    """Who was known to work elsewhere, in the order of the file."""
    with connection.cursor() as cursor:
        cursor.execute(statements.MOVED_PLACES, {"today": today})
        return [row[0] for row in cursor.fetchall()]


def _add_institutions(organisation_id: UUID, marks: Marks) -> list[UUID]:
    said: dict[str, UUID | str] = {
        "organisation": organisation_id,
        "institution_key": marks.institution_key,
    }
    with connection.cursor() as cursor:
        cursor.execute(statements.ADD_INSTITUTIONS, said)
        return [row[0] for row in cursor.fetchall()]


def _change(made: Import) -> list[UUID]:
    """Write into people what the rows say, and keep what they said before, for taking it back."""
    said = {"organisation": made.organisation_id, "made": made.pk}
    run(change_statements.NOTE_BEFORE, **said)
    run(statements.CHANGE_CLINICIANS)
    run(change_statements.NOTE_AFTER, **said)
    return [row[0] for row in read(statements.CHANGED)]


def asked_by_rows() -> list[tuple[Any, ...]]:
    """What the rows would change and two people change: line, person, fields, register, values."""
    return [(*row[:-1], json.loads(row[-1])) for row in read(statements.ASKED)]


def write_report(organisation_id: UUID, import_id: UUID, verdict: Verdict) -> None:
    """Keep what became of the rows."""
    run(
        statements.REPORT,
        organisation=organisation_id,
        made=import_id,
        particular=[str(each) for each in PARTICULAR],
        every_row=verdict.rows <= REPORTED_WHOLE,
    )
