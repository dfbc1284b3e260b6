"""`make run` with everything there, to the first page.

The limit is the same database started on its files, then Django and the web server with one page
and nothing of ours.
"""

import time
from collections.abc import Iterator
from statistics import median
from typing import Any

from benchmarks.contract import CHECKOUT, RUNS
from benchmarks.starting import make_run, open_folder, web_program
from symposia.running.postgres import Cluster

SIZES = ()
OWN_SERVER = True


def run(_sizes: list[int]) -> Iterator[dict[str, Any]]:
    """The first start is not counted: it makes the database; then both in turn."""
    with open_folder() as folder:
        data = folder / "data"
        with make_run(CHECKOUT, data):
            pass
        rounds = []
        for _ in range(RUNS):
            began = time.perf_counter()
            with Cluster(data).started(), web_program(["benchmarks.bare_site"], "/"):
                bare = time.perf_counter() - began
            with make_run(CHECKOUT, data) as ours:
                rounds.append((bare, ours))
    yield {
        "value": round(median(ours for _bare, ours in rounds), 2),
        "unit": "s",
        "limit": round(median(bare for bare, _ours in rounds), 2),
        "ratio": round(median(bare / ours for bare, ours in rounds), 3),
    }
