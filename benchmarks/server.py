"""A throw-away server with the product's tables, as durable as the one people keep data in."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg

from symposia.running.postgres import Cluster

DATABASE = "symposia_bench"


@contextmanager
def product_database() -> Iterator[None]:
    """Start, migrate and name it in the environment, set Django up; all is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="symposia-bench-"))
    cluster = Cluster(folder, durable=True)
    server = cluster.start()
    try:
        owner, runtime = server.prepare_database(DATABASE)
        os.environ |= {
            "DATABASE_OWNER_URL": owner,
            "DATABASE_URL": runtime,
            "DJANGO_SETTINGS_MODULE": "config.settings_test",
            "SYMPOSIA_DATA": str(folder / "data"),
        }
        subprocess.run(  # our own command
            [sys.executable, "manage.py", "migrate", "--verbosity=0"],
            cwd=Path(__file__).parent.parent,
            env=os.environ | {"SYMPOSIA_AS_OWNER": "1"},
            check=True,
        )
        django.setup()
        yield
    finally:
        cluster.stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def analyze(*tables: str) -> None:
    """Bring the planner's figures up to date, as autovacuum does later; only the owner may."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute(f"ANALYZE {', '.join(tables)}".encode())
