import csv
import io
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import nppes_file
from symposia.accounts.models import Organisation
from symposia.audit.models import Entry
from symposia.audit.verification import verify_journal
from symposia.directory.actions.clinicians import change_clinician, deactivate_clinician
from symposia.directory.import_words import Reason
from symposia.directory.imports.nppes import COLUMNS, is_nppes, staged_rows
from symposia.directory.models import ChangeRequest, Clinician, Identifier
from symposia.directory.spelling import search_form
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from symposia.work.models import ImportRow, ImportState
from tests.directory.imports import bring_in, nppes_path, nppes_row, slow_npi, try_out
from tests.factories.accounts import OrganisationFactory

LAST, FIRST = "Provider Last Name (Legal Name)", "Provider First Name"
CITY = "Provider Business Practice Location Address City Name"


def outcomes(made):
    return {row.line: (row.outcome, row.reason) for row in ImportRow.objects.of(made)}


def test_the_published_header_is_known():
    assert len(COLUMNS) == 330
    assert is_nppes(COLUMNS)
    assert not is_nppes(COLUMNS[1:])


def test_people_come_in_with_number_profession_and_place(organisation, tmp_path):
    row = nppes_row(
        7,
        **{
            FIRST: "MARY",
            "Provider Middle Name": "ANN",
            LAST: "O'BRIEN",
            "Provider Name Suffix Text": "III",
            "Provider Credential Text": "M.D.",
            "Healthcare Provider Taxonomy Code_1": "163W00000X",
            "Healthcare Provider Primary Taxonomy Switch_1": "N",
            "Healthcare Provider Taxonomy Code_2": "207RC0000X",
            "Healthcare Provider Primary Taxonomy Switch_2": "Y",
            "Provider Business Practice Location Address City Name": "NEW HAVEN",
            "Provider Business Practice Location Address State Name": "CT",
        },
    )

    made, verdict = bring_in(organisation, nppes_path(tmp_path, [row]))

    assert (verdict.new, verdict.rejected, made.state) == (1, 0, ImportState.DONE)
    one = Clinician.objects.get()
    assert one.full_name == "MARY ANN O'BRIEN III"
    assert one.display_name == "Mary Ann O'Brien III"
    assert (one.profession, one.specialty) == ("physician", "Cardiovascular disease")
    assert (one.city, one.region, one.country, one.credential) == ("New Haven", "CT", "US", "M.D.")
    assert one.identifiers.get().value == row[0]
    assert list(Clinician.objects.search("brien")) == [one]


def test_each_rejected_row_says_why(organisation, tmp_path):
    good = nppes_row(1)
    rows = [
        good,
        nppes_row(2, NPI="1234567890"),
        nppes_row(3, **{"Entity Type Code": "2"}),
        nppes_row(4, **{LAST: "", FIRST: ""}),
        nppes_row(5, NPI=good[0]),
        nppes_row(6, **{"NPI Deactivation Date": "01/31/2020", "Entity Type Code": ""}),
        nppes_row(7, **{"NPI Deactivation Date": "2020-01-31"}),
        nppes_row(8)[:-3],
        nppes_row(9, **{LAST: "X" * 201}),
    ]

    made, verdict = bring_in(organisation, nppes_path(tmp_path, rows))

    assert outcomes(made) == {
        2: ("new", ""),
        3: ("rejected", Reason.BAD_NUMBER),
        4: ("skipped", Reason.ORGANISATION),
        5: ("rejected", Reason.NO_NAME),
        6: ("rejected", Reason.REPEATED),
        7: ("rejected", Reason.DEACTIVATED),
        8: ("rejected", Reason.BAD_DATE),
        9: ("rejected", Reason.WRONG_COLUMNS),
        10: ("rejected", Reason.TOO_LONG),
    }
    assert (verdict.rows, verdict.new, verdict.rejected, verdict.skipped) == (9, 1, 7, 1)
    assert Clinician.objects.count() == Identifier.objects.count() == 1


def test_the_same_file_again_changes_nothing(organisation, tmp_path):
    path = nppes_path(tmp_path, [nppes_row(n) for n in range(20)])
    bring_in(organisation, path)
    before = list(Clinician.objects.order_by("pk").values())

    made, verdict = bring_in(organisation, path)

    assert (verdict.new, verdict.changed, verdict.unchanged) == (0, 0, 20)
    assert made.state == ImportState.CHECKED
    assert list(Clinician.objects.order_by("pk").values()) == before


def test_a_later_file_changes_what_it_says_and_keeps_what_people_wrote(organisation, tmp_path):
    bring_in(organisation, nppes_path(tmp_path, [nppes_row(1), nppes_row(2)]))
    number = nppes_row(1)[0]
    one = Clinician.objects.by_number(number).get()
    change_clinician(one, {"email": "one@example.org"}, by=SYSTEM)
    later = nppes_row(1, **{LAST: "NEWNAME", "Provider Credential Text": "", CITY: "NEWTOWN"})

    made, verdict = bring_in(organisation, nppes_path(tmp_path, [later]))

    assert (verdict.new, verdict.changed) == (0, 1)
    again = Clinician.objects.get(pk=one.pk)
    assert search_form(again.city) == search_form("NEWTOWN")
    assert again.full_name == one.full_name
    assert ChangeRequest.objects.get().now.endswith("NEWNAME")
    assert (again.email, again.credential) == ("one@example.org", one.credential)
    assert "full_name" in ImportRow.objects.of(made).get().changes


