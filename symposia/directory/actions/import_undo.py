import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from symposia.accounts.queries import this_organisation
from symposia.audit.actions import record, record_each
from symposia.directory.actions.duplicates import forget_pairs
from symposia.directory.actions.import_asking import take_back_asked
from symposia.directory.actions.import_own import give_back_own
from symposia.directory.actions.import_places import take_back_places
from symposia.directory.events import ImportUndone
from symposia.directory.imports import leaving
from symposia.directory.imports.marks import keys_of
from symposia.directory.models import (
    TAKE_BACK_FOR,
    Clinician,
    Identifier,
    ImportedChange,
    ImportUndo,
    Institution,
    UndoLine,
    UndoState,
)
from symposia.directory.policies.undoing import (
    NOTHING_TO_TAKE_BACK,
    objection_to_taking_back,
    objection_to_weighing,
)
from symposia.directory.queries import undo_of
from symposia.directory.statistics import refresh_directory_statistics
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import Refused, needed, refuse_if
from symposia.shared.tenancy import acting_in
from symposia.work.holding import objection_to_deleting
from symposia.work.models import Import, ImportState

_BATCH = 1_000


@dataclass(frozen=True)
class TakenBack:
    """What an undo takes back, and what it leaves with its reasons."""

    people: int
    facts: int
    numbers: int
    institutions: int
    # Of people who were known, what fields of one's own say again.
    own: int
    lines: list[UndoLine]

    def as_json(self) -> dict[str, int]:
        return {
            "people": self.people,
            "facts": self.facts,
            "numbers": self.numbers,
            "institutions": self.institutions,
            "own": self.own,
            "staying": len({(line.line, line.what) for line in self.lines}),
        }


@transaction.atomic
def begin_weighing(made: Import, *, by: Actor) -> ImportUndo:
    """Ask what taking an import back would do."""
    undo = needed(_locked(made), NOTHING_TO_TAKE_BACK)

    refuse_if(objection_to_weighing(undo, at=now(), zone=this_organisation().zone))

    undo.move(UndoState.WEIGHING, problem="", asked_by_name=by.name[:200])
    record(by, "import.undo_asked", made)
    return undo


@transaction.atomic
def begin_undo(made: Import, *, reason: str, by: Actor) -> ImportUndo:
    """Ask for an import to be taken back, once somebody has seen what stays."""
    undo = needed(_locked(made), NOTHING_TO_TAKE_BACK)
    zone = this_organisation().zone

    refuse_if(objection_to_taking_back(undo, reason=reason, at=now(), zone=zone))

    undo.move(UndoState.UNDOING, problem="", reason=reason.strip(), asked_by_name=by.name[:200])
    record(by, "import.undo_requested", made, reason=reason)
    return undo


def weigh_undo(organisation_id: uuid.UUID, import_id: uuid.UUID, *, by: Actor) -> None:
    """What would be taken back and what would stay: it is done, looked at, and not kept."""
    with _ending_in_words(organisation_id, import_id, by=by), acting_in(organisation_id):
        undo = _working(import_id)
        if undo.state != UndoState.WEIGHING:  # its worker was killed after the last step
            return
        with transaction.atomic():
            would = _take_back(undo, by=by)
            transaction.set_rollback(True)
        _keep(undo, would)
        undo.move(UndoState.WEIGHED, counts=would.as_json(), weighed_at=now())
        record(by, "import.undo_weighed", undo.made, details=would.as_json())


def undo_import(organisation_id: uuid.UUID, import_id: uuid.UUID, *, by: Actor) -> None:
    """Take back what an import did, where nobody has built on it since: all of it in one go."""
    with _ending_in_words(organisation_id, import_id, by=by), acting_in(organisation_id):
        undo = _working(import_id)
        if undo.state != UndoState.UNDOING:  # its worker was killed after the last step
            return
        made = undo.made
        done = _take_back(undo, by=by)
        _keep(undo, done)
        undo.move(UndoState.UNDONE, counts=done.as_json(), undone_at=now())
        made.move(ImportState.UNDONE)
        ImportedChange.objects.filter(made=made).delete()
        record(by, "import.undone", made, reason=undo.reason, details=done.as_json())
        announce(ImportUndone(made.pk))
    with acting_in(organisation_id):
        refresh_directory_statistics()


def let_import_stand(organisation_id: uuid.UUID, import_id: uuid.UUID, *, by: Actor) -> None:
    """The work was stopped before it began: the import stands, and can be looked at again."""
    with acting_in(organisation_id):
        undo = _working(import_id)
        if undo.is_working:
            undo.move(UndoState.STANDING, problem=_("Somebody stopped this before it began."))
            record(by, "import.undo_stopped", undo.made, reason=undo.problem)


