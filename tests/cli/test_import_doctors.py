import argparse
import json

import pytest

from symposia.cli import import_doctors
from symposia.directory.models import Clinician
from symposia.shared.tenancy import acting_in
from tests.directory.imports import nppes_path, nppes_row, table_path
from tests.factories.accounts import OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def directory():
    return OrganisationFactory(slug="harbour")


def command(capsys, path, **options):
    parser = argparse.ArgumentParser()
    import_doctors.add_arguments(parser)
    flags = []
    for name, given in options.items():
        flags += [f"--{name.replace('_', '-')}", *([given] if isinstance(given, str) else [])]
    code = import_doctors.run(parser.parse_args([str(path), "--organisation", "harbour", *flags]))
    return code, capsys.readouterr()


def people(organisation):
    with acting_in(organisation.pk):
        return Clinician.objects.count()


def test_the_register_file_comes_in(directory, tmp_path, capsys):
    path = nppes_path(tmp_path, [nppes_row(1), nppes_row(2), nppes_row(3, NPI="1234567890")])

    code, said = command(capsys, path)

    assert code == 0
    assert "3 rows: 2 were added, 0 changed" in said.out
    assert "check digit" in said.out
    assert people(directory) == 2


def test_a_dry_run_changes_nothing_and_tells_programs(directory, tmp_path, capsys):
    path = nppes_path(tmp_path, [nppes_row(1)])

    code, said = command(capsys, path, dry_run=True, json=True)

    answer = json.loads(said.out)
    assert (code, answer["new"], answer["dry_run"], answer["state"]) == (0, 1, True, "checked")
    assert people(directory) == 0


def test_a_file_whose_columns_say_nothing_is_refused_in_words(directory, tmp_path, capsys):
    code, said = command(capsys, table_path(tmp_path, ("A", "B"), ("1", "2")))

    assert code == 1
    assert "Say which column holds the name" in said.err


def test_what_a_table_does_not_say_is_said_on_the_command_line(directory, tmp_path, capsys):
    path = table_path(tmp_path, ("Name", "Reg no"), ("Asha Rao", "MH/123"))

    unsaid, no = command(capsys, path)
    code, said = command(capsys, path, numbers="smc", profession="physician")

    assert (unsaid, code) == (1, 0)
    assert "Say which register the numbers are of." in no.err
    assert "1 rows: 1 were added" in said.out


def test_what_does_not_exist_is_said(directory, tmp_path, capsys):
    code, said = command(capsys, tmp_path / "missing.csv", json=True)

    assert code == 1
    assert "There is no file" in json.loads(said.out)["problem"]
