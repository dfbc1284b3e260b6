from dataclasses import replace
from datetime import date

import pytest

from symposia.audit.models import Entry
from symposia.audit.verification import verify_journal
from symposia.directory.actions.changes import decide_change
from symposia.directory.actions.contacts import add_contact
from symposia.directory.contacting import ContactFacts
from symposia.directory.import_words import FIELDS, Reason
from symposia.directory.imports.table import Meaning
from symposia.directory.lists import reason_of
from symposia.directory.models import (
    ChangeRequest,
    Clinician,
    GuardedField,
    ImportedChange,
    Institution,
)
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.work.imports.fields import guess_columns
from symposia.work.models import ImportRow
from tests.directory.imports import bring_in, table_path, try_out
from tests.factories.accounts import member
from tests.factories.directory import ClinicianFactory, IdentifierFactory, TerritoryFactory

HEAD = ("Name", "Reg no", "Council", "Mail", "Role", "Hospital", "City", "Territory", "Country")
_MEANS = (
    *("full_name", "number", "issuer", "email", "profession", "institution", "city"),
    *("territory", "country"),
)
MEANING = Meaning(
    {name: place for place, name in enumerate(_MEANS)},
    scheme="smc",
    profession="physician",
    country="IN",
)


def row(name="Asha Rao", number="MH/1", mail="", **more):
    values = {"issuer": "Maharashtra", "full_name": name, "number": number, "email": mail, **more}
    return tuple(values.get(each, "") for each in _MEANS)


def reasons(made):
    return {each.line: each.reason for each in ImportRow.objects.of(made)}


def test_columns_are_guessed_from_what_they_are_called():
    header = ["Surname", "First name", "NPI", "E-Mail", "Speciality", "Something else"]

    assert guess_columns(FIELDS, header) == {
        "first_name": 1,
        "last_name": 0,
        "number": 2,
        "email": 3,
        "specialty": 4,
    }


def test_each_row_that_cannot_be_understood_says_why(organisation, tmp_path):
    TerritoryFactory(code="west", name="West")
    path = table_path(
        tmp_path,
        HEAD,
        row("", "1"),
        row("No Key", ""),
        row("Bad Mail", "3", "not an address"),
        row("Bad Role", "4", profession="wizard"),
        row("Bad Land", "5", country="India"),
        row("No Area", "6", territory="atlantis"),
        row("Good", "7", territory="WEST", profession="Dr."),
        (),
        row("Twice", "7"),
    )

    made, verdict = bring_in(organisation, path, meaning=MEANING)

    assert reasons(made) == {
        2: Reason.NO_NAME,
        3: Reason.NO_KEY,
        4: Reason.BAD_EMAIL,
        5: Reason.UNKNOWN_PROFESSION,
        6: Reason.UNKNOWN_COUNTRY,
        7: Reason.UNKNOWN_TERRITORY,
        8: "",
        10: Reason.REPEATED,
    }
    assert (verdict.new, verdict.rejected) == (1, 7)
    assert Clinician.objects.get().territory.code == "west"


def test_one_number_of_two_councils_is_two_people(organisation, tmp_path):
    path = table_path(tmp_path, HEAD, row("One"), row("Two", issuer="Goa"))

    bring_in(organisation, path, meaning=MEANING)

    assert Clinician.objects.count() == 2


def test_a_person_without_a_number_is_known_by_the_address(organisation, tmp_path):
    before = ClinicianFactory(full_name="Asha Rao", email="asha@example.org", npi=False)
    path = table_path(tmp_path, HEAD, row("Asha K Rao", "", "ASHA@example.org", city="Pune"))

    _made, verdict = bring_in(organisation, path, meaning=MEANING)

    assert (verdict.new, verdict.changed, verdict.asked) == (0, 1, 1)
    before.refresh_from_db()
    assert (before.full_name, before.city) == ("Asha Rao", "Pune")
    assert ChangeRequest.objects.get().now == "Asha K Rao"


