"""Figures from somebody's records, by a file: looked at in a dry run, then brought in."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.assessment.measure_rows import (
    FIELDS,
    KIND,
    MOST_ROWS,
    NEEDED,
    NO_ACTIVITY,
    NO_GAP,
    REASONS,
    THERE,
    MeasureWish,
    wishes_of,
)
from symposia.assessment.models import MeasureFigure
from symposia.audit.actions import record
from symposia.curriculum.models import Gap
from symposia.shared.actors import Actor
from symposia.shared.refusals import Objection, Refused, refuse_if
from symposia.work.apart import Unreadable
from symposia.work.imports.fields import guess_columns
from symposia.work.imports.kept import copy_of_kept, sha256_of
from symposia.work.imports.shapes import Shape, shape_of, table_rows
from symposia.work.models import Import, ImportRow, ImportState, Outcome

NO_COLUMN = Objection(
    "measures_no_column",
    gettext_lazy("A column is missing: take the empty table, it has them all."),
)
UNREADABLE = Objection("measures_unreadable", gettext_lazy("This file cannot be read: %(why)s"))
NOT_LOOKED_AT = Objection(
    "measures_not_checked", gettext_lazy("These rows came in already, or were never looked at.")
)


@dataclass(frozen=True)
class Fate:
    """What became, or would become, of one row."""

    wish: MeasureWish
    outcome: Outcome
    reason: str = ""


@transaction.atomic
def check_measures(
    path: Path, *, name: str, access: Access, storage_name: str = "", by: Actor
) -> Import:
    """The dry run: keep what the file is, and say of every row what it would do."""
    try:
        return _check(path, name, access, storage_name, by=by)
    except Unreadable as error:
        raise Refused(UNREADABLE.about(why=str(error) or _("It is damaged."))) from error


def _check(path: Path, name: str, access: Access, storage_name: str, *, by: Actor) -> Import:
    shape = shape_of(path)
    columns = guess_columns(FIELDS, shape.header)
    refuse_if(None if set(columns) >= NEEDED else NO_COLUMN)

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
        fates = _fates(path, shape, columns, access, by=by)
    _write_report(made, fates)
    made.move(ImportState.CHECKED, counts=_counts(fates), rows_read=len(fates))
    record(by, "measures.checked", made, details=_counts(fates))
    return made


@transaction.atomic
def import_measures(made: Import, *, access: Access, by: Actor) -> Import:
    """Bring in what the dry run showed; a figure that is there is corrected by the same measure
    and time."""
    made = Import.objects.select_for_update().get(pk=made.pk)

    refuse_if(None if made.state == ImportState.CHECKED else NOT_LOOKED_AT)

    made.move(ImportState.IMPORTING)
    with copy_of_kept(made.path) as path:
        shape = Shape.from_json(made.shape)
        fates = _fates(path, shape, made.mapping["columns"], access, by=by)
    _write_report(made, fates)
    made.move(ImportState.DONE, counts=_counts(fates), finished_at=now())
    record(by, "measures.imported", made, details=_counts(fates))
    return made


@contextmanager
def _taken_back() -> Iterator[None]:
    """What is done inside is undone at its end: the dry run says exactly what the rules say."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _fates(
    path: Path, shape: Shape, columns: dict[str, int], access: Access, *, by: Actor
) -> list[Fate]:
    with table_rows(path, shape) as rows:
        return _fates_of(wishes_of(rows, columns), access, by=by)


def _fates_of(wishes: Iterable[MeasureWish], access: Access, *, by: Actor) -> list[Fate]:
    seen = Activity.objects.visible_to(access, Permission.MANAGE_EVALUATIONS)
    known: dict[str, Activity | None] = {}
    gaps = {each.number: each for each in Gap.objects.all()}
    fates: list[Fate] = []
    said: set[tuple[object, ...]] = set()
    for wish in wishes:
        if len(fates) >= MOST_ROWS:
            raise Unreadable(_("More than %d rows. Hand it in in parts.") % MOST_ROWS)
        if wish.activity not in known:
            known[wish.activity] = seen.filter(number=wish.activity).first()
        key = (wish.activity, wish.measure, wish.phase, wish.starts_on, wish.ends_on)
        activity, gap = known[wish.activity], gaps.get(wish.gap)
        problems = (
            (bool(wish.problem), wish.problem),
            (activity is None, NO_ACTIVITY),
            (bool(wish.gap) and gap is None, NO_GAP),
            (key in said, THERE),
        )
        problem = next((reason for holds, reason in problems if holds), "")
        said.add(key)
        if problem or activity is None:
            fates.append(Fate(wish, Outcome.REJECTED, problem))
        else:
            fates.append(Fate(wish, _put_in(wish, activity, gap, by=by)))
    return fates


def _put_in(wish: MeasureWish, activity: Activity, gap: Gap | None, *, by: Actor) -> Outcome:
    found = MeasureFigure.objects.select_for_update().filter(
        activity=activity,
        measure=wish.measure,
        phase=wish.phase,
        starts_on=wish.starts_on,
        ends_on=wish.ends_on,
    )
    facts = {
        "level": wish.level,
        "numerator": wish.numerator,
        "denominator": wish.denominator,
        "source": wish.source,
        "gap": gap,
    }
    there = found.first()
    if there is None:
        made = MeasureFigure.objects.create(
            activity=activity,
            measure=wish.measure,
            phase=wish.phase,
            starts_on=wish.starts_on,
            ends_on=wish.ends_on,
            **facts,
        )
        record(by, "measure.added", made)
        return Outcome.NEW
    if all(getattr(there, name) == value for name, value in facts.items()):
        return Outcome.UNCHANGED
    for name, value in facts.items():
        setattr(there, name, value)
    there.save(update_fields=list(facts))
    record(by, "measure.corrected", there)
    return Outcome.CHANGED


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
            number=each.wish.activity,
            label=each.wish.measure,
            changes=str(REASONS.get(each.reason, ""))[:300],
        )
        for each in fates
    )
