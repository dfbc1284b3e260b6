"""A list's file through the real web server, beside the bare writer with the same cells."""

import csv
import http.client
import io
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

from django.db import connection
from django.urls import reverse

from benchmarks.clients import web_server
from benchmarks.signed_in import Office

Cells = list[list[str]]
RUNS = 3


def measured(
    sizes: list[int], kind: str, bare: Callable[[Cells], float]
) -> Iterator[dict[str, Any]]:
    """Both sides in turn; the file has a row for each clinician."""
    with web_server() as port:
        for size in sizes:
            cookie = Office(size).cookie(port)
            connection.close()
            content = fetched(port, "clinicians_csv", cookie)[2]
            cells = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
            assert len(cells) == size + 1, (len(cells), size)
            rounds = [
                (bare(cells), fetched(port, f"clinicians_{kind}", cookie)) for _ in range(RUNS)
            ]
            yield {
                "size": size,
                "columns": len(cells[0]),
                "value": round(median(size / ours[1] for _bare, ours in rounds)),
                "unit": "rows/s",
                "first_byte_ms": round(median(ours[0] for _bare, ours in rounds) * 1000),
                "limit": round(median(size / limit for limit, _ours in rounds)),
                "ratio": round(median(limit / ours[1] for limit, ours in rounds), 3),
                "runs": RUNS,
            }


def fetched(port: int, name: str, cookie: str) -> tuple[float, float, bytes]:
    """Seconds to the first byte, to the last, and the file."""
    asked = http.client.HTTPConnection("localhost", port, timeout=300)
    began = time.perf_counter()
    asked.request("GET", reverse(name), headers={"Cookie": cookie})
    answer = asked.getresponse()
    first = answer.read(1)
    to_first = time.perf_counter() - began
    content = first + answer.read()
    took = time.perf_counter() - began
    asked.close()
    assert answer.status == 200, (answer.status, content[:300])
    return to_first, took, content
