from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils.timezone import now

from symposia.audit.models import Entry
from symposia.audit.verification import verify_journal
from symposia.directory.actions.changes import decide_change
from symposia.directory.actions.clinicians import change_clinician
from symposia.directory.actions.contacts import add_contact, prefer_contact, verify_contact
from symposia.directory.actions.duplicates import keep_pairs, tell_apart
from symposia.directory.actions.import_undo import (
    begin_undo,
    begin_weighing,
    forget_imported_changes,
    undo_import,
    weigh_undo,
)
from symposia.directory.actions.merging import merge_clinicians
from symposia.directory.contacting import ContactFacts
from symposia.directory.duplicates.finding import Found
from symposia.directory.imports import leaving
from symposia.directory.imports.table import Meaning
from symposia.directory.models import (
    ChangeRequest,
    Clinician,
    Identifier,
    ImportedChange,
    ImportUndo,
    Institution,
    PossibleDuplicate,
    UndoLine,
    UndoState,
)
from symposia.directory.tasks import forget_changes
from symposia.directory.undo_lists import what_of, why_of
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.work.models import ImportState
from tests.directory.imports import bring_in, table_path, try_out
from tests.factories.directory import ClinicianFactory, IdentifierFactory
from tests.factories.registrations import RegistrationFactory

HEAD = ("Name", "Number", "Mail", "City", "Hospital")
MEANING = Meaning(
    {"full_name": 0, "number": 1, "email": 2, "city": 3, "institution": 4},
    scheme="own",
    profession="physician",
    country="IN",
)


@pytest.fixture
def known(organisation):
    """Somebody who was there before the file, and works somewhere."""
    return ClinicianFactory(
        full_name="Asha Rao",
        email="asha@example.org",
        city="Pune",
        specialty="Cardiology",
        npi=False,
    )


@pytest.fixture
def made(organisation, tmp_path, known):
    """Two newcomers, and one known person who moves, with a number more."""
    path = table_path(
        tmp_path,
        HEAD,
        ("Asha Rao", "A1", "asha@example.org", "Nagpur", "Bhima Hospital"),
        ("Ravi Iyer", "R1", "ravi@example.org", "Goa", "Bhima Hospital"),
        ("Mira Das", "M1", "mira@example.org", "Goa", "Tara Clinic"),
    )
    made, verdict = bring_in(organisation, path, meaning=MEANING)
    assert (verdict.new, verdict.changed) == (2, 1)
    return made


def weigh(made):
    begin_weighing(made, by=SYSTEM)
    weigh_undo(made.organisation_id, made.pk, by=SYSTEM)
    return ImportUndo.objects.get(made=made)


def take_back(made):
    weigh(made)
    begin_undo(made, reason="The wrong file.", by=SYSTEM)
    undo_import(made.organisation_id, made.pk, by=SYSTEM)
    made.refresh_from_db()
    return ImportUndo.objects.get(made=made)


def stays(made):
    return [(each.line, what_of(each), why_of(each)) for each in UndoLine.objects.of(made)]


def everything():
    """The directory as its tables have it."""
    return [
        sorted(model.objects.values_list(), key=str)
        for model in (Clinician, Identifier, Institution, PossibleDuplicate)
    ]


def test_what_an_import_did_is_taken_back(made, known):
    worked_at = known.institution_id
    undo = take_back(made)

    known.refresh_from_db()
    assert (known.city, known.institution_id) == ("Pune", worked_at)
    assert list(Clinician.objects.all()) == [known]
    assert not Identifier.objects.exists()
    assert not Institution.objects.filter(name__in=["Bhima Hospital", "Tara Clinic"]).exists()
    assert made.state == ImportState.UNDONE
    assert undo.counts == {
        "people": 2,
        "facts": 1,
        "numbers": 1,
        "institutions": 2,
        "own": 0,
        "staying": 0,
    }
    assert verify_journal().holds
    entry = Entry.objects.get(action="import.undone")
    assert (entry.reason, entry.subject_id) == ("The wrong file.", made.pk)
    removed = Entry.objects.filter(action="clinician.removed").values_list(
        "subject_name", flat=True
    )
    assert set(removed) == {"Ravi Iyer", "Mira Das"}


def test_what_a_file_asked_for_goes_with_it(organisation, tmp_path, known):
    """Unless a second person has agreed: that was decided by people."""
    other = ClinicianFactory(full_name="Noor Ali", email="noor@example.org", npi=False)
    for one, number in ((known, "A1"), (other, "N1")):
        IdentifierFactory(clinician=one, scheme="own", value=number)
    path = table_path(
        tmp_path,
        HEAD,
        ("Asha Rao", "A1", "rao@example.net", "", ""),
        ("Noor Ali", "N1", "ali@example.net", "Goa", ""),
    )
    made, _verdict = bring_in(organisation, path, meaning=MEANING)
    agreed = ChangeRequest.objects.get(clinician=other)
    decide_change(agreed, accepted=True, by=SYSTEM)

    weigh(made)
    assert ChangeRequest.objects.waiting().get().clinician == known
    begin_undo(made, reason="The wrong file.", by=SYSTEM)
    undo_import(made.organisation_id, made.pk, by=SYSTEM)

    assert ChangeRequest.objects.get(clinician=known).state == "withdrawn"
    for one in (known, other):
        one.refresh_from_db()
    assert (known.email, other.email) == ("asha@example.org", "ali@example.net")
    assert verify_journal().holds


