"""Statements by xAPI, singly and by fifty, eight clients, two workers, beside the bare insert.

The limit inserts the same text under its id and commits as often, over as many connections as the
web has workers: no HTTP, no checking, no keys to find a statement by.
"""

import base64
import json
import os
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

import psycopg
from django.db import connection

from benchmarks.clients import (
    WORKERS,
    Round,
    Server,
    make_bare_table,
    request,
    send_all,
    server,
)
from benchmarks.contract import RUNS
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from symposia.statements.actions.keys import make_provider_key
from symposia.statements.models import KnownStatement, Mention, Scope, Statement
from tests.factories.accounts import OrganisationFactory

SIZES = (1_000,)
CLIENTS = 8
AT_ONCE = (1, 50)
BARE = "CREATE TABLE IF NOT EXISTS bare_statements (id uuid PRIMARY KEY, body text)"
# Each statement mentions its actor, its object, the course around it and who sent it.
MENTIONED = 4


class Provider:
    """A provider with a key, and the requests that it sends."""

    def __init__(self) -> None:
        self.organisation = OrganisationFactory()
        with acting_in(self.organisation.pk):
            key, secret = make_provider_key("Benchmark", Scope.CONTENT, by=SYSTEM)
        pair = base64.b64encode(f"{key.username}:{secret}".encode()).decode()
        self.headers = {"Authorization": f"Basic {pair}", "X_Experience_API_Version": "1.0.3"}
        self.sent = 0

    def requests(self, port: int, count: int, at_once: int) -> list[bytes]:
        self.sent += count * at_once
        return [
            request(port, "POST", "/xapi/statements", _text(_batch(at_once)), **self.headers)
            for _each in range(count)
        ]


def run(sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Both sides in turn; then what was kept is counted."""
    make_bare_table("bare_statements", BARE)
    for size in sizes:
        provider = Provider()
        connection.close()
        with server() as web:
            send_all(web.port, provider.requests(web.port, 100, 1), CLIENTS, _judge)
            for at_once in AT_ONCE:
                yield {"size": size, "at_once": at_once, **_measured(provider, web, size, at_once)}
        with acting_in(provider.organisation.pk):
            kept = (Statement.objects.count(), KnownStatement.objects.count())
            mentioned = Mention.objects.count()
        if kept != (provider.sent, provider.sent) or mentioned != MENTIONED * provider.sent:
            raise AssertionError((kept, mentioned, provider.sent))
        connection.close()


def _measured(provider: Provider, web: Server, size: int, at_once: int) -> dict[str, Any]:
    rounds: list[tuple[float, Round]] = []
    web.forget_peak()
    count = max(CLIENTS, size // at_once)
    for _ in range(RUNS):
        limit = _bare(count, at_once)
        rounds.append(
            (
                limit,
                send_all(web.port, provider.requests(web.port, count, at_once), CLIENTS, _judge),
            )
        )
    return {
        "value": round(median(ours.rate * at_once for _bare_rate, ours in rounds)),
        "unit": "statements/s",
        "p50_ms": median(ours.percentile(50) for _bare_rate, ours in rounds),
        "p99_ms": median(ours.percentile(99) for _bare_rate, ours in rounds),
        "limit": round(median(limit for limit, _ours in rounds)),
        "ratio": round(median(ours.rate * at_once / limit for limit, ours in rounds), 3),
        "rss_mb": web.rss_mb(),
    }


def _bare(count: int, at_once: int) -> float:
    """Statements a second of the bare insert."""
    work = [[_batch(at_once) for _each in range(count // WORKERS)] for _worker in range(WORKERS)]
    held = [psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) for _ in work]
    threads = [threading.Thread(target=_insert, args=pair) for pair in zip(held, work, strict=True)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    for each in held:
        each.close()
    return sum(len(batches) for batches in work) * at_once / seconds


def _insert(held: psycopg.Connection[Any], batches: Sequence[list[dict[str, Any]]]) -> None:
    for batch in batches:
        values = ", ".join(["(%s, %s)"] * len(batch))
        rows = [part for each in batch for part in (each["id"], json.dumps(each))]
        text = f"INSERT INTO bare_statements VALUES {values}"  # noqa: S608  # our own table
        held.execute(text.encode(), rows)


def _batch(count: int) -> list[dict[str, Any]]:
    return [_statement() for _each in range(count)]


def _statement() -> dict[str, Any]:
    """What a lesson tells: who, done, of which course, with a score."""
    account = {"homePage": "https://lessons.example.org", "name": str(uuid.uuid4())}
    parent = {"id": "https://lessons.example.org/courses/1"}
    return {
        "id": str(uuid.uuid4()),
        "actor": {"account": account},
        "verb": {
            "id": "http://adlnet.gov/expapi/verbs/completed",
            "display": {"en": "completed"},
        },
        "object": {
            "id": "https://lessons.example.org/lessons/1",
            "definition": {"name": {"en": "Reading the trace"}},
        },
        "result": {"score": {"scaled": 0.8}, "completion": True, "duration": "PT12M30S"},
        "context": {
            "registration": str(uuid.uuid4()),
            "contextActivities": {"parent": [parent]},
        },
        "timestamp": "2026-03-01T09:30:00Z",
    }


def _text(batch: list[dict[str, Any]]) -> bytes:
    return json.dumps(batch if len(batch) > 1 else batch[0]).encode()


def _judge(status: int, body: bytes) -> None:
    if status != 200:
        raise AssertionError((status, body[:300]))