@transaction.atomic
def forget_imported_changes(*, by: Actor) -> int:
    """What people said before a file is not kept once the import stands; of how many files."""
    past = now() - TAKE_BACK_FOR
    late = ImportUndo.objects.filter(imported_at__lt=past).exclude(state=UndoState.UNDOING)
    kept = ImportedChange.objects.filter(made__in=late.values("made"))
    files = list(Import.objects.filter(pk__in=kept.values("made")).order_by("pk"))
    kept.delete()
    for made in files:
        record(by, "import.stands", made)
    return len(files)


def _locked(made: Import) -> ImportUndo | None:
    """How an import is taken back, held; nothing where there is nothing to take back."""
    known = undo_of(made)
    return ImportUndo.objects.locked(known.pk) if known else None


def _working(import_id: uuid.UUID) -> ImportUndo:
    """The import and its undo, held while the work goes on."""
    made = Import.objects.select_for_update().get(pk=import_id)
    undo = ImportUndo.objects.select_for_update(of=["self"]).get(made=made)
    undo.made = made
    return undo


def _by_line(line: UndoLine) -> int:
    return line.line


def _take_back(undo: ImportUndo, *, by: Actor) -> TakenBack:
    """Facts first, then the newcomers, then where they would have worked."""
    why = undo.reason
    leaving.hold_people(undo)
    lines = [*leaving.staying_facts(undo), *leaving.staying_people(undo)]
    lines += leaving.staying_numbers(undo)
    own = give_back_own(undo, by=by)
    lines += own.lines
    staying = {line.row_id for line in lines if line.what == leaving.PERSON}
    facts = leaving.give_back_facts(undo)
    for start in range(0, len(facts), _BATCH):
        people_now = Clinician.objects.filter(pk__in=facts[start : start + _BATCH])
        record_each(by, "clinician.changed", people_now, reason=why)
    take_back_places(undo, facts, by=by)
    take_back_asked(undo.made, reason=why, by=by)
    numbers = _remove(
        Identifier, leaving.added_numbers(undo).filter(wrote=undo.written_by), why, by=by
    )
    people = _remove_people(undo, staying, by=by)
    kept = list(leaving.staying_institutions(undo))
    institutions = leaving.rows_of(Institution, undo.institution_key)
    gone = institutions.exclude(pk__in={line.row_id for line in kept})
    removed = _remove(Institution, gone, why, by=by)
    leaving.hold_to_keys()
    every = sorted([*lines, *kept], key=_by_line)
    return TakenBack(people, len(facts), numbers, removed, own.count, every)


def _remove_people(undo: ImportUndo, staying: set[uuid.UUID], *, by: Actor) -> int:
    """The newcomers nobody uses, with what the product only compared them with."""
    forget_pairs(leaving.compared_only(undo, staying), by=by)
    going = Clinician.objects.filter(pk__range=keys_of(undo.person_key))
    leaving_now = going.exclude(pk__in=staying).order_by("pk")
    refuse_if(objection_to_deleting(leaving_now))
    for batch in _pieces(leaving_now.iterator(_BATCH)):
        record_each(by, "clinician.removed", batch, reason=undo.reason)
    return leaving.delete_people(undo, staying)


def _remove(model: type[models.Model], rows: models.QuerySet[Any], why: str, *, by: Actor) -> int:
    """Rows that nothing points to go, each with its line of the journal."""
    going = list(rows)
    record_each(by, f"{model._meta.model_name}.removed", going, reason=why)
    model._default_manager.filter(pk__in=[row.pk for row in going]).delete()
    return len(going)


def _pieces(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while piece := list(islice(rows, _BATCH)):
        yield piece


def _keep(undo: ImportUndo, taken: TakenBack) -> None:
    """What stays, row by row, for whoever has to decide, and for later."""
    UndoLine.objects.filter(made=undo.made_id).delete()
    UndoLine.objects.bulk_create(taken.lines, batch_size=_BATCH)


@contextmanager
def _ending_in_words(
    organisation_id: uuid.UUID, import_id: uuid.UUID, *, by: Actor
) -> Iterator[None]:
    """Whatever goes wrong, the page says so, and the directory is as it was."""
    try:
        yield
    except Exception as error:
        said = str(error) if isinstance(error, Refused) else _("This did not work. Try again.")
        with acting_in(organisation_id):
            undo = _working(import_id)
            if undo.is_working:
                undo.move(UndoState.STANDING, problem=said)
                record(by, "import.undo_failed", undo.made, reason=undo.problem)
        raise
