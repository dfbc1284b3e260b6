"""The directory as CSV, against `csv.writer` alone with the same cells in memory.

Beside it against COPY out of one bare table of the same texts, which has nothing to join, to order,
to label or to guard.
"""

import csv
import io
import time
from collections.abc import Iterator
from typing import Any

from django.db import connection

from benchmarks.exports import Cells, measured

SIZES = (50_000,)


def run(sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Rows a second, to the last byte."""
    return measured(sizes, "csv", _bare)


def _bare(cells: Cells) -> dict[str, float]:
    began = time.perf_counter()
    text = io.StringIO(newline="")
    csv.writer(text).writerows(cells)
    return {"limit": time.perf_counter() - began, "copy": _bare_copy(text.getvalue(), cells)}


def _bare_copy(text: str, cells: Cells) -> float:
    columns = ", ".join(f"c{place} text" for place in range(len(cells[0])))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE bare ({columns})")
        with cursor.copy("COPY bare FROM STDIN (FORMAT csv)") as copy:
            copy.write(text)
        began = time.perf_counter()
        with cursor.copy("COPY bare TO STDOUT (FORMAT csv)") as copy:
            read = sum(1 for _row in copy)
        took = time.perf_counter() - began
        cursor.execute("DROP TABLE bare")
    assert read == len(cells)
    return took
