"""What a web worker holds after real work; a page that workers share counts in parts.

The limit is a worker of Django and the web server with one page and nothing of ours.
"""

from collections.abc import Iterator
from statistics import median
from typing import Any

from django.db import connection
from django.urls import reverse

from benchmarks.clients import WORKERS, request, send_all
from benchmarks.contract import RUNS
from benchmarks.memory import children_of, pss_mb
from benchmarks.signed_in import Office
from benchmarks.start_server import OURS
from benchmarks.starting import SIGN_IN, web_program

SIZES = (1_000,)
REQUESTS = 400
CLIENTS = 8


def run(sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Both sides in turn, each after the same number of requests."""
    for size in sizes:
        office = Office(size)
        connection.close()
        rounds = [(_bare(), _ours(office)) for _ in range(RUNS)]
        yield {
            "size": size,
            "value": round(median(ours for _bare, ours in rounds), 1),
            "unit": "MB a worker",
            "limit": round(median(bare for bare, _ours in rounds), 1),
            "ratio": round(median(bare / ours for bare, ours in rounds), 3),
        }


def _ours(office: Office) -> float:
    """After pages, lists and files of the directory and of an activity."""
    pages = [
        *(reverse(name) for name in ("start", "clinicians", "clinicians_csv", "activities")),
        reverse("activity", args=[office.activity.pk]),
    ]
    with web_program(OURS, SIGN_IN, SYMPOSIA_WEB_WORKERS=str(WORKERS)) as running:
        cookie = office.cookie(running.port)
        asked = [request(running.port, "GET", page, Cookie=cookie) for page in pages]
        return _held(running.pid, running.port, asked)


def _bare() -> float:
    with web_program(["benchmarks.bare_site"], "/") as running:
        return _held(running.pid, running.port, [request(running.port, "GET", "/")])


def _held(pid: int, port: int, asked: list[bytes]) -> float:
    """The largest of the workers."""
    send_all(port, asked * (REQUESTS // len(asked)), CLIENTS, _judge)
    workers = children_of(pid)
    assert len(workers) == WORKERS, workers
    return max(pss_mb(worker) for worker in workers)


def _judge(status: int, body: bytes) -> None:
    if status not in {200, 302}:
        raise AssertionError((status, body[:300]))