def test_a_row_without_a_number_and_with_the_mail_of_another_is_not_a_second_person(
    organisation, tmp_path
):
    path = table_path(
        tmp_path,
        HEAD,
        row("Asha Rao", "7", "asha@example.org"),
        row("A. Rao", "", "asha@example.org"),
        row("Nila Das", "", "nila@example.org"),
        row("Nila Das", "8", "nila@example.org"),
        row("Ward Desk", "", "ward@example.org"),
        row("Ravi Nair", "9", "ward@example.org"),
    )

    made, verdict = bring_in(organisation, path, meaning=MEANING)

    assert (verdict.new, verdict.rejected) == (4, 2)
    said = {each.line: reason_of(each) for each in ImportRow.objects.of(made)}
    assert said[3] == "The same e-mail as line 2, and no number"
    assert said[4] == "The same e-mail as line 5, and no number"
    assert said[6] == said[7] == ""
    assert Clinician.objects.filter(email="asha@example.org").get().full_name == "Asha Rao"


def test_empty_lines_between_rows_are_counted_as_skipped(organisation, tmp_path):
    path = table_path(tmp_path, HEAD, row("Asha Rao", "7"), (), row("Nila Das", "8"), (), ())

    made, verdict = bring_in(organisation, path, meaning=MEANING)

    assert (verdict.rows, verdict.new, verdict.skipped, verdict.rejected) == (3, 2, 1, 0)
    assert verdict.reasons == {Reason.EMPTY: 1}
    assert set(reasons(made)) == {2, 4}


CONTACTS = Meaning(
    {"full_name": 0, "number": 1, "email": 2, "phone": 3, "city": 4},
    scheme="own",
    profession="physician",
    country="IN",
)


def contacts_path(folder, *cells):
    return table_path(folder, ("Name", "Number", "Mail", "Phone", "City"), cells)


def known(**facts):
    said = {"full_name": "Asha Rao", "email": "asha@example.org", "phone": "+1 1", "npi": False}
    one = ClinicianFactory(**(said | facts))
    IdentifierFactory(clinician=one, scheme="own", value="7")
    return one


def test_what_two_people_change_a_file_asks_for(organisation, tmp_path):
    one, coordinator = known(city="Boston"), member(organisation, "coordinator")
    path = contacts_path(tmp_path, "A. Rao", "7", "mine@example.net", "+1 617 555 0100", "Pune")

    made, verdict = bring_in(organisation, path, meaning=CONTACTS, by=coordinator.actor())

    one.refresh_from_db()
    assert (one.full_name, one.email, one.phone) == ("Asha Rao", "asha@example.org", "+1 1")
    assert one.city == "Pune"
    asked = {each.field: each for each in ChangeRequest.objects.waiting()}
    assert {field: (each.was, each.now) for field, each in asked.items()} == {
        "full_name": ("Asha Rao", "A. Rao"),
        "email": ("asha@example.org", "mine@example.net"),
        "phone": ("+1 1", "+1 617 555 0100"),
    }
    with pytest.raises(Refused) as refused:
        decide_change(asked["email"], accepted=True, by=coordinator.actor())
    assert refused.value.objection.code == "own_change"
    second = member(organisation, "coordinator").actor()
    decide_change(asked["email"], accepted=True, by=second)
    one.refresh_from_db()
    assert one.email == "mine@example.net"
    row = ImportRow.objects.of(made).get()
    assert "E-mail (a second person decides)" in reason_of(row)
    assert reason_of(row).startswith("City")
    assert (verdict.changed, verdict.asked) == (1, 1)
    assert verify_journal().faults == []

    _again, verdict = bring_in(organisation, path, meaning=CONTACTS, by=coordinator.actor())
    assert verdict.asked == 1
    assert ChangeRequest.objects.waiting().count() == 2


def test_a_file_that_only_asks_changes_nobody(organisation, tmp_path):
    one = known(city="Pune")
    path = contacts_path(tmp_path, "Asha Rao", "7", "mine@example.net", "", "")

    bring_in(organisation, path, meaning=CONTACTS)

    assert ChangeRequest.objects.get().field == "email"
    assert not Entry.objects.filter(action="clinician.changed", subject_id=one.pk).exists()
    assert not ImportedChange.objects.exists()