@pytest.mark.parametrize("confirmed", ["verified", "preferred"])
def test_what_somebody_confirmed_since_stays(organisation, tmp_path, confirmed):
    """The telephone that a file brought, and that a person tried afterwards, is theirs."""
    people = [
        ClinicianFactory(full_name=name, email=f"{name[:4].lower()}@example.org", phone="")
        for name in ("Asha Rao", "Noor Ali")
    ]
    columns = {"full_name": 0, "email": 1, "phone": 2}
    meaning = Meaning(columns, scheme="own", profession="physician", country="IN")
    rows = [(each.full_name, each.email, f"+91 9822{at}") for at, each in enumerate(people)]
    path = table_path(tmp_path, ("Name", "Mail", "Phone"), *rows)
    made, _verdict = bring_in(organisation, path, meaning=meaning)
    row = add_contact(people[0], ContactFacts("phone", "+91 98220"), by=SYSTEM)
    if confirmed == "verified":
        verify_contact(row, "She answered", by=SYSTEM)
    else:
        prefer_contact(row, by=SYSTEM)

    weigh(made)
    assert stays(made) == [(2, "Telephone", "Changed since the import")]
    begin_undo(made, reason="The wrong file.", by=SYSTEM)
    undo_import(made.organisation_id, made.pk, by=SYSTEM)

    assert [Clinician.objects.get(pk=each.pk).phone for each in people] == ["+91 98220", ""]


def test_looking_changes_nothing_and_says_the_same_as_doing(made):
    before = everything()

    looked = weigh(made)

    assert everything() == before
    assert looked.state == UndoState.WEIGHED
    assert not Entry.objects.filter(action="clinician.removed").exists()
    assert take_back(made).counts == looked.counts


def test_a_newcomer_who_is_used_stays_with_number_and_institution(made):
    ravi = Clinician.objects.get(full_name="Ravi Iyer")
    RegistrationFactory(clinician=ravi)

    take_back(made)

    assert Clinician.objects.filter(pk=ravi.pk).exists()
    assert ravi.identifiers.get().value == "R1"
    assert not Clinician.objects.filter(full_name="Mira Das").exists()
    assert stays(made) == [
        (2, "An institution", "Used since the import: 1 other record names it"),
        (3, "The person", "Used since the import: 1 registration"),
    ]
    assert Institution.objects.filter(name="Bhima Hospital").exists()
    assert not Institution.objects.filter(name="Tara Clinic").exists()


def test_a_newcomer_whom_somebody_changed_stays(made):
    mira = Clinician.objects.get(full_name="Mira Das")
    change_clinician(mira, {"phone": "+91 20 5550 0100"}, by=SYSTEM)

    undo = take_back(made)

    assert Clinician.objects.filter(pk=mira.pk).exists()
    assert (4, "The person", "Changed since the import") in stays(made)
    assert undo.counts["people"] == 1


def test_a_number_that_came_by_hand_keeps_a_newcomer(made):
    mira = Clinician.objects.get(full_name="Mira Das")
    IdentifierFactory(clinician=mira, scheme="own", value="BYHAND")

    take_back(made)

    assert (4, "The person", "Used since the import: 1 number") in stays(made)


def test_a_field_that_somebody_changed_since_stays_and_the_others_go_back(made, known):
    change_clinician(known, {"city": "Mumbai"}, by=SYSTEM)

    take_back(made)

    known.refresh_from_db()
    assert known.city == "Mumbai"
    assert not Institution.objects.filter(name="Bhima Hospital").exists()
    assert stays(made) == [(2, "City", "Changed since the import")]


def test_somebody_merged_since_is_left_alone(made, known):
    other = ClinicianFactory(full_name="Asha R. Rao", npi=False)
    merge_clinicians(other, known, by=SYSTEM)

    take_back(made)

    known.refresh_from_db()
    assert known.city == "Nagpur"
    assert (2, "City", "Merged into another record since") in stays(made)
    assert (2, "A number", "Changed since the import") in stays(made)


def test_what_a_field_pointed_to_before_may_be_gone(organisation, tmp_path, made, known):
    """A later file moved her on; once her first workplace is gone, she stays where she is."""
    again = table_path(tmp_path, HEAD, ("Asha Rao", "A1", "asha@example.org", "", "Third House"))
    later, _verdict = bring_in(organisation, again, meaning=MEANING)
    take_back(made)

    take_back(later)

    known.refresh_from_db()
    assert known.institution.name == "Third House"
    assert (2, "Institution", "What it was before is no longer there") in stays(later)
    assert verify_journal().holds


