import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from symposia.accounts.queries import local_day
from symposia.audit.actions import record, record_each
from symposia.directory.actions.import_asking import ask_for_rows
from symposia.directory.actions.import_own import journal_own_of_rows
from symposia.directory.actions.workplaces import place_primary
from symposia.directory.events import CliniciansImported
from symposia.directory.imports.load import (
    CHUNK,
    Verdict,
    add_places,
    apply,
    judge,
    moved_elsewhere,
    say_own_of_rows,
    stage_chunk,
    staged_rows_of,
    write_report,
)
from symposia.directory.imports.marks import Marks, written_by
from symposia.directory.imports.staging import close_staging, open_staging
from symposia.directory.imports.table import meaning_of
from symposia.directory.models import Clinician, ImportUndo
from symposia.directory.own_columns import (
    objection_to_own_of,
    own_codes_of,
    own_fields_of_columns,
)
from symposia.directory.policies import (
    objection_to_checking,
    objection_to_importing,
    objection_to_meaning,
)
from symposia.directory.statistics import refresh_directory_statistics
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if
from symposia.shared.tenancy import acting_in
from symposia.work.apart import Unreadable
from symposia.work.background import Cancelled
from symposia.work.imports.shapes import Shape
from symposia.work.models import Import, ImportRow, ImportState

_BATCH = 1_000


@transaction.atomic
def begin_check(made: Import, *, by: Actor) -> Import:
    """Ask for the dry run of a file."""
    made = Import.objects.select_for_update().get(pk=made.pk)

    refuse_if(objection_to_checking(made))
    refuse_if(objection_to_meaning(meaning_of(made.mapping)))
    refuse_if(objection_to_own_of(made))

    made.move(ImportState.CHECKING, problem="", rows_read=0)
    record(by, "import.check_requested", made)
    return made


@transaction.atomic
def begin_import(made: Import, *, by: Actor) -> Import:
    """Ask for the rows of a checked file to be brought in."""
    made = Import.objects.select_for_update().get(pk=made.pk)

    refuse_if(objection_to_importing(made))
    refuse_if(objection_to_own_of(made))

    made.move(ImportState.IMPORTING, rows_read=0)
    record(by, "import.requested", made)
    return made


@dataclass(frozen=True)
class Reading:
    """A file being read for an import: whose, where it lies, whom to tell how far."""

    organisation_id: uuid.UUID
    import_id: uuid.UUID
    path: Path
    tell: Callable[[int], None] = lambda _rows: None


def check_rows(reading: Reading, *, by: Actor) -> Verdict:
    """The dry run: say of every row what it would do, and change nothing in the directory."""
    verdict = Verdict()
    with _ending_in_words(reading, by=by):
        _stage(reading)
        with acting_in(reading.organisation_id):
            verdict = _judged(reading)
            _note_check(reading, verdict, by=by)
            close_staging()
    return verdict


def import_rows(reading: Reading, *, by: Actor) -> Verdict:
    """Bring the rows of a checked file into the directory, all of them or none."""
    verdict = Verdict()
    with _ending_in_words(reading, by=by):
        _stage(reading)
        with acting_in(reading.organisation_id):
            verdict = _judged(reading)
            _bring_in(reading, verdict, by=by)
            close_staging()
        _refresh(reading)
    return verdict


def check_and_import_rows(reading: Reading, *, by: Actor) -> Verdict:
    """Both at once, for somebody who does not want to look in between."""
    verdict = Verdict()
    with _ending_in_words(reading, by=by):
        _stage(reading)
        with acting_in(reading.organisation_id):
            verdict = _judged(reading)
            made = _note_check(reading, verdict, by=by)
            if objection_to_importing(made) is None:
                begin_import(made, by=by)
                _bring_in(reading, verdict, by=by)
            close_staging()
        _refresh(reading)
    return verdict


