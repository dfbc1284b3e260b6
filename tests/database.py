"""A throw-away database: each process of the suite has a server of its own, migrated once
(`kept_database.py`).

Of its own, because what is sealed and what is vacuumed waits for the oldest transaction of a whole
server: processes that share one would hold each other up.

Tests run as the runtime role, as the product does. Only the clean-up after committed tests uses
the superuser, because the ledgers refuse it to everybody else.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.test import TransactionTestCase

from symposia.running.postgres import Cluster
from symposia.running.roles import OWNER
from symposia.shared.guards import reference_models
from tests.kept_database import keep, take_kept

TEMPLATE = "symposia_template"
KEPT = {"django_migrations", "django_content_type", "symposia_cache"}


def pytest_configure(config):
    """Whoever runs tests starts a server; a controller that only hands them out does not."""
    only_hands_out = config.getoption("numprocesses", None) and not hasattr(config, "workerinput")
    if only_hands_out or os.environ.get("SYMPOSIA_TEST_SERVER"):
        return
    folder = Path(tempfile.mkdtemp(prefix="symposia-tests-"))
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    cluster = Cluster(folder, durable=False)
    if not (is_kept := take_kept(folder)):
        with cluster.started() as server:
            _migrate(server)
        keep(folder)
    server = cluster.start()
    config.add_cleanup(lambda: cluster.stop(server))
    config.add_cleanup(lambda: os.environ.pop("SYMPOSIA_TEST_SERVER"))
    if is_kept:
        _migrate(server)
    os.environ["SYMPOSIA_TEST_SERVER"] = server.superuser_url


def _migrate(server):
    owner, runtime = server.prepare_database(TEMPLATE)
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=Path(__file__).parent.parent,
        env=os.environ
        | {"DATABASE_OWNER_URL": owner, "DATABASE_URL": runtime, "SYMPOSIA_AS_OWNER": "1"}
        | {"DJANGO_SETTINGS_MODULE": "config.settings_test"},
        check=True,
    )


def superuser(database):
    url = os.environ["SYMPOSIA_TEST_SERVER"].replace("/postgres?", f"/{database}?")
    return psycopg.connect(url, autocommit=True)


@pytest.fixture(scope="session")
def database_name(worker_id):
    return f"symposia_test_{worker_id}"


@pytest.fixture(scope="session")
def worker_id(request):
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def django_db_setup(database_name):
    with superuser("postgres") as server:
        server.execute(f'CREATE DATABASE "{database_name}" TEMPLATE {TEMPLATE} OWNER {OWNER}')
    host = os.environ["SYMPOSIA_TEST_SERVER"].split("host=")[1].replace("%2F", "/")
    connection.settings_dict |= {"NAME": database_name, "USER": "symposia_app", "HOST": host}
    TransactionTestCase._fixture_teardown = lambda self: _empty(database_name)
    yield
    connection.close()


def _empty(database_name):
    """Committed rows go; what migrations brought stays."""
    connection.close()
    kept = KEPT | {m._meta.db_table for m in reference_models()}
    with superuser(database_name) as server:
        names = [
            row[0]
            for row in server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            if row[0] not in kept
        ]
        server.execute("SET session_replication_role = replica")
        server.execute("TRUNCATE " + ", ".join(f'"{n}"' for n in names) + " CASCADE")
