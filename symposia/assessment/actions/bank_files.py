"""Questions by a file: taken in and looked at in one step, then brought in as they were shown."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.assessment.actions.bank import QuestionFacts, add_bank_question, reword_bank_question
from symposia.assessment.bank_rows import (
    FIELDS,
    KIND,
    MOST_ROWS,
    NO_GUIDELINE,
    NO_OBJECTIVE,
    REASONS,
    REFUSED,
    UNKNOWN,
    RowWish,
    wishes_of,
)
from symposia.assessment.models import BankQuestion
from symposia.assessment.qti.reading import FORMAT, is_package, wishes_of_package
from symposia.assessment.queries.bank import question_of_number
from symposia.audit.actions import record
from symposia.curriculum.models import Guideline, Objective
from symposia.shared.actors import Actor
from symposia.shared.refusals import Objection, Refused, refuse_if
from symposia.work.apart import Unreadable
from symposia.work.imports.fields import guess_columns
from symposia.work.imports.kept import copy_of_kept, sha256_of
from symposia.work.imports.shapes import Shape, shape_of, table_rows
from symposia.work.models import Import, ImportRow, ImportState, Outcome

NO_COLUMN = Objection(
    "questions_no_column",
    gettext_lazy("No column of the file is called “Question” or “Kind”. Take the empty table."),
)
UNREADABLE = Objection("questions_unreadable", gettext_lazy("This file cannot be read: %(why)s"))
NOT_LOOKED_AT = Objection(
    "questions_not_checked", gettext_lazy("These rows came in already, or were never looked at.")
)

# A package of QTI has no columns.
PACKAGE = Shape(FORMAT, ())


@dataclass(frozen=True)
class Fate:
    """What became, or would become, of one row."""

    wish: RowWish
    outcome: Outcome
    reason: str = ""
    words: str = ""


@transaction.atomic
def check_questions(path: Path, *, name: str, storage_name: str = "", by: Actor) -> Import:
    """The dry run: keep what the file is, and say of every row what it would do. The bank stays
    as it is."""
    try:
        return _check(path, name=name, storage_name=storage_name, by=by)
    except Unreadable as error:
        raise Refused(UNREADABLE.about(why=str(error) or _("It is damaged."))) from error


def _check(path: Path, *, name: str, storage_name: str, by: Actor) -> Import:
    if is_package(path):
        shape, columns = PACKAGE, {}
    else:
        shape = shape_of(path)
        columns = guess_columns(FIELDS, shape.header)
        refuse_if(None if {"question", "kind"} <= set(columns) else NO_COLUMN)

    made = Import.objects.create(
        kind=KIND,
        file_name=name[:200],
        path=storage_name,
        size=path.stat().st_size,
        sha256=sha256_of(path),
        shape=shape.as_json(),
        header_hash=shape.header_hash,
        mapping={"columns": columns},
        made_by_id=by.id,
        made_by_name=by.name,
    )
    made.move(ImportState.CHECKING)
    with _taken_back():
        fates = _fates(path, shape, columns, by=by)
    _write_report(made, fates)
    made.move(ImportState.CHECKED, counts=_counts(fates), rows_read=len(fates))
    record(by, "questions.checked", made, details=_counts(fates))
    return made


@transaction.atomic
def import_questions(made: Import, *, by: Actor) -> Import:
    """Bring in what the dry run showed: new questions as drafts, known ones reworded. A row that a
    rule refuses says so; the others come in, in one step."""
    made = Import.objects.select_for_update().get(pk=made.pk)

    refuse_if(None if made.state == ImportState.CHECKED else NOT_LOOKED_AT)

    made.move(ImportState.IMPORTING)
    with copy_of_kept(made.path) as path:
        shape = Shape.from_json(made.shape)
        fates = _fates(path, shape, made.mapping["columns"], by=by)
    _write_report(made, fates)
    made.move(ImportState.DONE, counts=_counts(fates), finished_at=now())
    record(by, "questions.imported", made, details=_counts(fates))
    return made


@contextmanager
def _taken_back() -> Iterator[None]:
    """What is done inside is undone at its end: the dry run says exactly what the rules say."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _fates(path: Path, shape: Shape, columns: dict[str, int], *, by: Actor) -> list[Fate]:
    if shape.format == FORMAT:
        return _fates_of(wishes_of_package(path), by=by)
    with table_rows(path, shape) as rows:
        return _fates_of(wishes_of(rows, columns), by=by)


def _fates_of(wishes: Iterable[RowWish], *, by: Actor) -> list[Fate]:
    fates: list[Fate] = []
    for wish in wishes:
        if len(fates) >= MOST_ROWS:
            raise Unreadable(_("More than %d rows. Hand it in in parts.") % MOST_ROWS)
        fates.append(_fate(wish, by=by))
    return fates


def _fate(wish: RowWish, *, by: Actor) -> Fate:
    problem = wish.problem
    objective = Objective.objects.filter(text=wish.objective).first() if wish.objective else None
    guideline = (
        Guideline.objects.filter(number__iexact=wish.guideline).first() if wish.guideline else None
    )
    known = question_of_number(wish.number) if wish.number else None
    missing = (
        (wish.number and known is None, UNKNOWN),
        (wish.objective and objective is None, NO_OBJECTIVE),
        (wish.guideline and guideline is None, NO_GUIDELINE),
    )
    problem = problem or next((reason for holds, reason in missing if holds), "")
    if problem or wish.wording is None:
        return Fate(wish, Outcome.REJECTED, problem, str(REASONS[problem]))
    return _brought_in(wish, known, QuestionFacts(objective, guideline, wish.tags), by=by)


def _brought_in(
    wish: RowWish, known: BankQuestion | None, facts: QuestionFacts, *, by: Actor
) -> Fate:
    """The row through the same action as by hand; what a rule refuses leaves no trace."""
    if wish.wording is None:
        raise AssertionError(wish)
    try:
        with transaction.atomic():
            if known is None:
                add_bank_question(wish.wording, facts, by=by)
                return Fate(wish, Outcome.NEW)
            seen = known.version
            after = reword_bank_question(known, wish.wording, facts, seen_version=seen, by=by)
            return Fate(wish, Outcome.UNCHANGED if after.version == seen else Outcome.CHANGED)
    except Refused as refused:
        return Fate(wish, Outcome.REJECTED, REFUSED, str(refused))


def _counts(fates: Sequence[Fate]) -> dict[str, int]:
    return {
        outcome.value: sum(each.outcome == outcome for each in fates)
        for outcome in Outcome
        if any(each.outcome == outcome for each in fates)
    }


def _write_report(made: Import, fates: Sequence[Fate]) -> None:
    ImportRow.objects.filter(made=made).delete()
    ImportRow.objects.bulk_create(
        ImportRow(
            made=made,
            line=each.wish.line,
            outcome=each.outcome,
            reason=each.reason,
            number=each.wish.number,
            label=each.wish.label,
            changes=each.words[:300],
        )
        for each in fates
    )
