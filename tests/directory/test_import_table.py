import pytest

from symposia.audit.verification import verify_journal
from symposia.directory.import_words import FIELDS, Reason
from symposia.directory.imports.table import Meaning
from symposia.directory.models import Clinician, Institution
from symposia.work.imports.fields import guess_columns
from symposia.work.models import ImportRow
from tests.directory.imports import bring_in, table_path, try_out
from tests.factories.directory import ClinicianFactory, TerritoryFactory

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

    assert (verdict.new, verdict.changed) == (0, 1)
    before.refresh_from_db()
    assert (before.full_name, before.city) == ("Asha K Rao", "Pune")


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
