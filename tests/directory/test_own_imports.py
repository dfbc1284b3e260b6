"""Fields of one's own in a file: what a column means, which row is not taken and why, and back."""

import pytest

from symposia.audit.models import Entry
from symposia.audit.verification import verify_journal
from symposia.directory.actions.changes import correct_clinician
from symposia.directory.actions.import_files import receive_clinicians
from symposia.directory.actions.import_undo import (
    begin_undo,
    begin_weighing,
    undo_import,
    weigh_undo,
)
from symposia.directory.actions.imports import begin_import
from symposia.directory.actions.own_fields import add_own_field, retire_own_field
from symposia.directory.import_words import Reason
from symposia.directory.imports.table import Meaning
from symposia.directory.lists import reason_of
from symposia.directory.models import Clinician, ImportUndo, OwnValue, UndoLine
from symposia.directory.owning import read_own
from symposia.directory.policies.own import COLUMN_GONE, OwnFieldFacts
from symposia.directory.undo_lists import what_of, why_of
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.work.models import ImportRow
from tests.directory.imports import bring_in, table_path, try_out
from tests.factories.directory import ClinicianFactory

HEAD = ("Name", "Number", "Mail", "Parking", "Beds", "Since", "Wing", "Tongues")
MEANING = Meaning(
    {
        "full_name": 0,
        "number": 1,
        "email": 2,
        "own_parking": 3,
        "own_beds": 4,
        "own_since": 5,
        "own_wing": 6,
        "own_tongues": 7,
    },
    scheme="own",
    profession="physician",
    country="IN",
)


def added(label, kind="text", **said):
    return add_own_field("clinician", OwnFieldFacts(label, kind, **said), by=SYSTEM)


@pytest.fixture
def fields(organisation):
    return [
        added("Parking", "yes_no"),
        added("Beds", "number"),
        added("Since", "day"),
        added("Wing", "one", options=("North", "South")),
        added("Tongues", "several", options=("Marathi", "Hindi")),
    ]


def say(person, field, text):
    correct_clinician(person, {}, own={field: read_own(field, text)}, by=SYSTEM)


def said_of(person):
    rows = OwnValue.objects.filter(clinician=person).select_related("field")
    return {row.field.code: row.said for row in rows}


def words(made):
    return {row.line: reason_of(row) for row in ImportRow.objects.of(made)}


def back(made):
    begin_weighing(made, by=SYSTEM)
    weigh_undo(made.organisation_id, made.pk, by=SYSTEM)
    begin_undo(made, reason="The wrong file", by=SYSTEM)
    undo_import(made.organisation_id, made.pk, by=SYSTEM)
    return ImportUndo.objects.get(made=made)


def test_newcomers_and_known_people_say_what_the_file_does(organisation, fields, tmp_path):
    known = ClinicianFactory(full_name="Asha Rao", email="asha@example.org", npi=False)
    say(known, fields[0], "no")
    say(known, fields[3], "North")
    path = table_path(
        tmp_path,
        HEAD,
        ("Asha Rao", "", "asha@example.org", "Yes", "", "", "north", ""),
        ("Ravi Iyer", "R1", "", "no", "12.5", "2026-01-31", "South", "hindi; Marathi"),
        ("Mira Das", "M1", "", "", "", "", "", ""),
    )

    made, verdict = bring_in(organisation, path, meaning=MEANING)

    assert (verdict.new, verdict.changed, verdict.rejected) == (2, 1, 0)
    assert said_of(known) == {"parking": True, "wing": "North"}
    ravi = said_of(Clinician.objects.get(full_name="Ravi Iyer"))
    assert ravi.pop("beds") == pytest.approx(12.5)
    assert {name: str(said) for name, said in ravi.items()} == {
        "parking": "False",
        "since": "2026-01-31",
        "wing": "South",
        "tongues": "('Marathi', 'Hindi')",
    }
    assert words(made)[2] == "Parking"
    line = Entry.objects.filter(action="own_value.set").latest("id")
    assert line.details["changes"][0]["was"] == "no"
    assert line.details["changes"][0]["now"] == "yes"
    assert line.reason == "Import of doctors.csv"
    assert verify_journal().holds


def test_a_row_that_a_field_cannot_take_says_why_in_words(organisation, fields, tmp_path):
    path = table_path(
        tmp_path,
        HEAD,
        ("One", "1", "", "maybe", "", "", "", ""),
        ("Two", "2", "", "", "some", "", "", ""),
        ("Three", "3", "", "", "", "31.1.2026", "", ""),
        ("Four", "4", "", "", "", "", "East", ""),
        ("Five", "5", "", "", "", "", "", "Hindi;Tamil"),
        ("Six", "6", "", "yes", "", "", "", ""),
    )

    made, verdict = try_out(organisation, path, meaning=MEANING)

    assert words(made) == {
        2: "Parking: expected yes or no, got “maybe”",
        3: "Beds: expected a number, got “some”",
        4: "Since: expected a day like 2026-01-31, got “31.1.2026”",
        5: "Wing: “East” is none of: North, South",
        6: "Tongues: “Tamil” is none of: Marathi, Hindi",
        7: "",
    }
    assert verdict.reasons == {Reason.OWN_VALUE: 5}
    assert not OwnValue.objects.exists()


def test_an_unchanged_row_changes_nothing(organisation, fields, tmp_path):
    known = ClinicianFactory(full_name="Asha Rao", email="asha@example.org", npi=False)
    say(known, fields[1], "12")
    say(known, fields[4], "Hindi; Marathi")
    row = ("Asha Rao", "", "asha@example.org", "", "12.0", "", "", "Marathi;Hindi")

    _made, verdict = bring_in(organisation, table_path(tmp_path, HEAD, row), meaning=MEANING)

    assert (verdict.unchanged, verdict.changed) == (1, 0)


