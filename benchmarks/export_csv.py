"""The directory as CSV, against `csv.writer` alone."""

import csv
import io
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.exports import Cells, measured

SIZES = (50_000,)


def run(sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Rows a second, to the last byte."""
    return measured(sizes, "csv", _bare)


def _bare(cells: Cells) -> float:
    began = time.perf_counter()
    csv.writer(io.StringIO(newline="")).writerows(cells)
    return time.perf_counter() - began