def test_a_dry_run_asks_for_nothing(organisation, tmp_path):
    known()
    path = contacts_path(tmp_path, "Asha Rao", "7", "mine@example.net", "", "")

    _made, verdict = try_out(organisation, path, meaning=CONTACTS)

    assert verdict.asked == 1
    assert not ChangeRequest.objects.exists()


def test_a_field_that_says_nothing_is_filled_unless_another_was_noted(organisation, tmp_path):
    one = known(email="", phone="")
    add_contact(one, ContactFacts("phone", "+1 2", until_on=date(2026, 1, 1)), by=SYSTEM)
    path = contacts_path(tmp_path, "Asha Rao", "7", "asha@example.org", "+1 617 555 0100", "")

    bring_in(organisation, path, meaning=CONTACTS)

    one.refresh_from_db()
    assert (one.email, one.phone) == ("asha@example.org", "")
    assert ChangeRequest.objects.get().field == "phone"


def test_what_the_organisation_guards_too_and_a_further_number_are_asked_for(
    organisation, tmp_path
):
    one = known(city="Boston")
    GuardedField.objects.create(field="city", set_by_name="Asha")
    meaning = Meaning(CONTACTS.columns, scheme="smc", profession="physician", country="IN")
    path = contacts_path(tmp_path, "Asha Rao", "MH/1", "asha@example.org", "", "Pune")

    bring_in(organisation, path, meaning=meaning)

    one.refresh_from_db()
    assert one.city == "Boston"
    assert [each.value for each in one.identifiers.all()] == ["7"]
    asked = {each.field: (each.scheme, each.now) for each in ChangeRequest.objects.all()}
    assert asked == {"city": ("", "Pune"), "number": ("smc", "MH/1")}


def test_a_number_is_added_to_the_person_of_that_name_and_address(organisation, tmp_path):
    before = ClinicianFactory(full_name="Asha Rao", email="asha@example.org", npi=False)
    path = table_path(tmp_path, HEAD, row("Asha Rao", "MH/1", "asha@example.org"))

    made, verdict = bring_in(organisation, path, meaning=MEANING)

    assert verdict.changed == 1
    assert before.identifiers.get().value == "MH1"
    assert "number" in ImportRow.objects.of(made).get().changes


def test_two_people_may_share_a_mailbox(organisation, tmp_path):
    path = table_path(
        tmp_path,
        HEAD,
        row("Asha Rao", "1", "office@example.org"),
        row("Ravi Rao", "2", "office@example.org"),
    )

    bring_in(organisation, path, meaning=MEANING)
    _made, verdict = bring_in(organisation, path, meaning=MEANING)

    assert (verdict.new, verdict.unchanged) == (0, 2)
    assert Clinician.objects.count() == 2


def test_two_rows_about_one_person_count_once(organisation, tmp_path):
    ClinicianFactory(full_name="Asha Rao", email="asha@example.org", npi=False)
    path = table_path(
        tmp_path,
        HEAD,
        row("Asha Rao", "MH/1", "asha@example.org"),
        row("Asha Rao", "", "asha@example.org"),
    )

    _made, verdict = bring_in(organisation, path, meaning=MEANING)

    assert (verdict.changed, verdict.rejected) == (1, 1)


def test_institutions_are_added_once_whatever_their_case(organisation, tmp_path):
    path = table_path(
        tmp_path,
        HEAD,
        row("One", "1", institution="Bhima Hospital", city="Pune"),
        row("Two", "2", institution="BHIMA HOSPITAL", city="Pune"),
        row("Three", "3"),
    )

    bring_in(organisation, path, meaning=MEANING)
    bring_in(organisation, path, meaning=MEANING)

    assert Institution.objects.count() == 1
    assert Clinician.objects.exclude(institution=None).count() == 2


