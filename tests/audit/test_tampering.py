"""Ten ways to change what happened, each at a hundred places, each found and placed (G2)."""

import pytest

from symposia.accounts.models import Role
from symposia.audit.actions import record, write_checkpoints
from symposia.audit.models import Seal
from symposia.audit.queries import tables_that_should_only_grow
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.audit.test_verification import seal, superuser, verify
from tests.factories.accounts import OrganisationFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.nightly]
PLACES = 100


@pytest.fixture
def journal(settings, tmp_path):
    """An organisation with a role of its own in each of more than a hundred sealed entries."""
    settings.DATA = tmp_path
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        for number in range(PLACES + 10):
            role = Role.objects.create(code=f"role-{number}", name=f"Role {number}")
            record(SYSTEM, "role.added", role, reason=f"reason {number}")
    assert seal(organisation) > PLACES
    write_checkpoints()
    return organisation


@pytest.fixture
def server(journal):
    """A superuser without triggers, who can put back what was."""
    with superuser() as connected:
        for table in ("audit_entry", "audit_seal", "accounts_role"):
            connected.execute(
                f"CREATE TEMP TABLE kept_{table} AS SELECT * FROM {table}"
                f" WHERE organisation_id = '{journal.pk}'"
            )
        yield connected


def put_back(server, journal):
    for table in ("audit_seal", "audit_entry", "accounts_role"):
        server.execute(f"DELETE FROM {table} WHERE organisation_id = '{journal.pk}'")
    for table in ("accounts_role", "audit_entry", "audit_seal"):
        columns = _columns(server, table)
        server.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM kept_{table}")


def _columns(server, table):
    found = server.execute(
        "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'",
        [table],
    )
    return found.fetchone()[0]


def edit(server, at):
    server.execute("UPDATE audit_entry SET reason = 'another' WHERE id = %s", [at.entry_id])


def retime(server, at):
    sql = "UPDATE audit_entry SET at = at - interval '1 day' WHERE id = %s"
    server.execute(sql, [at.entry_id])


def delete(server, at):
    server.execute("DELETE FROM audit_entry WHERE id = %s", [at.entry_id])


def delete_with_link(server, at):
    server.execute("DELETE FROM audit_seal WHERE id = %s", [at.pk])
    server.execute("DELETE FROM audit_entry WHERE id = %s", [at.entry_id])


def cut(server, at):
    rows = "SELECT entry_id FROM audit_seal WHERE position >= %s AND organisation_id = %s"
    values = [at.position, at.organisation_id]
    entries = [row[0] for row in server.execute(rows, values)]
    server.execute("DELETE FROM audit_seal WHERE position >= %s AND organisation_id = %s", values)
    server.execute("DELETE FROM audit_entry WHERE id = ANY(%s)", [entries])


def insert(server, at):
    """With a link that closes the chain as well as one can without the key."""
    for shift in (100_000, -99_999):
        server.execute(
            f"UPDATE audit_seal SET position = position + {shift}"
            " WHERE position >= %s AND organisation_id = %s",
            [at.position if shift > 0 else 100_000, at.organisation_id],
        )
    server.execute(
        "INSERT INTO audit_entry SELECT (jsonb_populate_record(e, jsonb_build_object("
        "'id', gen_random_uuid(), 'reason', 'invented'))).* FROM audit_entry e WHERE id = %s",
        [at.entry_id],
    )
    server.execute(
        "INSERT INTO audit_seal SELECT (jsonb_populate_record(s, jsonb_build_object("
        "'id', gen_random_uuid(), 'position', %s, 'entry_id',"
        " (SELECT id FROM audit_entry WHERE reason = 'invented' AND organisation_id = %s)))).*"
        " FROM audit_seal s WHERE id = %s",
        [at.position, at.organisation_id, at.pk],
    )


def swap(server, at):
    move = "UPDATE audit_seal SET position = %s WHERE position = %s AND organisation_id = %s"
    for to, of in ((0, at.position), (at.position, at.position + 1), (at.position + 1, 0)):
        server.execute(move, [to, of, at.organisation_id])


def rechain(server, at):
    server.execute(
        "UPDATE audit_seal SET mac = md5(mac) || md5(mac)"
        " WHERE position >= %s AND organisation_id = %s",
        [at.position, at.organisation_id],
    )


def rename(server, at):
    server.execute("UPDATE audit_entry SET actor_name = 'Nobody' WHERE id = %s", [at.entry_id])


def change_row(server, at):
    server.execute(
        "UPDATE accounts_role SET permissions = '{manage_access}' WHERE id ="
        " (SELECT subject_id FROM audit_entry WHERE id = %s)",
        [at.entry_id],
    )


KINDS = [
    *(edit, retime, delete, delete_with_link, cut),
    *(insert, swap, rechain, rename, change_row),
]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_placed_at_a_hundred_places(journal, server, kind):
    with acting_in(journal.pk):
        own = Seal.objects.filter(entry__action="role.added").order_by("position")
        places = list(own[:PLACES])
    assert len(places) == PLACES
    misplaced = []

    for at in places:
        kind(server, at)
        found = verify(journal).first
        if found is None or found.position != at.position:
            misplaced.append((at.position, found))
        put_back(server, journal)

    assert misplaced == []
    assert verify(journal).holds


def test_the_guard_of_every_ledger_is_missed_when_it_is_switched_off(journal, server):
    tables = sorted(tables_that_should_only_grow())
    unnoticed = []

    for table in tables:
        server.execute(f"ALTER TABLE {table} DISABLE TRIGGER append_only")
        said = [fault.sentence for fault in verify(journal).faults]
        server.execute(f"ALTER TABLE {table} ENABLE TRIGGER append_only")
        if not any(table in sentence for sentence in said):
            unnoticed.append(table)

    assert len(tables) > 10
    assert unnoticed == []


def test_an_emptied_chain_is_missed_from_its_first_place(journal, server):
    server.execute(f"DELETE FROM audit_seal WHERE organisation_id = '{journal.pk}'")

    assert verify(journal).first.position == 1
