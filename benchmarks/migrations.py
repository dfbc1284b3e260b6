"""`symposia migrate` on an empty database: tables, guards and what they start with.

The limit is the same database made by the server alone, from its dump.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.contract import CHECKOUT, RUNS
from benchmarks.starting import clean_environment, open_folder
from symposia.running.binaries import find_binaries
from symposia.running.postgres import Cluster, Server

SIZES = ()
OWN_SERVER = True


def run(_sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Both sides in turn; the dump is that of the database just made."""
    with open_folder() as folder, Cluster(folder / "data").started() as server:
        rounds = []
        for number in range(RUNS):
            ours = _ours(server, f"ours_{number}", folder)
            rounds.append((_bare(server, f"ours_{number}", f"bare_{number}"), ours))
    yield {
        "value": round(median(ours for _bare, ours in rounds), 2),
        "unit": "s",
        "limit": round(median(bare for bare, _ours in rounds), 2),
        "ratio": round(median(bare / ours for bare, ours in rounds), 3),
    }


def _ours(server: Server, name: str, folder: Path) -> float:
    owner, runtime = server.prepare_database(name)
    settings = {
        "SYMPOSIA_MODE": "demo",
        "SYMPOSIA_DATA": str(folder / "keys"),
        "DATABASE_OWNER_URL": owner,
        "DATABASE_URL": runtime,
    }
    command = [sys.executable, "-m", "symposia.cli", "migrate"]
    return _timed(command, env=clean_environment(**settings))


def _bare(server: Server, model: str, name: str) -> float:
    server.prepare_database(name)
    programs = find_binaries().folder
    at = [f"--host={server.socket_dir}", "--username=postgres"]
    with tempfile.NamedTemporaryFile(suffix=".sql") as dump:
        _timed([programs / "pg_dump", *at, f"--file={dump.name}", model], env=None)
        quietly = ["--quiet", "--no-psqlrc", f"--file={dump.name}"]
        return _timed([programs / "psql", *at, *quietly, name], env=None)


def _timed(command: list[str | Path], env: dict[str, str] | None) -> float:
    began = time.perf_counter()
    subprocess.run(  # noqa: S603  # our own commands
        command,
        cwd=CHECKOUT,
        env=env or dict(os.environ),
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - began
