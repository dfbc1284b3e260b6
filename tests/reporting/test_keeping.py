"""Nothing that is held or within its clock goes, whatever removes it; what is past goes."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from symposia.directory.actions.import_undo import (
    begin_undo,
    begin_weighing,
    undo_import,
    weigh_undo,
)
from symposia.directory.models import Clinician, ImportUndo
from symposia.reporting.actions.holds import lift_hold, put_hold
from symposia.reporting.binder_rules import HOLD_THERE, IS_HELD, IS_KEPT
from symposia.reporting.events import HoldChanged
from symposia.reporting.keeping import kinds_kept
from symposia.reporting.models import LegalHold
from symposia.shared import events
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.work.files import delete_file, store_file
from symposia.work.models import StoredFile
from tests.directory.imports import bring_in, nppes_path, nppes_row
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory

pytestmark = pytest.mark.usefixtures("organisation")
ROOT = Path(__file__).parents[2] / "symposia"


def kept(purpose="document", subject=None):
    facts = {"content_type": "text/plain", "purpose": purpose}
    subject_id = subject.pk if subject else None
    return store_file(b"words", name="paper.txt", by=SYSTEM, subject_id=subject_id, **facts)


def gone(file):
    delete_file(file, by=SYSTEM, reason="Tidied up")
    return StoredFile.objects.get(pk=file.pk).deleted_at is not None


def refused(objection, act):
    with pytest.raises(Refused) as why:
        act()
    assert why.value.objection == objection
    return str(why.value)


def test_a_file_within_its_clock_stays_and_says_until_when():
    activity = ActivityFactory(state="held")
    file = kept(subject=activity)

    said = refused(IS_KEPT, lambda: gone(file))

    assert "11 Mar 2033" in said
    assert "ACCME" in said


def test_a_file_whose_clock_has_run_out_goes():
    file = kept("consent")

    with time_machine.travel(now() + timedelta(days=3 * 366), tick=True):
        assert gone(file)


def test_what_no_clock_is_for_goes_until_somebody_holds_everything():
    held, free = kept("import"), kept("import")
    assert gone(free)
    hold = put_hold("Requested by counsel", by=SYSTEM)

    refused(IS_HELD, lambda: gone(held))
    lift_hold(hold, reason="The case is settled", by=SYSTEM)
    assert gone(held)


def test_a_hold_over_an_activity_holds_its_files_and_no_others():
    activity = ActivityFactory(state="held")
    mine, other = kept("letters", activity), kept("letters", ActivityFactory())
    put_hold("A complaint", activity=activity, by=SYSTEM)

    said = refused(IS_HELD, lambda: gone(mine))

    assert "A complaint" in said
    assert gone(other)


def test_a_hold_over_a_person_holds_their_proof_after_its_clock_too():
    person = ClinicianFactory()
    file = kept("consent", person)
    put_hold("An inquiry", clinician=person, by=SYSTEM)

    with time_machine.travel(now() + timedelta(days=3 * 366), tick=True):
        refused(IS_HELD, lambda: gone(file))


def test_a_hold_stands_once_over_a_subject_and_is_told():
    activity, said = ActivityFactory(), []
    events._listeners[HoldChanged].append(said.append)
    try:
        hold = put_hold("A complaint", activity=activity, by=SYSTEM)
        refused(HOLD_THERE, lambda: put_hold("Again", activity=activity, by=SYSTEM))
        lift_hold(hold, reason="Settled", by=SYSTEM)
    finally:
        events._listeners[HoldChanged].remove(said.append)

    assert [each.stands for each in said] == [True, False]
    assert put_hold("Once more", activity=activity, by=SYSTEM).number != hold.number


def test_the_database_wants_a_reason_of_whoever_lifts_a_hold():
    hold = put_hold("A complaint", by=SYSTEM)

    with pytest.raises(IntegrityError), transaction.atomic():
        LegalHold.objects.filter(pk=hold.pk).update(lifted_at=now())


def test_an_import_of_people_is_not_taken_back_while_everything_is_held(organisation, tmp_path):
    made, _verdict = bring_in(organisation, nppes_path(tmp_path, [nppes_row(1), nppes_row(2)]))
    hold = put_hold("An inquiry", by=SYSTEM)
    begin_weighing(made, by=SYSTEM)

    with pytest.raises(Refused):
        weigh_undo(organisation.pk, made.pk, by=SYSTEM)

    assert hold.number in ImportUndo.objects.get(made=made).problem
    assert Clinician.objects.count() == 2


def test_whoever_is_held_stays_when_the_import_that_brought_them_is_taken_back(
    organisation, tmp_path
):
    made, _verdict = bring_in(organisation, nppes_path(tmp_path, [nppes_row(1), nppes_row(2)]))
    person = Clinician.objects.order_by("pk").first()
    put_hold("An inquiry", clinician=person, by=SYSTEM)
    begin_weighing(made, by=SYSTEM)
    weigh_undo(organisation.pk, made.pk, by=SYSTEM)
    begin_undo(made, reason="The wrong file", by=SYSTEM)
    undo_import(organisation.pk, made.pk, by=SYSTEM)

    assert list(Clinician.objects.values_list("pk", flat=True)) == [person.pk]


def test_content_is_removed_by_one_function_alone_and_that_one_asks():
    """Whatever deletes from the storage goes through what asks clocks and holds."""
    found = {
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        if "migrations" not in path.parts
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "default_storage.delete"
    }

    assert found == {"work/files.py"}


def test_what_is_kept_is_told_kind_by_kind_with_its_days():
    kept("external credit")

    found = {each.clock.kind: each for each in kinds_kept()}

    assert found["learner_records"].files == 1
    assert found["learner_records"].first_until == found["learner_records"].last_until
    assert found["money"].first_until is None
