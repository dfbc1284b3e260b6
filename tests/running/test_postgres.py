import psycopg
import pytest

from symposia.running.postgres import Cluster
from symposia.running.problems import CannotRun
from symposia.running.roles import LEAKPROOF
from tests.running.installation import wait_for


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A server with a prepared database: the server, the owner's address, the runtime role's."""
    with Cluster(tmp_path_factory.mktemp("cluster"), durable=False).started() as server:
        yield server, *server.prepare_database("symposia")


def test_the_runtime_role_can_neither_own_nor_bypass_nor_make_anything(running):
    with psycopg.connect(running[2]) as connection:
        rights = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolname FROM pg_roles"
            " WHERE rolname = current_user"
        ).fetchone()
        assert rights == (False, False, False, False, "symposia_app")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE mine (id int)")


def test_the_owner_makes_tables_and_owns_the_database(running):
    with psycopg.connect(running[1]) as connection:
        connection.execute("CREATE TABLE made_by_owner (id int)")
        owner = connection.execute(
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'symposia'"
        ).fetchone()

    assert owner == ("symposia_owner",)


def test_search_may_use_indexes_under_row_security(running):
    with psycopg.connect(running[2]) as connection:
        marked = connection.execute(
            "SELECT count(*) FROM pg_proc WHERE proleakproof AND oid = ANY(%s::regprocedure[])",
            [list(LEAKPROOF)],
        ).fetchone()

    assert marked == (len(LEAKPROOF),)


def test_preparing_twice_changes_nothing(running):
    server, owner_url, runtime_url = running

    assert server.prepare_database("symposia") == (owner_url, runtime_url)


def test_a_name_that_is_no_name_is_refused(running):
    with pytest.raises(CannotRun):
        running[0].prepare_database('symposia"; DROP DATABASE postgres')


def test_nobody_on_the_network_reaches_the_server(running):
    with psycopg.connect(running[0].superuser_url) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    assert running[0].socket_dir.stat().st_mode & 0o077 == 0


def test_only_tests_run_without_durability(tmp_path):
    switches = "current_setting('fsync'), current_setting('synchronous_commit')"
    with Cluster(tmp_path).started() as server, psycopg.connect(server.superuser_url) as connection:
        assert connection.execute(f"SELECT {switches}").fetchone() == ("on", "on")
        assert connection.execute("SHOW data_checksums").fetchone() == ("on",)


def test_rows_are_still_there_after_a_stop_and_nothing_else_is(tmp_path):
    cluster = Cluster(tmp_path, durable=False)
    with cluster.started() as server:
        owner_url, _ = server.prepare_database("symposia")
        with psycopg.connect(owner_url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    assert not server.socket_dir.exists()
    assert not server.child.alive()

    with cluster.started(), psycopg.connect(owner_url) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def test_a_folder_in_use_is_refused_in_words(running, tmp_path):
    cluster = Cluster(tmp_path, durable=False)
    cluster.lock()
    try:
        with pytest.raises(CannotRun, match="already runs"):
            Cluster(tmp_path, durable=False).start()
    finally:
        cluster.unlock()


def test_files_of_another_version_are_refused_in_words(tmp_path):
    with Cluster(tmp_path, durable=False).started():
        pass
    (tmp_path / "postgres" / "PG_VERSION").write_text("9\n", encoding="ascii")

    with pytest.raises(CannotRun, match="made by PostgreSQL 9"), Cluster(tmp_path).started():
        pass


def test_a_server_that_outlived_its_supervisor_is_stopped_by_the_next_start(tmp_path):
    first = Cluster(tmp_path, durable=False)
    left_behind = first.start()
    first.unlock()

    with Cluster(tmp_path, durable=False).started() as server:
        assert wait_for(lambda: not left_behind.child.alive())
        with psycopg.connect(server.superuser_url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    left_behind.child.wait_until_gone()
