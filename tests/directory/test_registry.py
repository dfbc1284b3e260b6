"""The public register beside the directory: loaded in pieces, compared, taken over, obeyed."""

import csv
from datetime import date

import pytest
from django.db import connection

from symposia.audit.models import Entry
from symposia.directory.actions.clinicians import add_clinician, add_identifier
from symposia.directory.actions.registry import add_from_registry, fill_from_registry
from symposia.directory.models import RegistryEntry, RegistryLoad, Scheme
from symposia.directory.registry import loading
from symposia.directory.registry.comparing import compared, entry_of
from symposia.directory.registry.loading import load_registry
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import INSTALLATION, acting_in
from symposia.work.apart import Unreadable
from tests.directory.imports import bring_in, nppes_path, nppes_row
from tests.directory.register import entry, written_by_the_owner
from tests.factories.directory import ClinicianFactory

pytestmark = pytest.mark.django_db
FIRST, LATER = date(2026, 11, 1), date(2026, 12, 1)


@pytest.fixture
def register(organisation):
    with written_by_the_owner():
        yield


def load(path, told_on=FIRST, tell=lambda _rows: None):
    return load_registry(path, told_on=told_on, tell=tell, by=SYSTEM)


def number_of(row):
    return row[0]


def test_the_published_file_is_loaded_and_a_later_one_changes_it(register, tmp_path):
    rows = [nppes_row(1), nppes_row(2), nppes_row(3, NPI="1234567890")]

    whole = load(nppes_path(tmp_path, rows))
    changed = {"Provider Business Practice Location Address City Name": "SALEM"}
    load(nppes_path(tmp_path, [nppes_row(1, **changed)]), LATER)

    assert (whole.rows_done, whole.changed, whole.rejected) == (3, 2, 1)
    with acting_in(INSTALLATION):
        first, later = Entry.objects.filter(action="register.loaded").order_by("pk")
    assert (first.details["sha256"], first.details["rows"]) == (whole.sha256, 3)
    assert later.details["told_on"] == LATER.isoformat()
    assert whole.ended_at
    first = RegistryEntry.objects.get(number=number_of(rows[0]))
    assert (first.city, first.told_on) == ("Salem", LATER)
    assert RegistryEntry.objects.count() == 2


def test_an_older_file_does_not_overwrite_what_a_newer_one_said(register, tmp_path):
    load(nppes_path(tmp_path, [nppes_row(1)]), LATER)
    column = {"Provider Business Practice Location Address City Name": "SALEM"}

    old = load(nppes_path(tmp_path, [nppes_row(1, **column)]), FIRST)

    assert old.changed == 0
    assert RegistryEntry.objects.get().city != "Salem"


def test_a_load_that_was_broken_off_goes_on_where_it_was(register, tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "CHUNK", 2)
    path = nppes_path(tmp_path, [nppes_row(n) for n in range(1, 6)])

    def break_off(rows):
        if rows == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(path, tell=break_off)
    seen = []
    again = load(path, tell=seen.append)

    assert seen == [5]
    assert (RegistryLoad.objects.count(), again.rows_done, again.changed) == (1, 5, 5)
    assert RegistryEntry.objects.count() == 5


def test_the_report_of_deactivated_numbers_marks_them_and_keeps_the_name(register, tmp_path):
    row = nppes_row(1)
    load(nppes_path(tmp_path, [row]))
    path = tmp_path / "deactivated.csv"
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["NPI", "NPPES Deactivation Date"])
        out.writerows([[number_of(row), "11/20/2026"], ["12", "11/20/2026"]])

    done = load(path, LATER)

    found = RegistryEntry.objects.get()
    assert (found.deactivated_on, done.rejected) == (date(2026, 11, 20), 1)
    assert found.full_name


def test_another_file_is_refused_in_words(register, tmp_path):
    path = tmp_path / "doctors.csv"
    path.write_text("Name,City\nMeera,Pune\n")

    with pytest.raises(Unreadable, match="neither the NPPES file"):
        load(path)
    assert not RegistryLoad.objects.exists()


def test_nobody_but_the_owner_writes_the_register(organisation):
    tables = ("directory_registryentry", "directory_registryload")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute("SELECT has_table_privilege(%s, 'INSERT, UPDATE, DELETE')", [table])
            assert cursor.fetchone() == (False,)


def known(number="1234567893", **facts):
    person = ClinicianFactory(**facts)
    add_identifier(person, scheme=Scheme.NPI, number=number, by=SYSTEM)
    return person


def test_a_person_is_compared_field_by_field_whatever_the_letters(register):
    entry(phone="6175550100")
    person = known(full_name="Meera Joshi Rao", city="boston", credential="MBBS", phone="")

    told = {each.name: each.differs for each in compared(person, entry_of(person))}

    assert told["full_name"] is told["city"] is False
    assert told["credential"] is told["phone"] is True


def test_what_is_taken_over_holds_and_a_name_waits_for_a_second_person(register):
    entry()
    person = known(full_name="Meera Rao", city="Salem", credential="MBBS")

    done = fill_from_registry(person, ["full_name", "city"], by=SYSTEM)

    person.refresh_from_db()
    assert (person.city, person.credential, person.full_name) == ("Boston", "MBBS", "Meera Rao")
    assert [(each.field, each.now) for each in done.waiting] == [("full_name", "MEERA JOSHI RAO")]
    assert "NPPES 1234567893, file of 2026-11-01" in done.waiting[0].evidence
    assert Entry.objects.get(action="clinician.filled_from_register").details["fields"] == [
        "city",
        "full_name",
    ]


def test_a_person_of_the_register_is_added_with_the_number(register):
    made = add_from_registry(entry(), by=SYSTEM)

    assert (made.called, made.specialty, made.number) == (
        "Meera Joshi Rao",
        "Cardiology",
        "1234567893",
    )


def test_a_dead_number_is_refused_wherever_it_is_given(register, organisation, tmp_path):
    dead = entry(deactivated_on=date(2026, 10, 2))

    for act in (
        lambda: add_clinician(by=SYSTEM, full_name="M", scheme=Scheme.NPI, number=dead.number),
        lambda: add_from_registry(dead, by=SYSTEM),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.objection.code == "number_dead"
        assert "2026-10-02" in str(refused.value)


def test_a_file_brings_nobody_under_a_dead_number(register, organisation, tmp_path):
    row = nppes_row(1)
    entry(number=number_of(row), deactivated_on=date(2026, 10, 2))

    _made, verdict = bring_in(organisation, nppes_path(tmp_path, [row, nppes_row(2)]))

    assert (verdict.new, verdict.rejected, verdict.reasons) == (1, 1, {"dead_number": 1})
