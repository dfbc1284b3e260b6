import hashlib
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Activity, Session
from symposia.attendance.actions.conflicts import find_conflicts_once_over
from symposia.attendance.actions.people import count_where_matched, note_person
from symposia.attendance.actions.writing import keep_evidence
from symposia.attendance.files import frame_of_file, table_of_file
from symposia.attendance.logs.judging import Row, judge_rows
from symposia.attendance.logs.tables import Table, table_of
from symposia.attendance.models import (
    Kind,
    PresenceEvidence,
    PresenceFile,
    Source,
    UnmatchedPerson,
    Way,
)
from symposia.attendance.policies import (
    NOT_A_TABLE,
    objection_to_columns,
    objection_to_door,
    objection_to_importing_presence,
)
from symposia.attendance.strangers import Stranger
from symposia.audit.actions import record
from symposia.registrations.queries import activity_as_it_is
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if
from symposia.work.files import store_file
from symposia.work.imports.dry_runs import refused_as
from symposia.work.imports.kept import copy_of_upload
from symposia.work.imports.shapes import Shape
from symposia.work.models import Import, ImportRow, ImportState, StoredFile

KIND = "presence"


@dataclass(frozen=True)
class FileFacts:
    """What somebody says of a file they hand in: by which clock, how people took part, where."""

    zone: str
    way: Way
    session: Session | None = None


@transaction.atomic
def hand_in_presence_file(
    name: str, content: bytes, activity: Activity, facts: FileFacts, *, by: Actor
) -> PresenceFile:
    """Keep a log or a list that somebody hands in, and say of every row what it would do. Refused
    in words where it is no table; what is refused is kept nowhere."""
    refuse_if(objection_to_door(activity))
    table = _table(content)

    kept = store_file(
        content,
        name=name,
        content_type="application/octet-stream",
        purpose=KIND,
        by=by,
        subject_id=activity.pk,
    )
    made = _import(content, kept, table, by=by)
    file = PresenceFile.objects.create(
        activity=activity,
        made=made,
        format=table.format,
        way=facts.way,
        zone=facts.zone,
        session=facts.session,
    )
    record(by, "presence_file.received", file, details={"sha256": made.sha256})
    if objection_to_columns(made.mapping, len(table.header)) is None:
        _check(file, table, by=by)
    return file


@transaction.atomic
def map_presence_columns(
    file: PresenceFile, columns: Mapping[str, int], *, by: Actor
) -> PresenceFile:
    """Say what the columns of a file mean; the next one with these columns will mean the same."""
    file = PresenceFile.objects.locked(file.pk)
    made = Import.objects.select_for_update().get(pk=file.made_id)

    refuse_if(objection_to_columns(columns, len(made.shape["header"])))
    refuse_if(objection_to_importing_presence(made.state, is_mapping=True))

    made.mapping = dict(columns)
    made.save(update_fields=["mapping"])
    record(by, "presence_file.mapped", file, details={"columns": sorted(columns)})
    _check(file, table_of_file(file), by=by)
    return file


@transaction.atomic
def import_presence_file(file: PresenceFile, *, by: Actor) -> PresenceFile:
    """Keep the rows of a checked file as evidence; imported again, nothing is kept twice."""
    file = PresenceFile.objects.locked(file.pk)
    made = Import.objects.select_for_update().get(pk=file.made_id)

    activity = activity_as_it_is(file.activity_id)

    refuse_if(objection_to_door(activity))
    refuse_if(objection_to_importing_presence(made.state))

    rows = _judged(file, table_of_file(file))
    reason = f"{made.file_name}"[:300]
    evidence = [_evidence(row, file, by=by) for row in rows if row.is_kept]
    kept = keep_evidence(evidence, "presence.imported", reason=reason, by=by)
    count_where_matched(kept, reason=reason, by=by)
    made.move(ImportState.IMPORTING)
    _report(made, rows)
    made.move(ImportState.DONE, finished_at=now(), counts=_counts(rows))
    record(by, "presence_file.imported", file, details=_counts(rows))
    find_conflicts_once_over(activity, by=by)
    return file


def _table(content: bytes) -> Table:
    with copy_of_upload([content]) as path, refused_as(NOT_A_TABLE):
        return table_of(path)


def _import(content: bytes, kept: StoredFile, table: Table, *, by: Actor) -> Import:
    shape = Shape("csv", table.header)
    made = Import(
        kind=KIND,
        file_name=kept.name[:200],
        path=kept.storage_name,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        shape=shape.as_json(),
        header_hash=shape.header_hash,
        made_by_id=by.id,
        made_by_name=by.name,
    )
    before = Import.objects.like(made).first()
    made.mapping = dict(before.mapping) if before else table.columns
    made.save(force_insert=True)
    return made


def _check(file: PresenceFile, table: Table, *, by: Actor) -> None:
    """The dry run: a report of the rows, nothing else."""
    made, rows = file.made, _judged(file, table)
    made.refresh_from_db()
    made.move(ImportState.CHECKING)
    _report(made, rows)
    made.move(ImportState.CHECKED, counts=_counts(rows))
    record(by, "presence_file.checked", file, details=_counts(rows))


def _judged(file: PresenceFile, table: Table) -> list[Row]:
    made = Import.objects.get(pk=file.made_id)
    return judge_rows(table, made.mapping, frame_of_file(file))


def _report(made: Import, rows: list[Row]) -> None:
    ImportRow.objects.filter(made=made).delete()
    ImportRow.objects.bulk_create(
        [
            ImportRow(
                made=made,
                line=row.line,
                outcome=row.outcome,
                reason=row.reason,
                number=row.said.email[:60],
                label=row.said.name[:200],
                changes=row.match.because if row.match else "",
            )
            for row in rows
        ]
    )


def _counts(rows: list[Row]) -> dict[str, int]:
    return dict(Counter(str(row.outcome) for row in rows)) | {"rows": len(rows)}


def _evidence(row: Row, file: PresenceFile, *, by: Actor) -> PresenceEvidence:
    registration_id, person = _whose(row, file, by=by)
    at = now()
    return PresenceEvidence(
        event_uuid=row.event_uuid or uuid.uuid4(),
        activity_id=file.activity_id,
        registration_id=registration_id,
        person=person,
        session_id=file.session_id,
        kind=Kind.SPAN if row.joined else Kind.MARK,
        source=Source.VIRTUAL if file.way == Way.ONLINE else Source.IMPORT,
        occurred_at=row.joined or at,
        ends_at=row.left if row.joined else None,
        server_time=at,
        by_id=by.id,
        by_name=by.name,
        reason=f"{file.made.file_name}, {row.line}"[:300],
        taken_from_id=file.made_id,
    )


def _whose(
    row: Row, file: PresenceFile, *, by: Actor
) -> tuple[uuid.UUID | None, UnmatchedPerson | None]:
    """A place, where it is sure; else somebody who is matched by a person, now or before."""
    if row.match and row.match.is_sure:
        return row.match.registration_id, None
    told = Stranger(row.said.name or row.said.email, row.said.email, "", row.said.institution)
    seen_at = row.joined or file.activity.starts_at
    return None, note_person(told, file.activity, seen_at=seen_at, by=by)
