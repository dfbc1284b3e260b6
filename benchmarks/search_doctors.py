"""Finding one of many clinicians: by number, by beginnings of names, by a name with an error.

The limit is the same statements on a connection of the driver alone, under the same row security.
"""

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import psycopg
from django.db import connection

from benchmarks.import_doctors import bring_in
from benchmarks.memory import peak_mb
from benchmarks.nppes_file import write
from symposia.accounts.permissions import Access, Granted, Permission
from symposia.directory.models import Clinician, Identifier
from symposia.directory.queries import find_clinicians
from symposia.shared.tenancy import acting_in

SIZES = (10_000, 100_000, 1_000_000)
ASKED = 60
Statements = list[tuple[str, Any]]


def run(sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Each size in an organisation of its own, beside the others: they share the indexes."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            organisation_id = bring_in(write(Path(folder) / "npidata_pfile.csv", size))[0]
        everything = Granted("bench", frozenset({Permission.VIEW_DIRECTORY}))
        access = Access(organisation_id, organisation_id, (everything,))
        with acting_in(organisation_id):
            for kind, texts in _questions().items():
                yield {"size": size, "of": kind, **_measured(access, texts)}


def _questions() -> dict[str, list[str]]:
    """What people type of somebody who is there."""
    chance = random.Random(5)  # noqa: S311  # which people are looked for
    numbers = list(Identifier.objects.values_list("value", flat=True)[: ASKED * 50])
    names = [
        name.lower()
        for name in Clinician.objects.values_list("full_name", flat=True)[: ASKED * 50]
        if name
    ]
    chance.shuffle(numbers)
    chance.shuffle(names)
    return {
        "identifier": numbers[:ASKED],
        "typeahead": [_beginning(name) for name in names[:ASKED]],
        "fuzzy": [_misspelt(name, chance) for name in names[:ASKED]],
    }


def _beginning(name: str) -> str:
    words = name.split()
    return f"{words[0][:3]} {words[-1][:5]}"


def _misspelt(name: str, chance: random.Random) -> str:
    """A name whose last word lacks one letter inside."""
    words = name.split()
    first, last = words[0], words[-1]
    place = chance.randrange(2, max(3, len(last) - 1))
    return f"{first} {last[:place]}{last[place + 1 :]}"


def _measured(access: Access, texts: list[str]) -> dict[str, Any]:
    """Both in turn, twice each, after once without counting."""
    ours, limits = [], []
    with psycopg.connect(os.environ["DATABASE_URL"]) as bare:
        bare.execute(
            "SELECT set_config('symposia.organisation', %s, true)", [str(access.organisation_id)]
        )
        for text in texts:
            statements = _statements(access, text)
            for _again in range(2):
                limits.append(_timed(_send, bare, statements))
                ours.append(_timed(find_clinicians, access, text))
    middle, limit = median(ours), median(limits)
    return {
        "value": round(middle, 2),
        "unit": "ms",
        "p50_ms": round(middle, 2),
        "p99_ms": round(quantiles(ours, n=100)[98], 2),
        "limit": round(limit, 2),
        "ratio": round(limit / middle, 3),
        "rss_mb": peak_mb(),
        "runs": len(ours),
    }


def _statements(access: Access, text: str) -> Statements:
    """What a search sends to the database."""
    sent: Statements = []

    def note(execute: Any, sql: str, params: Any, *rest: Any) -> Any:
        sent.append((sql, params))
        return execute(sql, params, *rest)

    with connection.execute_wrapper(note):
        find_clinicians(access, text)
    return sent


def _send(bare: psycopg.Connection[Any], statements: Statements) -> None:
    for sql, params in statements:
        bare.execute(sql.encode(), params).fetchall()


def _timed(work: Callable[..., object], *arguments: Any) -> float:
    began = time.perf_counter()
    work(*arguments)
    return (time.perf_counter() - began) * 1000