def _stage(reading: Reading) -> None:
    """Read the file in pieces, each in a transaction of its own, so that progress shows."""
    with acting_in(reading.organisation_id):
        made = Import.objects.get(pk=reading.import_id)
        own = own_fields_of_columns(made)
        open_staging()
    done = 0
    with staged_rows_of(
        reading.path, Shape.from_json(made.shape), meaning_of(made.mapping), own
    ) as rows:
        more = True
        while more:
            with acting_in(reading.organisation_id):
                count = stage_chunk(rows)
                done, more = done + count, count == CHUNK
                Import.objects.filter(pk=made.pk).update(rows_read=done)
            reading.tell(done)


def _judged(reading: Reading) -> Verdict:
    """What every row would do, kept as the report of this import; nothing changes yet."""
    verdict = judge(own_fields_of_columns(Import.objects.get(pk=reading.import_id)))
    ImportRow.objects.filter(made=reading.import_id).delete()
    write_report(reading.organisation_id, reading.import_id, verdict)
    return verdict


def _note_check(reading: Reading, verdict: Verdict, *, by: Actor) -> Import:
    made = Import.objects.select_for_update().get(pk=reading.import_id)
    made.move(ImportState.CHECKED, counts=verdict.as_json())
    record(by, "import.checked", made, details=verdict.as_json())
    return made


def _bring_in(reading: Reading, verdict: Verdict, *, by: Actor) -> None:
    """The file's own journal entry stands for its new people; who changed gets one each."""
    made = Import.objects.select_for_update().get(pk=reading.import_id)
    marks, at = Marks(), now()
    institutions, changed = apply(made, verdict, meaning_of(made.mapping), marks)
    add_places(made, marks)
    has_own = bool(own_codes_of(made))
    if has_own:
        say_own_of_rows(made, marks)
    written = written_by(marks)
    _move_places(made, by=by)
    if verdict.asked:
        ask_for_rows(made, by=by)
    made.move(ImportState.DONE, counts=verdict.as_json(), finished_at=at)
    ImportUndo.objects.create(made=made, imported_at=at, written_by=written, **asdict(marks))
    details = {"sha256": made.sha256, "institutions": len(institutions), **verdict.as_json()}
    record(by, "clinicians.imported", made, details=details)
    reason = _("Import of %(file)s") % {"file": made.file_name}
    for batch in _pieces(changed, _BATCH):
        people = Clinician.objects.filter(pk__in=batch)
        record_each(by, "clinician.changed", people, reason=reason)
        if has_own:
            journal_own_of_rows(made, batch, by=by, reason=reason)
    announce(CliniciansImported(made.pk))


def _move_places(made: Import, *, by: Actor) -> None:
    """Who was known to work elsewhere works where the file says, from today on."""
    moved = moved_elsewhere(local_day(now()))
    for batch in _pieces(moved, _BATCH):
        for clinician in Clinician.objects.filter(pk__in=batch).select_related("institution"):
            place_primary(clinician, clinician.institution, by=by, source=made.file_name)


def _refresh(reading: Reading) -> None:
    with acting_in(reading.organisation_id):
        refresh_directory_statistics()


def _pieces(items: list[uuid.UUID], size: int) -> Iterator[list[uuid.UUID]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


@contextmanager
def _ending_in_words(reading: Reading, *, by: Actor) -> Iterator[None]:
    """Whatever goes wrong, the import says so, and the directory is as it was."""
    try:
        yield
    except Unreadable as error:
        _fail(reading, str(error) or _("This file cannot be read."), by=by)
    except Cancelled:
        _fail(reading, _("Stopped. Nothing was imported."), by=by)
        raise
    except Exception:
        _fail(reading, _("This did not work, and nothing was imported. Try again."), by=by)
        raise


def _fail(reading: Reading, problem: str, *, by: Actor) -> None:
    with acting_in(reading.organisation_id):
        made = Import.objects.select_for_update().get(pk=reading.import_id)
        made.move(ImportState.FAILED, problem=problem)
        record(by, "import.failed", made, reason=problem)
