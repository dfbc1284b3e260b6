"""A server of the customer's own; here a private one that we did not prepare."""

from pathlib import Path

import psycopg
import pytest

from symposia.running.configuration import Configuration
from symposia.running.external import prepare_external
from symposia.running.postgres import Cluster, url
from symposia.running.problems import CannotRun


@pytest.fixture(scope="module")
def customers_server(tmp_path_factory):
    with Cluster(tmp_path_factory.mktemp("customer"), durable=False).started() as server:
        with psycopg.connect(server.superuser_url, autocommit=True) as connection:
            connection.execute("CREATE ROLE dba LOGIN CREATEROLE")
            connection.execute("CREATE ROLE plain LOGIN")
            connection.execute("CREATE DATABASE cme OWNER dba")
            connection.execute("CREATE DATABASE strict OWNER plain")
        yield server.socket_dir


def named(customers_server, owner, runtime, database="cme"):
    return Configuration(
        data=Path("unused"),
        database_url=url(customers_server, runtime, database).replace("@", ":secret@", 1),
        owner_url=url(customers_server, owner, database),
    )


def test_the_runtime_role_is_made_where_the_owner_may(customers_server):
    configuration = named(customers_server, "dba", "cme_app")

    left = prepare_external(configuration)

    with psycopg.connect(configuration.database_url) as connection:
        rights = connection.execute(
            "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert rights == (False, False)
    assert any("LEAKPROOF" in statement for statement in left)
    assert not any("CREATE EXTENSION" in statement for statement in left)
    assert prepare_external(configuration) == left


def test_what_a_superuser_has_run_is_not_asked_for_again(customers_server):
    configuration = named(customers_server, "dba", "cme_app")
    left = prepare_external(configuration)
    with psycopg.connect(url(customers_server, "postgres", "cme"), autocommit=True) as superuser:
        for statement in left:
            superuser.execute(statement)

    assert prepare_external(configuration) == []


def test_where_the_owner_may_not_the_sql_is_shown(customers_server):
    with pytest.raises(CannotRun) as refused:
        prepare_external(named(customers_server, "plain", "other_app", "strict"))

    assert 'CREATE ROLE "other_app" LOGIN NOSUPERUSER' in str(refused.value)


def test_one_role_for_both_is_refused(customers_server):
    with pytest.raises(CannotRun, match="the same role"):
        prepare_external(named(customers_server, "dba", "dba"))


def test_a_server_that_does_not_answer_is_told_in_words(tmp_path):
    with pytest.raises(CannotRun, match="cannot be reached as dba"):
        prepare_external(named(tmp_path, "dba", "cme_app"))


def test_an_address_without_its_owner_is_refused():
    with pytest.raises(CannotRun, match="DATABASE_OWNER_URL is missing"):
        prepare_external(Configuration(data=Path("unused"), database_url="postgresql://a@/b"))
