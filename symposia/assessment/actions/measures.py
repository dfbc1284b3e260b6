"""Figures from somebody's records, by a file: looked at in a dry run, then brought in."""

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import person_behind
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
from symposia.shared.refusals import Objection, refuse_if
from symposia.work.imports.dry_runs import Fate, RowFile, at_most, bring_in, look_at, refused_as
from symposia.work.imports.fields import guess_columns
from symposia.work.imports.shapes import Shape, shape_of, table_rows
from symposia.work.models import Import, ImportState, Outcome

NO_COLUMN = Objection(
    "measures_no_column",
    gettext_lazy("A column is missing: take the empty table, it has them all."),
)
UNREADABLE = Objection("measures_unreadable", gettext_lazy("This file cannot be read: %(why)s"))
NOT_LOOKED_AT = Objection(
    "measures_not_checked", gettext_lazy("These rows came in already, or were never looked at.")
)


@transaction.atomic
def check_measures(
    path: Path, *, name: str, access: Access, storage_name: str = "", by: Actor
) -> Import:
    """The dry run: keep what the file is, and say of every row what it would do."""
    with refused_as(UNREADABLE):
        shape = shape_of(path)
        columns = guess_columns(FIELDS, shape.header)
        refuse_if(None if set(columns) >= NEEDED else NO_COLUMN)
        file = RowFile(path, name, storage_name, shape, columns)
        bring = partial(_fates, access=access, by=by)
        made = look_at(file, KIND, bring, by=by, person=person_behind(by))
    record(by, "measures.checked", made, details=made.counts)
    return made


@transaction.atomic
def import_measures(made: Import, *, access: Access, by: Actor) -> Import:
    """Bring in what the dry run showed; a figure that is there is corrected by the same measure
    and time."""
    made = Import.objects.locked(made.pk)

    refuse_if(None if made.state == ImportState.CHECKED else NOT_LOOKED_AT)

    bring_in(made, partial(_fates, access=access, by=by))
    record(by, "measures.imported", made, details=made.counts)
    return made


def _fates(
    path: Path, shape: Shape, columns: Mapping[str, int], *, access: Access, by: Actor
) -> list[Fate]:
    with table_rows(path, shape) as rows:
        return _fates_of(wishes_of(rows, columns), access, by=by)


def _fates_of(wishes: Iterable[MeasureWish], access: Access, *, by: Actor) -> list[Fate]:
    seen = Activity.objects.visible_to(access, Permission.MANAGE_EVALUATIONS)
    known: dict[str, Activity | None] = {}
    gaps = {each.number: each for each in Gap.objects.all()}
    fates: list[Fate] = []
    said: set[tuple[object, ...]] = set()
    for wish in at_most(wishes, MOST_ROWS):
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
            fates.append(_told(wish, Outcome.REJECTED, problem))
        else:
            fates.append(_told(wish, _put_in(wish, activity, gap, by=by)))
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


def _told(wish: MeasureWish, outcome: Outcome, reason: str = "") -> Fate:
    words = str(REASONS.get(reason, ""))
    return Fate(wish.line, outcome, reason, wish.activity, wish.measure, words)
