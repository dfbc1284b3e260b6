"""Bringing in the past: looked at, brought in, taken back within a day, signed for."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from symposia.accounts.actions import next_numbers
from symposia.accounts.permissions import Access
from symposia.accounts.queries import local_day, person_behind, this_organisation
from symposia.activities.models import Activity
from symposia.audit.actions import record, record_each
from symposia.credits.models import CreditOffer, ImportedCredit
from symposia.reporting.events import PastImported
from symposia.reporting.models import (
    ActivityFacts,
    CommercialSupport,
    ImportedActivity,
    PastDisclosure,
    PastKind,
    PastRow,
)
from symposia.reporting.past.columns import COLUMNS, NEEDED
from symposia.reporting.past.judging import Judged, judge_past
from symposia.reporting.past.making import Made, made_of
from symposia.reporting.past.reading import reads_of
from symposia.reporting.past.rules import (
    MOST_ROWS,
    PAST_COLUMNS,
    PAST_UNREADABLE,
    objection_to_bringing_in,
    objection_to_looking_again,
)
from symposia.reporting.past.sums import sums_of_file
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if
from symposia.work.apart import Unreadable
from symposia.work.imports.dry_runs import at_most, counts_of, refused_as
from symposia.work.imports.fields import guess_columns
from symposia.work.imports.kept import copy_of_kept, sha256_of
from symposia.work.imports.shapes import Shape, shape_of, table_rows
from symposia.work.models import Import, ImportState, StoredFile

PURPOSE = "past"
_BATCH = 1_000


@transaction.atomic
def receive_past(path: Path, kind: str, file: StoredFile, *, by: Actor) -> Import:
    """Keep what was handed in, and find out which column says what."""
    with refused_as(PAST_UNREADABLE):
        shape = shape_of(path)
    columns = guess_columns(COLUMNS[kind], shape.header)
    labels = {each.name: str(each.label) for each in COLUMNS[kind]}
    missing = ", ".join(labels[name] for name in NEEDED[kind] if name not in columns)

    refuse_if(PAST_COLUMNS.about(columns=missing) if missing else None)

    made = Import.objects.create(
        kind=kind,
        file_name=file.name,
        path=file.storage_name,
        size=file.size,
        sha256=sha256_of(path),
        shape=shape.as_json(),
        header_hash=shape.header_hash,
        mapping={"columns": columns},
        made_by_id=person_behind(by),
        made_by_name=by.name,
    )
    record(by, "past.received", made, details={"kind": kind})
    return made


@transaction.atomic
def check_past(made: Import, *, access: Access, by: Actor) -> Import:
    """The dry run: say of every row what it would do, and count and sum what the file holds.
    Nothing of the past is there yet."""
    made = Import.objects.locked(made.pk)

    refuse_if(objection_to_looking_again(made))

    made.move(ImportState.CHECKING, problem="")
    try:
        judged = _judged(made, access)
    except Unreadable as error:
        made.move(ImportState.FAILED, problem=str(error) or _("It is damaged."))
        record(by, "past.unreadable", made, reason=made.problem)
        return made
    _report(made, judged)
    found = counts_of(each.outcome for each in judged)
    counts = found | {"file": sums_of_file(judged), "rows": len(judged)}
    made.move(ImportState.CHECKED, counts=counts, rows_read=len(judged))
    record(by, "past.checked", made, details=found)
    return made


def _judged(made: Import, access: Access) -> list[Judged]:
    shape = Shape.from_json(made.shape)
    with copy_of_kept(made.path) as path, table_rows(path, shape) as rows:
        reads = list(at_most(reads_of(made.kind, rows, made.mapping["columns"]), MOST_ROWS))
    return judge_past(made.kind, reads, access=access, today=local_day())


def _report(made: Import, judged: Iterable[Judged]) -> None:
    PastRow.objects.filter(made=made).delete()
    PastRow.objects.bulk_create((_row(made, each) for each in judged), batch_size=_BATCH)


def _row(made: Import, each: Judged) -> PastRow:
    fault = each.fault
    return PastRow(
        made=made,
        line=each.read.line,
        outcome=each.outcome,
        label=each.read.label,
        field=fault.field[:80] if fault else "",
        expected=fault.expected[:200] if fault else "",
        said=fault.said[:200] if fault else "",
        kept=each.kept[:200],
    )


@transaction.atomic
def import_past(made: Import, *, access: Access, by: Actor) -> Import:
    """Bring in what the dry run showed, all of it in one go, each record marked with its row."""
    made = Import.objects.locked(made.pk)

    refuse_if(objection_to_bringing_in(made))

    made.move(ImportState.IMPORTING)
    judged = _judged(made, access)
    new = [each for each in judged if each.is_new]
    _WRITERS[made.kind](made, new, by)
    _report(made, judged)
    found = counts_of(each.outcome for each in judged)
    counts = found | {"file": sums_of_file(judged), "rows": len(judged)}
    made.move(ImportState.DONE, counts=counts, finished_at=now())
    record(by, "past.imported", made, details=found | {"sha256": made.sha256})
    announce(PastImported(made.pk, made.kind))
    return made


def _write_credits(made: Import, new: Sequence[Judged], by: Actor) -> None:
    provider = this_organisation().name
    rows = [
        ImportedCredit(
            clinician=each.clinician,
            system=each.system,
            title=each.read.facts["title"],
            provider=each.read.facts["provider"] or provider,
            earned_on=each.read.facts["earned_on"],
            amount=each.read.facts["amount"],
            certificate_number=each.read.facts["certificate_number"],
            activity_number=each.read.facts["activity_number"],
            activity_id=each.activity_id,
            made=made,
            line=each.read.line,
        )
        for each in new
    ]
    ImportedCredit.objects.bulk_create(rows, batch_size=_BATCH)
    record_each(by, "credit.imported", rows)


def _write_disclosures(made: Import, new: Sequence[Judged], by: Actor) -> None:
    names = ("activity_number", "name", "role", "company", "nature", "mitigated_by")
    rows = [
        PastDisclosure(
            **{name: each.read.facts[name] for name in names},
            disclosed_on=each.read.facts["disclosed_on"],
            activity_id=each.activity_id,
            made=made,
            line=each.read.line,
        )
        for each in new
    ]
    PastDisclosure.objects.bulk_create(rows, batch_size=_BATCH)
    record_each(by, "disclosure.imported", rows)


def _write_activities(made: Import, new: Sequence[Judged], by: Actor) -> None:
    """Under numbers of their own year; the number before is kept beside."""
    organisation = this_organisation()
    of_year: dict[int, list[Judged]] = {}
    for each in new:
        of_year.setdefault(each.read.facts["starts_on"].year, []).append(each)
    written: list[Made] = []
    for year, rows in sorted(of_year.items()):
        numbers = next_numbers("ACT", len(rows), year=year)
        written += [
            made_of(each, number, made=made, organisation=organisation, by_name=by.name)
            for each, number in zip(rows, numbers, strict=True)
        ]
    activities = [each.activity for each in written]
    Activity.objects.bulk_create(activities, batch_size=_BATCH)
    ImportedActivity.objects.bulk_create([each.mark for each in written], batch_size=_BATCH)
    ActivityFacts.objects.bulk_create([each.facts for each in written], batch_size=_BATCH)
    CommercialSupport.objects.bulk_create([gift for each in written for gift in each.gifts])
    CreditOffer.objects.bulk_create([each.offer for each in written if each.offer])
    record_each(by, "activity.imported", activities)


_WRITERS = {
    PastKind.ACTIVITIES.value: _write_activities,
    PastKind.CREDITS.value: _write_credits,
    PastKind.DISCLOSURES.value: _write_disclosures,
}
