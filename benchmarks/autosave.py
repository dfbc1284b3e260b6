"""Answers of a test, kept as they are given by 1, 8 and 32 phones, two workers, against the
four-trip transaction.

So many learners have an attempt open; each request is one answer of one of them.
"""

import json
import uuid
from collections.abc import Iterator
from datetime import timedelta
from statistics import median
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse

from benchmarks.clients import (
    Round,
    Server,
    four_trips,
    prepare_bare_table,
    request,
    send_all,
    server,
)
from benchmarks.contract import RUNS
from benchmarks.people import activity, clinicians, places
from symposia.activities.models import Activity
from symposia.assessment.actions.attempts import begin_attempt
from symposia.assessment.models import AnswerSaved
from symposia.credits.letters import LEARNING
from symposia.shared.actors import SYSTEM
from symposia.shared.links import make_link
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.activities import SessionFactory
from tests.factories.assessment import choice, knowledge_test

SIZES = (320,)
CLIENTS = (1, 8, 32)
ANSWERS = {1: 300, 8: 1_000, 32: 1_000}
QUESTIONS = 10
_CSRF = "benchmarkbenchmarkbenchmarkbench"


class Hall:
    """Learners with a test before them, each question answered in turn, again and again."""

    def __init__(self, size: int) -> None:
        self.organisation = OrganisationFactory()
        with acting_in(self.organisation.pk):
            held = activity(None)
            SessionFactory(activity=held)
            knowledge_test(held, *(choice(f"Question {n}?") for n in range(QUESTIONS)))
            _is_over(held)
            people = places(held, clinicians(size))
            for each in people:
                begin_attempt(each, "post", by=SYSTEM)
        links = [make_link(LEARNING, each.pk, self.organisation.code) for each in people]
        self.pages = [reverse("finish_answers", args=[link, "post"]) for link in links]
        self.sent = self.kept = 0

    def answers(self, port: int, count: int) -> list[bytes]:
        made = [self._answer(port, self.sent + n) for n in range(count)]
        self.sent += count
        return made

    def _answer(self, port: int, number: int) -> bytes:
        turn = number // len(self.pages)
        question = turn % QUESTIONS + 1
        said = {
            "position": question,
            f"q{question}": turn % 4 + 1,
            "event_uuid": uuid.uuid4(),
            "sequence": turn + 1,
        }
        return request(
            port,
            "POST",
            self.pages[number % len(self.pages)],
            urlencode(said).encode(),
            kind="application/x-www-form-urlencoded",
            Accept="application/json",
            Cookie=f"symposia_csrf_{port}={_CSRF}",
            X_CSRFToken=_CSRF,
        )

    def judge(self, status: int, body: bytes) -> None:
        if status != 200 or not json.loads(body)["saved"]:
            raise AssertionError((status, body[:300]))
        self.kept += 1


def run(sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Both sides in turn, three times each; then what was kept is counted."""
    prepare_bare_table()
    for size in sizes:
        hall = Hall(size)
        connection.close()
        with server() as web:
            send_all(web.port, hall.answers(web.port, 200), 8, hall.judge)
            for clients in CLIENTS:
                yield {"size": size, "clients": clients, **_measured(hall, web, clients)}
        with acting_in(hall.organisation.pk):
            assert AnswerSaved.objects.count() == hall.kept == hall.sent
        connection.close()


def _measured(hall: Hall, web: Server, clients: int) -> dict[str, Any]:
    rounds: list[tuple[float, Round]] = []
    web.forget_peak()
    for _ in range(RUNS):
        limit = four_trips(clients)
        wanted = hall.answers(web.port, ANSWERS[clients])
        rounds.append((limit, send_all(web.port, wanted, clients, hall.judge)))
    return {
        "value": round(median(r[1].rate for r in rounds)),
        "unit": "answers/s",
        "p50_ms": median(r[1].percentile(50) for r in rounds),
        "p99_ms": median(r[1].percentile(99) for r in rounds),
        "limit": round(median(r[0] for r in rounds)),
        "ratio": round(median(ours.rate / bare for bare, ours in rounds), 3),
        "rss_mb": web.rss_mb(),
    }


def _is_over(held: Activity) -> None:
    """Held some time ago: the test after it is open."""
    Activity.objects.filter(pk=held.pk).update(
        starts_at=held.starts_at - timedelta(days=1000), ends_at=held.ends_at - timedelta(days=1000)
    )
    held.refresh_from_db()
