"""The register's file, against COPY of the same bytes into a bare table of its 330 columns."""

import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID, uuid4

import psycopg

from benchmarks.nppes_file import write
from symposia.accounts.actions import create_organisation
from symposia.directory.actions.import_files import receive_clinicians
from symposia.directory.actions.imports import Reading, begin_check, check_and_import_rows
from symposia.directory.imports.nppes import COLUMNS
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in

SIZES = (100_000, 1_000_000)
RUNS = 3


def run(sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Both sides in turn, three times each; only the import itself is timed."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = write(Path(folder) / "npidata_pfile.csv", size)
            pairs = [(_timed(_bare_copy, path), bring_in(path)[1]) for _run in range(RUNS)]
        bare, ours = (median(side) for side in zip(*pairs, strict=True))
        yield {
            "size": size,
            "value": round(size / ours),
            "unit": "rows/s",
            "seconds": round(ours, 2),
            "limit": round(size / bare),
            "ratio": round(bare / ours, 3),
            "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "runs": RUNS,
        }


def _timed(work: Callable[..., object], *arguments: Any) -> float:
    began = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - began


def _bare_copy(path: Path) -> None:
    """What the server alone needs for these bytes: one table of texts, without keys and indexes."""
    columns = ", ".join(f"c{place} text" for place in range(len(COLUMNS)))
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner, path.open("rb") as file:
        owner.execute(f"CREATE TABLE bare ({columns})".encode())
        with owner.cursor().copy("COPY bare FROM STDIN (FORMAT csv, HEADER)") as copy:
            while piece := file.read(1 << 20):
                copy.write(piece)
        owner.commit()
        owner.execute("DROP TABLE bare")


def bring_in(path: Path) -> tuple[UUID, float]:
    """Import a file into a new organisation; the organisation, and how long the import took."""
    slug = f"bench-{uuid4().hex[:8]}"
    organisation = create_organisation(
        by=SYSTEM,
        name="Bench",
        slug=slug,
        kind="provider",
        country="US",
        currency="USD",
        zone="America/New_York",
    )
    with acting_in(organisation.pk):
        made = receive_clinicians(path, name=path.name, by=SYSTEM)
        begin_check(made, by=SYSTEM)
    reading = Reading(organisation.pk, made.pk, path)
    return organisation.pk, _timed(partial(check_and_import_rows, by=SYSTEM), reading)