def test_who_left_the_register_is_deactivated_and_taken_up_again(organisation, tmp_path):
    bring_in(organisation, nppes_path(tmp_path, [nppes_row(1)]))
    gone = nppes_row(
        1, **{LAST: "", FIRST: "", "Entity Type Code": "", "NPI Deactivation Date": "01/31/2020"}
    )
    bring_in(organisation, nppes_path(tmp_path, [gone]))
    one = Clinician.objects.get()
    assert f"{one.deactivated_at:%F}" == "2020-01-31"
    assert one.full_name

    back = nppes_row(
        1, **{"NPI Deactivation Date": "01/31/2020", "NPI Reactivation Date": "03/01/2021"}
    )
    bring_in(organisation, nppes_path(tmp_path, [back]))

    assert Clinician.objects.get().is_active


def test_a_person_deactivated_by_hand_stays_so(organisation, tmp_path):
    path = nppes_path(tmp_path, [nppes_row(1)])
    bring_in(organisation, path)
    deactivate_clinician(Clinician.objects.get(), by=SYSTEM, reason="retired")

    bring_in(organisation, path)

    assert not Clinician.objects.get().is_active


def test_a_dry_run_counts_and_changes_nothing(organisation, tmp_path):
    made, verdict = try_out(organisation, nppes_path(tmp_path, [nppes_row(1), nppes_row(2)]))

    assert verdict.new == 2
    assert made.state == ImportState.CHECKED
    assert not Clinician.objects.exists()
    assert ImportRow.objects.of(made).count() == 2


def test_one_entry_stands_for_the_import_and_the_journal_holds(organisation, tmp_path):
    path = nppes_path(tmp_path, [nppes_row(n) for n in range(5)])
    made, _verdict = bring_in(organisation, path)
    entry = Entry.objects.get(action="clinicians.imported")
    assert entry.details["sha256"] == made.sha256
    assert entry.details["new"] == 5
    one = Clinician.objects.first()
    change_clinician(one, {"email": "x@example.org"}, by=SYSTEM)
    later = [nppes_row(n, **{CITY: "NEWTOWN"}) for n in range(5)]

    bring_in(organisation, nppes_path(tmp_path, later))

    assert Entry.objects.filter(subject_id=one.pk).count() == 2
    assert verify_journal().holds


def test_the_archive_is_read_as_it_is_published(organisation, tmp_path):
    path = nppes_path(tmp_path, [nppes_row(1)])
    archive = tmp_path / "NPPES_Data_Dissemination.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write(path, "npidata_pfile_20050523-20261108.csv")
        packed.writestr("npidata_pfile_20050523-20261108_fileheader.csv", "x" * 9999)
        packed.writestr("othername_pfile.csv", '"a"\n' * 99_999)

    _made, verdict = bring_in(organisation, archive)

    assert verdict.new == 1


def test_another_organisation_sees_nothing_of_it(organisation, tmp_path):
    path = nppes_path(tmp_path, [nppes_row(1)])
    bring_in(organisation, path)
    other = OrganisationFactory()
    with acting_in(other.pk):
        assert not Clinician.objects.exists()
        _made, verdict = bring_in(other, path)
        assert verdict.new == 1
    assert Organisation.objects.count() == 2
    assert Clinician.objects.count() == 1


@pytest.mark.parametrize(
    "name", ['ANNE "NAN"', "TAB\tBED", "BACK\\SLASH", 'COMMA","QUOTE', "ÅSA", "LINE\nFEED", "'; --"]
)
def test_awkward_names_arrive_whole(organisation, tmp_path, name):
    rows = [nppes_row(1, **{FIRST: name, "Provider Middle Name": "", LAST: "DOE"}), nppes_row(2)]

    _made, verdict = bring_in(organisation, nppes_path(tmp_path, rows))

    assert verdict.new == 2
    assert Clinician.objects.by_number(rows[0][0]).get().full_name == " ".join(
        f"{name} DOE".split()
    )


FIELD = st.text(st.characters(codec="utf-8", exclude_characters="\r\0\x85\u2028\u2029"), max_size=8)
ROW = st.dictionaries(st.integers(0, 329).filter(lambda place: place != 1), FIELD, max_size=12)


@settings(max_examples=150)
@given(st.lists(ROW, min_size=1, max_size=3))
def test_the_fast_reader_reads_what_the_careful_one_reads(filled):
    rows = [[{1: "1", **row}.get(place, "") for place in range(330)] for row in filled]
    fast = "".join(nppes_file.line(row) for row in rows)
    careful = io.StringIO(newline="")
    csv.writer(careful, lineterminator="\n").writerows(rows)

    def read(text):
        return list(staged_rows(io.StringIO(text), 330))

    assert read(fast) == read(careful.getvalue())


@pytest.mark.parametrize("seed", range(3))
def test_what_comes_in_agrees_with_a_plain_reading_of_the_file(organisation, tmp_path, seed):
    chance = random.Random(seed)  # noqa: S311  # invented people, not secrets
    rows = [nppes_file.row(chance.randrange(150), chance) for _row in range(200)]
    rows += [nppes_file.organisation(n, chance) for n in range(200, 230)]
    rows += [nppes_file.deactivated(n, chance) for n in range(300, 310)]
    chance.shuffle(rows)
    for row in chance.sample(rows, 20):
        row[0] = row[0][:-1] + str((int(row[0][-1]) + 1) % 10)
    people = [row for row in rows if row[1] == "1" and slow_npi(row[0])]
    first = {row[0]: row for row in reversed(people)}

    _made, verdict = bring_in(organisation, nppes_path(tmp_path, rows))

    assert verdict.rows == len(rows)
    assert verdict.new == len(first)
    assert verdict.skipped == sum(row[1] == "2" for row in rows)
    assert verdict.rejected == len(rows) - verdict.new - verdict.skipped
    held = Identifier.objects.select_related("clinician")
    assert {each.value: each.clinician.credential for each in held} == {
        npi: row[10] for npi, row in first.items()
    }
