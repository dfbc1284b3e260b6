"""Finding one of many clinicians: by number, by beginnings of names, by a name with an error."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from benchmarks.import_doctors import bring_in
from benchmarks.memory import peak_mb
from benchmarks.nppes_file import write
from symposia.accounts.permissions import Access, Granted, Permission
from symposia.directory.models import Clinician, Identifier
from symposia.directory.queries import find_clinicians
from symposia.shared.tenancy import acting_in

SIZES = (10_000, 100_000, 1_000_000)
ASKED = 60
# What a search may take, in milliseconds at the middle, at a million people.
LIMITS = {"identifier": 8, "typeahead": 15, "fuzzy": 60}


def run(sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Each size in an organisation of its own, beside the others: they share the indexes."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            organisation_id = bring_in(write(Path(folder) / "npidata_pfile.csv", size))[0]
        everything = Granted("bench", frozenset({Permission.VIEW_DIRECTORY}))
        access = Access(organisation_id, organisation_id, (everything,))
        with acting_in(organisation_id):
            for kind, texts in _questions().items():
                yield {"size": size, "of": kind, **_measured(access, texts, LIMITS[kind])}


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


def _measured(access: Access, texts: list[str], limit: float) -> dict[str, Any]:
    took = [_timed(find_clinicians, access, text) for text in texts for _again in range(2)]
    middle = median(took)
    return {
        "value": round(middle, 2),
        "unit": "ms",
        "p50_ms": round(middle, 2),
        "p99_ms": round(quantiles(took, n=100)[98], 2),
        "limit": limit,
        "ratio": round(limit / middle, 2),
        "rss_mb": peak_mb(),
        "runs": len(took),
    }


def _timed(find: Callable[..., list[Clinician]], access: Access, text: str) -> float:
    began = time.perf_counter()
    find(access, text)
    return (time.perf_counter() - began) * 1000