def pair(one, other):
    first, second = sorted((one.pk, other.pk))
    keep_pairs([Found(first, second, 0.97, ["name:same"])], by=SYSTEM)
    return PossibleDuplicate.objects.get()


def test_a_pair_that_nobody_looked_at_goes_with_the_newcomer(made, known):
    pair(known, Clinician.objects.get(full_name="Mira Das"))

    take_back(made)

    assert not PossibleDuplicate.objects.exists()
    assert verify_journal().holds


def test_a_pair_that_somebody_decided_keeps_the_newcomer(made, known):
    decided = pair(known, Clinician.objects.get(full_name="Mira Das"))
    tell_apart(decided, reason="Two people.", by=SYSTEM)

    take_back(made)

    assert PossibleDuplicate.objects.exists()
    assert (4, "The person", "Used since the import: 1 comparison") in stays(made)


def test_an_import_is_taken_back_within_a_day(organisation, tmp_path):
    with time_machine.travel(datetime(2026, 3, 1, 10, tzinfo=UTC), tick=False):
        path = table_path(tmp_path, HEAD, ("Ravi Iyer", "R1", "ravi@example.org", "", ""))
        made, _verdict = bring_in(organisation, path, meaning=MEANING)
    with time_machine.travel(datetime(2026, 3, 2, 10, tzinfo=UTC), tick=False):
        weigh(made)
    late = time_machine.travel(datetime(2026, 3, 2, 10, 0, 1, tzinfo=UTC), tick=False)
    with late, pytest.raises(Refused) as no:
        begin_undo(made, reason="Too late.", by=SYSTEM)

    assert no.value.objection.code == "import_stands"
    assert "2 Mar 2026" in str(no.value)


def test_first_one_looks_and_says_why(made):
    with pytest.raises(Refused) as unseen:
        begin_undo(made, reason="Blind.", by=SYSTEM)
    weigh(made)
    with pytest.raises(Refused) as silent:
        begin_undo(made, reason=" ", by=SYSTEM)

    assert unseen.value.objection.code == "look_before_taking_back"
    assert silent.value.objection.code == "why_taken_back"


def test_an_import_is_taken_back_once_and_by_one(made):
    begin_weighing(made, by=SYSTEM)
    with pytest.raises(Refused) as busy:
        begin_weighing(made, by=SYSTEM)
    weigh_undo(made.organisation_id, made.pk, by=SYSTEM)
    take_back(made)
    with pytest.raises(Refused) as again:
        begin_weighing(made, by=SYSTEM)

    assert busy.value.objection.code == "being_taken_back"
    assert again.value.objection.code == "already_taken_back"


def test_a_file_that_did_not_come_in_has_nothing_to_take_back(organisation, tmp_path):
    path = table_path(tmp_path, HEAD, ("Ravi Iyer", "R1", "ravi@example.org", "", ""))
    made, _verdict = try_out(organisation, path, meaning=MEANING)

    with pytest.raises(Refused) as no:
        begin_weighing(made, by=SYSTEM)

    assert no.value.objection.code == "nothing_to_take_back"


def test_nothing_is_half_undone(made, known):
    """What goes wrong at the last step takes the steps before with it, and says so."""
    before = everything()
    weigh(made)
    begin_undo(made, reason="The wrong file.", by=SYSTEM)
    ImportUndo.objects.filter(made=made).update(institution_key="spoilt")

    with pytest.raises(ValueError, match="badly formed"):
        undo_import(made.organisation_id, made.pk, by=SYSTEM)

    assert everything() == before
    undo = ImportUndo.objects.get(made=made)
    assert (undo.state, undo.problem) == (UndoState.STANDING, "This did not work. Try again.")
    assert Entry.objects.filter(action="import.undo_failed", subject_id=made.pk).exists()


def test_work_that_comes_again_after_its_last_step_does_nothing(made):
    undo = take_back(made)

    undo_import(made.organisation_id, made.pk, by=SYSTEM)

    undo.refresh_from_db()
    assert undo.state == UndoState.UNDONE
    assert Entry.objects.filter(action="import.undone").count() == 1


def test_the_same_file_can_come_in_again(organisation, tmp_path, made):
    take_back(made)
    path = table_path(tmp_path, HEAD, ("Ravi Iyer", "R1", "ravi@example.org", "Goa", ""))

    _again, verdict = bring_in(organisation, path, meaning=MEANING)

    assert verdict.new == 1


def test_what_people_said_before_is_not_kept_longer(made):
    assert ImportedChange.objects.filter(made=made).exists()
    with time_machine.travel(now() + timedelta(hours=23)):
        assert forget_imported_changes(by=SYSTEM) == 0
    with time_machine.travel(now() + timedelta(hours=25)):
        forget_changes()

    assert not ImportedChange.objects.exists()
    assert Entry.objects.filter(action="import.stands", subject_id=made.pk).exists()


def test_the_keys_of_an_import_tell_its_lines(made):
    undo = ImportUndo.objects.get(made=made)

    lines = [leaving.line_of(pk) for pk in leaving.people_of(undo).values_list("pk", flat=True)]

    assert sorted(lines) == [3, 4]
