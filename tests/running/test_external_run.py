"""The whole product on a server of the customer's own, the oldest one that is supported."""

from pathlib import Path

import psycopg
import pytest

from symposia.running.postgres import Cluster, url
from tests.running.installation import Installation, wait_for

OLDEST = Path("/usr/lib/postgresql/15/bin")


@pytest.fixture
def customers_server(tmp_path, monkeypatch):
    if OLDEST.exists():
        monkeypatch.setenv("SYMPOSIA_POSTGRES_BIN", str(OLDEST))
    with Cluster(tmp_path / "customer").started() as server:
        monkeypatch.delenv("SYMPOSIA_POSTGRES_BIN", raising=False)
        with psycopg.connect(server.superuser_url, autocommit=True) as connection:
            connection.execute("CREATE ROLE dba LOGIN CREATEROLE")
            connection.execute("CREATE DATABASE cme OWNER dba")
        yield server.socket_dir


@pytest.mark.nightly
def test_it_runs_on_the_customers_server_and_starts_none_of_its_own(customers_server, tmp_path):
    installation = Installation(
        tmp_path / "data",
        DATABASE_OWNER_URL=url(customers_server, "dba", "cme"),
        DATABASE_URL=url(customers_server, "cme_app", "cme"),
    )
    try:
        installation.start().wait_until_ready(300)

        assert not installation.named("database")
        assert "a superuser can" in installation.words
        assert (installation.data / "superuser.sql").read_text(encoding="utf-8")
        examined = installation.command("doctor")
        assert examined.returncode == 0, examined.stdout
        assert "not_leakproof" in examined.stdout

        installation.close()
        assert installation.gone()
    finally:
        installation.close()


@pytest.mark.nightly
def test_without_the_owner_the_tables_are_checked_and_not_changed(customers_server, tmp_path):
    with psycopg.connect(url(customers_server, "postgres", "cme"), autocommit=True) as superuser:
        superuser.execute("CREATE ROLE cme_app LOGIN")
    installation = Installation(
        tmp_path / "data", DATABASE_URL=url(customers_server, "cme_app", "cme")
    )
    try:
        code = installation.start().wait_for_end(120)

        assert code == 1
        assert wait_for(lambda: installation.says("Preparing the tables failed"))
        assert installation.gone()
    finally:
        installation.close()
