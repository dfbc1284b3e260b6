"""Ten ways to change what happened, each found and placed (G2)."""

import os
import time
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection

from symposia.accounts.models import Role
from symposia.audit.actions import record, seal_journal, write_checkpoints
from symposia.audit.models import Entry, Seal
from symposia.audit.verification import verify_journal
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def superuser(settings=None):
    """Somebody with every right in the database, triggers switched off for this session."""
    url = os.environ["SYMPOSIA_TEST_SERVER"].replace(
        "/postgres?", f"/{connection.settings_dict['NAME']}?"
    )
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("SET session_replication_role = replica")
        yield server


@pytest.fixture
def journal(settings, tmp_path):
    """An organisation with twenty sealed entries, its head written to a checkpoint."""
    settings.DATA = tmp_path
    organisation = OrganisationFactory()
    for number in range(20):
        with acting_in(organisation.pk):
            role = Role.objects.get(code="faculty")
            role.description = f"Teaches, version {number}"
            role.save(update_fields=["description"])
            record(SYSTEM, "role.changed", role, reason=f"reason {number}")
    assert seal(organisation) > 20
    write_checkpoints()
    return organisation


def seal(organisation):
    """Seal once nothing that is older runs, in the other processes of the suite either."""
    for _try in range(200):
        if made := seal_journal(organisation.pk):
            return made
        time.sleep(0.05)
    return 0


def verify(organisation):
    with acting_in(organisation.pk):
        return verify_journal()


def sealed(organisation, position):
    with acting_in(organisation.pk):
        return Seal.objects.get(position=position)


def test_an_honest_journal_holds(journal):
    report = verify(journal)

    assert report.holds, report.faults
    with acting_in(journal.pk):
        assert report.entries == Entry.objects.count() > 20
    assert report.rows >= 2  # the organisation and the role


POSITIONS = [2, 11, 20]


@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.parametrize(
    "change",
    ["reason = 'another'", "at = at - interval '1 day'", "actor_name = 'Somebody else'"],
    ids=["edited", "re-timed", "another name"],
)
def test_a_changed_entry_is_found(journal, position, change):
    seal = sealed(journal, position)
    with superuser() as server:
        server.execute(f"UPDATE audit_entry SET {change} WHERE id = %s", [seal.entry_id])

    assert verify(journal).first.position == position


@pytest.mark.parametrize("position", POSITIONS)
def test_a_deleted_entry_is_found(journal, position):
    seal = sealed(journal, position)
    with superuser() as server:
        server.execute("DELETE FROM audit_entry WHERE id = %s", [seal.entry_id])

    assert verify(journal).first.position == position


def test_a_deleted_link_is_found(journal):
    seal = sealed(journal, 7)
    with superuser() as server:
        server.execute("DELETE FROM audit_seal WHERE id = %s", [seal.pk])
        server.execute("DELETE FROM audit_entry WHERE id = %s", [seal.entry_id])

    assert verify(journal).first.position == 7


def test_a_cut_tail_is_found(journal):
    with superuser() as server:
        server.execute(
            "DELETE FROM audit_entry e USING audit_seal s WHERE s.entry_id = e.id"
            " AND s.position > 15 AND s.organisation_id = %s",
            [journal.pk],
        )
        server.execute(
            "DELETE FROM audit_seal WHERE position > 15 AND organisation_id = %s", [journal.pk]
        )

    assert verify(journal).first.position in {15, 16}


@pytest.mark.parametrize("position", POSITIONS)
def test_swapped_entries_are_found(journal, position):
    one, other = sealed(journal, position), sealed(journal, position - 1)
    move = "UPDATE audit_seal SET position = %s WHERE id = %s"
    with superuser() as server:
        server.execute(move, [0, one.pk])
        server.execute(move, [position, other.pk])
        server.execute(move, [position - 1, one.pk])

    assert verify(journal).first.position == position - 1


def test_an_inserted_entry_is_found_though_the_sealer_ran_after_it(journal):
    with superuser() as server:
        server.execute(
            "INSERT INTO audit_entry SELECT (jsonb_populate_record(e, jsonb_build_object("
            "'id', gen_random_uuid(), 'reason', 'invented', 'xid', e.xid + 1000000))).*"
            " FROM audit_entry e WHERE organisation_id = %s LIMIT 1",
            [journal.pk],
        )
        server.execute(
            "INSERT INTO audit_entry SELECT (jsonb_populate_record(e, jsonb_build_object("
            "'id', gen_random_uuid(), 'reason', 'invented too'))).*"
            " FROM audit_entry e JOIN audit_seal s ON s.entry_id = e.id"
            " WHERE s.position = 9 AND e.organisation_id = %s",
            [journal.pk],
        )

    assert not verify(journal).holds


def test_a_chain_made_anew_without_the_key_is_found(journal):
    with superuser() as server:
        server.execute("UPDATE audit_seal SET mac = md5(mac) || md5(mac) WHERE position >= 10")

    assert verify(journal).first.position == 10


def test_a_guard_switched_off_is_found(journal):
    url = os.environ["SYMPOSIA_TEST_SERVER"].replace(
        "/postgres?", f"/{connection.settings_dict['NAME']}?"
    )
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("ALTER TABLE audit_entry DISABLE TRIGGER append_only")
        try:
            faults = verify(journal).faults
        finally:
            server.execute("ALTER TABLE audit_entry ENABLE TRIGGER append_only")

    assert [f.kind for f in faults] == ["unguarded"]


def test_an_emptied_journal_is_found(journal):
    with superuser() as server:
        server.execute("DELETE FROM audit_seal WHERE organisation_id = %s", [journal.pk])
        server.execute("DELETE FROM audit_entry WHERE organisation_id = %s", [journal.pk])

    assert verify(journal).first.position == 1


def test_a_row_changed_behind_the_journal_is_found(journal):
    with superuser() as server:
        server.execute(
            "UPDATE accounts_role SET permissions = '{manage_access}'"
            " WHERE code = 'faculty' AND organisation_id = %s",
            [journal.pk],
        )

    assert [f.kind for f in verify(journal).faults] == ["row_changed"]


def test_the_runtime_role_cannot_change_the_journal(journal):
    with acting_in(journal.pk), pytest.raises(Exception, match=r"permission denied|only grows"):
        Entry.objects.update(reason="changed")


def test_entries_of_a_running_transaction_wait_for_it(journal):
    """A transaction that began earlier may still commit: nothing after it is sealed before."""
    with psycopg.connect(
        os.environ["SYMPOSIA_TEST_SERVER"].replace(
            "/postgres?", f"/{connection.settings_dict['NAME']}?"
        )
    ) as running:
        running.execute("SELECT pg_current_xact_id()")
        with acting_in(journal.pk):
            record(SYSTEM, "role.looked_at", Role.objects.first())

        assert seal_journal(journal.pk) == 0

        running.rollback()
    assert seal(journal) == 1
    assert verify(journal).holds
