"""Databases that were made by the migrations of before, and those that stand in their midst."""

from argparse import Namespace

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from symposia.cli import doctor, migrate
from symposia.running.problems import CannotRun

CHECK = Namespace(check=True)


@pytest.fixture
def applied(db, monkeypatch):
    """What the database says was applied, as a dictionary to take from."""
    found = dict(MigrationRecorder(connection).applied_migrations())
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda _self: dict(found))
    return found


def test_a_database_of_the_migrations_of_before_has_nothing_to_do(applied, capsys):
    for label, name in MigrationLoader(connection).replacements:
        applied.pop((label, name), None)

    assert migrate.run(CHECK) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("missing", ["0001_initial", "0005_where_a_request_lies"])
def test_a_database_in_the_midst_of_them_is_told_to_go_to_their_last_version(applied, missing):
    del applied["approvals", missing]

    with pytest.raises(CannotRun, match=rf"approvals\.{missing} was never applied"):
        migrate.run(CHECK)
    assert "between_versions" in [each.code for each in doctor._pending_migrations()]


def test_a_context_that_was_not_there_before_is_still_to_be_made(applied, capsys):
    for label, name in list(applied):
        if label == "reporting":
            del applied[label, name]

    assert migrate.run(CHECK) == 1
    first, *_later = capsys.readouterr().out.splitlines()
    assert first == "reporting.0001_first_release"