def test_newcomers_of_a_file_with_a_needed_column_have_to_say_it(organisation, tmp_path):
    added("Parking", "yes_no", is_required=True)
    ClinicianFactory(full_name="Known Already", email="known@example.org", npi=False)
    rows = (
        ("Known Already", "", "known@example.org", ""),
        ("New One", "1", "", ""),
        ("New Two", "2", "", "no"),
    )
    columns = {"full_name": 0, "number": 1, "email": 2, "own_parking": 3}
    path = table_path(tmp_path, HEAD[:4], *rows)

    made, verdict = bring_in(organisation, path, meaning=Meaning(columns))

    assert words(made)[3] == "Parking: needed of somebody new"
    assert (verdict.new, verdict.unchanged, verdict.rejected) == (1, 1, 1)
    # A file without the column is taken: it may be a register's.
    columns.pop("own_parking")
    path = table_path(tmp_path, HEAD[:4], ("New Three", "3", "", ""))
    _made, verdict = bring_in(organisation, path, meaning=Meaning(columns))
    assert verdict.new == 1


def test_a_file_fills_in_what_two_people_change_and_says_nothing_else_there(organisation, tmp_path):
    field = added("Parking", "yes_no", by_two=True)
    one, two = (ClinicianFactory(full_name=name, npi=False) for name in ("One", "Two"))
    say(one, field, "yes")
    rows = ((each.full_name, "", each.email, "no") for each in (one, two))
    meaning = Meaning({"full_name": 0, "number": 1, "email": 2, "own_parking": 3})

    made, verdict = bring_in(organisation, table_path(tmp_path, HEAD[:4], *rows), meaning=meaning)

    assert (verdict.changed, verdict.rejected) == (1, 1)
    assert words(made)[2].startswith("Parking: the directory says otherwise, and two people")
    assert (said_of(one), said_of(two)) == ({"parking": True}, {"parking": False})


def test_an_import_is_taken_back_with_what_fields_said(organisation, fields, tmp_path):
    known = ClinicianFactory(full_name="Asha Rao", email="asha@example.org", npi=False)
    for field, text in zip(fields[:4], ("no", "1.5", "2026-01-31", "North"), strict=True):
        say(known, field, text)
    before = said_of(known)
    path = table_path(
        tmp_path,
        HEAD,
        ("Asha Rao", "", "asha@example.org", "Yes", "20", "2026-02-28", "South", "Hindi"),
        ("Ravi Iyer", "R1", "", "no", "", "", "", "Hindi"),
    )
    made, _verdict = bring_in(organisation, path, meaning=MEANING)
    assert OwnValue.objects.count() == 7

    undo = back(made)

    assert said_of(known) == before
    assert OwnValue.objects.count() == 4
    assert (undo.counts["people"], undo.counts["own"], undo.counts["staying"]) == (1, 5, 0)
    line = Entry.objects.filter(action="own_value.removed").latest("id")
    assert line.reason == "The wrong file"
    assert verify_journal().holds


def test_what_somebody_said_since_stays(organisation, fields, tmp_path):
    known = ClinicianFactory(full_name="Asha Rao", email="asha@example.org", npi=False)
    other = ClinicianFactory(full_name="Uma Sen", email="uma@example.org", npi=False)
    say(other, fields[3], "North")
    path = table_path(
        tmp_path,
        HEAD,
        ("Asha Rao", "", "asha@example.org", "Yes", "", "", "", ""),
        ("Uma Sen", "", "uma@example.org", "", "", "", "South", ""),
        ("Ravi Iyer", "R1", "", "no", "", "", "", ""),
    )
    made, _verdict = bring_in(organisation, path, meaning=MEANING)
    ravi = Clinician.objects.get(full_name="Ravi Iyer")
    say(known, fields[0], "no")
    say(ravi, fields[1], "3")
    retire_own_field(fields[3], by=SYSTEM)

    back(made)

    told = {line.label: (what_of(line), why_of(line)) for line in UndoLine.objects.of(made)}
    assert told["Asha Rao: Parking"] == ("An own field", "Changed since the import")
    assert told["Uma Sen: Wing"] == ("An own field", "What it was before is no longer there")
    assert told["Ravi Iyer"][1].startswith("Used since the import: 1 field of your own")
    assert said_of(known) == {"parking": False}
    assert said_of(ravi).keys() == {"parking", "beds"}


def test_a_column_is_guessed_by_the_name_of_the_field(organisation, fields, tmp_path):
    path = table_path(tmp_path, HEAD, ("One", "1", "", "", "", "", "", ""))

    made = receive_clinicians(path, name="a.csv", by=SYSTEM, own=fields[:2])

    assert made.mapping["columns"].items() >= {"own_parking": 3, "own_beds": 4}.items()
    assert "own_since" not in made.mapping["columns"]


def test_a_file_of_a_field_that_is_gone_is_not_read(organisation, fields, tmp_path):
    path = table_path(tmp_path, HEAD, ("One", "1", "", "yes", "", "", "", ""))
    made, _verdict = try_out(organisation, path, meaning=MEANING)
    retire_own_field(fields[0], by=SYSTEM)

    with pytest.raises(Refused) as no:
        begin_import(made, by=SYSTEM)
    assert no.value.objection == COLUMN_GONE
    # The next file like it means what is still there.
    after = receive_clinicians(path, name="b.csv", by=SYSTEM, own=fields[1:])
    assert "own_parking" not in after.mapping["columns"]
    assert after.mapping["columns"]["own_beds"] == 4
