"""Pieces of evidence folded to minutes, in one process, without the database.

A person at a time, as the product folds them: the memory must not grow with the number of people.
"""

import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

from benchmarks.contract import RUNS
from benchmarks.memory import peak_mb
from symposia.attendance.folding import presence_of

SIZES = (100_000, 1_000_000)
EACH = 4
BEGIN = datetime(2027, 3, 11, 18, 0, tzinfo=UTC)


@dataclass(slots=True)
class Piece:
    """A reading at a door."""

    event_uuid: uuid.UUID
    kind: str
    occurred_at: datetime
    source: str = "scan"
    undoes: uuid.UUID | None = None
    session_id: uuid.UUID | None = None
    ends_at: datetime | None = None
    device: str = ""
    by_id: uuid.UUID | None = None


@dataclass(slots=True)
class Slot:
    """A session of an evening."""

    id: uuid.UUID
    starts_at: datetime
    ends_at: datetime
    creditable_minutes: int


def run(sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Pieces a second of one core, the median of the rounds; the minutes are checked."""
    for size in sizes:
        yield {"size": size, **_measured(size)}


def _measured(size: int) -> dict[str, Any]:
    slots, people = _evening(), _people(1_000)
    rates = []
    for _run in range(RUNS):
        done, began = 0, time.process_time()
        minutes = 0
        while done < size:
            for evidence in people:
                minutes += presence_of(evidence, slots).creditable
                done += EACH
        rates.append(done / (time.process_time() - began))
        if minutes != done // EACH * 95:
            raise AssertionError((minutes, done))
    return {"value": round(median(rates)), "unit": "pieces/s", "rss_mb": peak_mb()}


def _evening() -> list[Slot]:
    first = Slot(uuid.UUID(int=1), BEGIN, BEGIN + timedelta(minutes=60), 60)
    second = Slot(uuid.UUID(int=2), _at(75), _at(135), 45)
    return [first, second]


def _people(count: int) -> list[list[Piece]]:
    """Each comes on time, is out for a while and is seen leaving."""
    seen = (("in", -5), ("out", 30), ("in", 40), ("out", 135))
    return [[Piece(uuid.uuid4(), kind, _at(minute)) for kind, minute in seen] for _ in range(count)]


def _at(minute: int) -> datetime:
    return BEGIN + timedelta(minutes=minute)
