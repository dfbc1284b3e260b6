"""The product's web server alone, from its start to the sign-in page, database at hand.

The limit is Django and the web server with one page and nothing of ours.
"""

from collections.abc import Iterator
from statistics import median
from typing import Any

from benchmarks.clients import WORKERS
from benchmarks.contract import RUNS
from benchmarks.starting import SIGN_IN, web_program

SIZES = ()
OURS = ["symposia.running.web", "app", "--port"]


def run(_sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Once each without counting, then both in turn."""
    rounds = [(_bare(), _ours()) for _ in range(RUNS + 1)][1:]
    yield {
        "value": round(median(ours for _bare, ours in rounds), 2),
        "unit": "s",
        "limit": round(median(bare for bare, _ours in rounds), 2),
        "ratio": round(median(bare / ours for bare, ours in rounds), 3),
    }


def _ours() -> float:
    with web_program(OURS, SIGN_IN, SYMPOSIA_WEB_WORKERS=str(WORKERS)) as running:
        return running.seconds


def _bare() -> float:
    with web_program(["benchmarks.bare_site"], "/") as running:
        return running.seconds