def test_empty_cells_change_nothing(organisation, tmp_path):
    bring_in(organisation, table_path(tmp_path, HEAD, row(city="Pune")), meaning=MEANING)

    _made, verdict = bring_in(organisation, table_path(tmp_path, HEAD, row()), meaning=MEANING)

    assert verdict.unchanged == 1
    assert Clinician.objects.get().city == "Pune"


def test_our_own_export_comes_back_without_its_guards(organisation, tmp_path):
    bring_in(organisation, table_path(tmp_path, HEAD, row("'=Asha")), meaning=MEANING)

    assert Clinician.objects.get().full_name == "=Asha"


def test_the_journal_holds_after_an_import_that_changed_people(organisation, tmp_path):
    bring_in(organisation, table_path(tmp_path, HEAD, row(city="Pune")), meaning=MEANING)
    path = table_path(tmp_path, HEAD, row(city="Mumbai", institution="New Hospital"))
    bring_in(organisation, path, meaning=MEANING)

    assert verify_journal().holds


def test_after_a_failure_the_import_says_so_and_nothing_came_in(organisation, tmp_path):
    path = table_path(tmp_path, HEAD, row())
    path.write_bytes(path.read_bytes() + b"x" * 300_000 + b"\xff\xfe broken \xff")

    made, _verdict = try_out(organisation, path, meaning=MEANING)

    assert made.state == "failed"
    assert "not text any more" in made.problem
    assert not Clinician.objects.exists()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separator_and_encoding_are_found_out(organisation, tmp_path, separator, encoding):
    path = tmp_path / "doctors.csv"
    lines = [("Name", "NPI"), ("Zoë Müller", "1234567893"), ("Ana Silva", "1003000126")]
    path.write_bytes("\r\n".join(separator.join(line) for line in lines).encode(encoding))

    meaning = Meaning({"full_name": 0, "number": 1}, scheme="npi")
    _made, verdict = bring_in(organisation, path, meaning=meaning)

    assert verdict.new == 2
    assert Clinician.objects.filter(full_name="Zoë Müller").exists()


def test_what_a_row_does_not_say_holds_for_newcomers_alone(organisation, tmp_path):
    """A sheet without a column of professions never turns known physicians into others."""
    known = ClinicianFactory(
        full_name="Asha Rao", email="asha@example.org", profession="nurse", country="US"
    )
    rows = (row(number="", mail="asha@example.org"), row("New Person", "", "new@example.org"))
    path = table_path(tmp_path, HEAD, *rows)

    bring_in(organisation, path, meaning=MEANING)

    known.refresh_from_db()
    newcomer = Clinician.objects.get(email="new@example.org")
    assert (known.profession, known.country) == ("nurse", "US")
    assert (newcomer.profession, newcomer.country) == ("physician", "IN")


@pytest.mark.parametrize(
    ("scheme", "right", "wrong", "words"),
    [
        (
            "orcid",
            "0000-0002-1825-0097",
            "0000-0002-1825-0096",
            "Not a number of ORCID: it is sixteen digits in four groups, the last one a check digit"
            " or X",
        ),
        (
            "rpps",
            "10003456786",
            "10003456781",
            "Not a number of RPPS (France): it is eleven digits, the last one a check digit",
        ),
        ("gmc", "7012345", "701234", "Not a number of GMC (United Kingdom): it is seven digits"),
        (
            "ahpra",
            "MED0001234567",
            "MED1234567",
            "Not a number of AHPRA (Australia): it is three letters and ten digits",
        ),
        ("npi", "1234567893", "1234567890", "The check digit of the NPI does not hold"),
    ],
)
def test_a_number_that_cannot_be_one_of_its_register_is_refused_in_its_words(
    organisation, tmp_path, scheme, right, wrong, words
):
    path = table_path(tmp_path, HEAD, row("Right", right), row("Wrong", wrong))

    made, verdict = bring_in(organisation, path, meaning=replace(MEANING, scheme=scheme))

    assert (verdict.new, verdict.rejected) == (1, 1)
    [refused] = ImportRow.objects.of(made).exclude(reason="")
    assert (refused.line, reason_of(refused)) == (3, words)
