"""`make run` in a clean checkout, packages cached, to the first page; each time in a new folder.

The limit is what nobody can do without: the environment, the same locked wheels from the same
cache, an empty database that answers, and Django checking an empty project. The browser's side
(Node's packages, bundles), the tables and the demonstration are ours, so they are not in it.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.contract import CHECKOUT, RUNS
from benchmarks.starting import clean_environment, make_run, open_folder
from symposia.running.postgres import Cluster

SIZES = ()
OWN_SERVER = True
INSTALL = ["install", "-qqq", "--require-hashes", "--no-deps", "--no-compile", "-r"]
EMPTY = "import django; from django.conf import settings; from django.core.management import "
EMPTY += "call_command; settings.configure(); django.setup(); call_command('check')"


def run(_sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Once each without counting, which fills the caches, then both in turn."""
    rounds = [(_bare(), _ours()) for _ in range(RUNS + 1)][1:]
    yield {
        "value": round(median(ours for _bare, ours in rounds), 1),
        "unit": "s",
        "limit": round(median(bare for bare, _ours in rounds), 1),
        "ratio": round(median(bare / ours for bare, ours in rounds), 3),
    }


def _ours() -> float:
    with open_folder() as folder:
        checkout = folder / "symposia"
        _call("git", "clone", "-qqq", CHECKOUT, checkout)
        with make_run(checkout, folder / "data") as seconds:
            pass
        return seconds


def _bare() -> float:
    with open_folder() as folder:
        python = folder / "venv" / "bin" / "python"
        locked = CHECKOUT / "requirements" / "runtime.txt"
        began = time.perf_counter()
        _call(sys.executable, "-m", "venv", folder / "venv")
        _call(python, "-m", "pip", *INSTALL, locked)
        with Cluster(folder / "data").started():
            _call(python, "-c", EMPTY)
        return time.perf_counter() - began


def _call(*command: str | Path) -> None:
    subprocess.run(  # noqa: S603  # our own commands
        command,
        env=clean_environment(PIP_ROOT_USER_ACTION="ignore", PATH=os.environ["PATH"]),
        stdout=subprocess.DEVNULL,
        check=True,
    )
