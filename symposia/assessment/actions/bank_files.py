"""Questions by a file: taken in and looked at in one step, then brought in as they were shown."""

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy

from symposia.accounts.queries import person_behind
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
from symposia.work.imports.dry_runs import Fate, RowFile, at_most, bring_in, look_at, refused_as
from symposia.work.imports.fields import guess_columns
from symposia.work.imports.shapes import Shape, shape_of, table_rows
from symposia.work.models import Import, ImportState, Outcome

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


@transaction.atomic
def check_questions(path: Path, *, name: str, storage_name: str = "", by: Actor) -> Import:
    """The dry run: keep what the file is, and say of every row what it would do. The bank stays
    as it is."""
    with refused_as(UNREADABLE):
        shape, columns = _understood(path)
        file = RowFile(path, name, storage_name, shape, columns)
        bring = partial(_fates, by=by)
        made = look_at(file, KIND, bring, by=by, person=person_behind(by))
    record(by, "questions.checked", made, details=made.counts)
    return made


@transaction.atomic
def import_questions(made: Import, *, by: Actor) -> Import:
    """Bring in what the dry run showed: new questions as drafts, known ones reworded. A row that a
    rule refuses says so; the others come in, in one step."""
    made = Import.objects.locked(made.pk)

    refuse_if(None if made.state == ImportState.CHECKED else NOT_LOOKED_AT)

    bring_in(made, partial(_fates, by=by))
    record(by, "questions.imported", made, details=made.counts)
    return made


def _understood(path: Path) -> tuple[Shape, dict[str, int]]:
    if is_package(path):
        return PACKAGE, {}
    shape = shape_of(path)
    columns = guess_columns(FIELDS, shape.header)
    refuse_if(None if {"question", "kind"} <= set(columns) else NO_COLUMN)
    return shape, columns


def _fates(path: Path, shape: Shape, columns: Mapping[str, int], *, by: Actor) -> list[Fate]:
    if shape.format == FORMAT:
        return _fates_of(wishes_of_package(path), by=by)
    with table_rows(path, shape) as rows:
        return _fates_of(wishes_of(rows, columns), by=by)


def _fates_of(wishes: Iterable[RowWish], *, by: Actor) -> list[Fate]:
    return [_fate(wish, by=by) for wish in at_most(wishes, MOST_ROWS)]


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
        return _told(wish, Outcome.REJECTED, problem, str(REASONS[problem]))
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
                return _told(wish, Outcome.NEW)
            seen = known.version
            after = reword_bank_question(known, wish.wording, facts, seen_version=seen, by=by)
            return _told(wish, Outcome.UNCHANGED if after.version == seen else Outcome.CHANGED)
    except Refused as refused:
        return _told(wish, Outcome.REJECTED, REFUSED, str(refused))


def _told(wish: RowWish, outcome: Outcome, reason: str = "", words: str = "") -> Fate:
    return Fate(wish.line, outcome, reason, wish.number, wish.label, words)
