"""Runs as they were: a file for each, first what it was measured on, then its lines."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.contract import CHECKOUT

FOLDER = CHECKOUT / ".cache" / "bench"
Line = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """What was measured, and on what."""

    machine: dict[str, Any]
    lines: list[Line]

    @classmethod
    def read(cls, path: Path) -> "Run":
        first, *lines = path.read_text(encoding="utf-8").splitlines()
        return cls(json.loads(first), [json.loads(line) for line in lines])


class NothingKept(Exception):
    """No run of all benchmarks has been kept."""


@contextmanager
def new_run(machine: Line, folder: Path = FOLDER) -> Iterator[Callable[[Line], None]]:
    """A new file, and what puts a line into it; it counts as a run once it has come to its end."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{machine['at'].replace(':', '')}.jsonl"
    unfinished = path.with_suffix(".unfinished")
    with unfinished.open("w", encoding="utf-8") as file:

        def keep(facts: Line) -> None:
            file.write(f"{json.dumps(facts)}\n")
            file.flush()

        keep(machine)
        yield keep
    unfinished.rename(path)


def last_full_run(folder: Path = FOLDER) -> Run:
    """The newest run of all benchmarks at their own sizes."""
    for path in sorted(folder.glob("*.jsonl"), reverse=True):
        run = Run.read(path)
        if run.machine["full"]:
            return run
    raise NothingKept(f"There is no run of all benchmarks in {folder}: `make bench` makes one.")
