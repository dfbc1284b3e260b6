"""Pages of the office with many rows behind them: time, statements, weight.

In process, without the network. The limit is the page's own statements sent again by psycopg, in
one transaction, and a bare Django template that writes every row they found; the two in turn. The
organisation has as many clinicians as the size says, all of them in one activity, and a tenth as
many activities. The calendar is measured over a planned year: 2,000 activities, 20,000 sessions.
"""

import itertools
import logging
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from statistics import median, quantiles
from typing import Any

import structlog
from django.db import connection, transaction
from django.template import Context, Engine
from django.urls import reverse
from django.utils.timezone import now

from benchmarks.contract import RUNS
from benchmarks.memory import peak_mb
from benchmarks.planned_year import ACTIVITIES, plan_a_year
from benchmarks.rolled_up import roll_up, weekly_series
from benchmarks.signed_in import Office
from symposia.activities.models import Activity
from symposia.insights.portfolio import CUTS
from symposia.shared.ids import uuid7
from symposia.shared.tenancy import acting_in
from tests.factories.activities import ActivityFactory

SIZES = (1_000, 10_000)
IN_A_RUN = 15
WARM_UP = 3
# A row of a list shows about so many of the columns that were read for it.
COLUMNS = 10
STATES = ("draft", "returned", "approved", "open", "running", "held", "reconciling", "closed")
_BARE = Engine().from_string(
    "<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>"
    "{% endfor %}</table>"
)
_Statement = tuple[str, Any]


def run(sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Each page at each size; from the second size on, how much slower it became."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    first: dict[str, float] = {}
    for size in sizes:
        office = Office(size)
        _many_activities(office, size // 10)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        for page, address in _pages(office).items():
            found = _measured(office, address)
            before = first.setdefault(page, found["value"])
            growth = {"growth": round(found["value"] / before, 2)} if size != sizes[0] else {}
            yield {"size": size, "of": page, **growth, **found}
    if list(sizes) == list(SIZES) or ACTIVITIES in sizes:
        yield from _over_a_year()


def _over_a_year() -> Iterator[dict[str, Any]]:
    """Pages that look at many activities at once."""
    office = Office(1)
    plan_a_year(office.organisation)
    roll_up(office.organisation)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    calendar = reverse("calendar")
    for view in ("month", "week", "agenda", "rooms", "people"):
        found = _measured(office, f"{calendar}?view={view}")
        yield {"size": ACTIVITIES, "of": f"calendar {view}", **found}
    year = f"{reverse('portfolio')}?year={now().year}"
    across = {"today of a year": reverse("today"), "owed": reverse("open_points")}
    across |= {f"portfolio by {cut}": f"{year}&by={cut}" for cut in CUTS}
    across["board of a series"] = reverse("series", args=[weekly_series(office.organisation).pk])
    for of, address in across.items():
        yield {"size": ACTIVITIES, "of": of, **_measured(office, address)}


def _pages(office: Office) -> dict[str, str]:
    activity = office.activity.pk
    return {
        "today": reverse("today"),
        "activities": reverse("activities"),
        "clinicians": reverse("clinicians"),
        "insights": reverse("insights"),
        "approvals": reverse("approvals"),
        "activity": reverse("activity", args=[activity]),
        "people": reverse("activity_people", kwargs={"activity_pk": activity}),
        "attendance": reverse("activity_attendance", kwargs={"activity_pk": activity}),
        "clinician": reverse("clinician", args=[office.people[0].pk]),
    }


def _many_activities(office: Office, count: int) -> None:
    """Activities in every state, one every few hours around now, never while clocks are changed."""
    states = itertools.cycle(STATES)
    noon = now().replace(tzinfo=None, hour=12, minute=0, second=0, microsecond=0)
    start = noon - timedelta(days=count // 8)
    with acting_in(office.organisation.pk):
        Activity.objects.bulk_create(
            ActivityFactory.build(
                number=f"ACT-{uuid7().hex[-12:]}",
                state=next(states),
                wall_starts=start + timedelta(hours=6 * number),
            )
            for number in range(count)
        )


def _measured(office: Office, address: str) -> dict[str, Any]:
    for _ in range(WARM_UP):
        office.client.get(address)
    statements, content = _looked_at(office, address)
    rounds, took = [], []
    for _ in range(RUNS):
        pairs = [
            (_timed(lambda: office.client.get(address)), _timed(lambda: _bare(statements)))
            for _ in range(IN_A_RUN)
        ]
        took += [ours for ours, _limit in pairs]
        rounds.append((median(o for o, _l in pairs), median(b for _o, b in pairs)))
    return {
        "queries": len(statements),
        "kilobytes": round(len(content) / 1024, 1),
        "value": round(median(ours for ours, _bare_ms in rounds), 1),
        "unit": "ms",
        "p50_ms": round(median(took), 1),
        "p95_ms": round(quantiles(took, n=100)[94], 1),
        "p99_ms": round(quantiles(took, n=100)[98], 1),
        "limit": round(median(bare for _ours, bare in rounds), 1),
        "ratio": round(median(bare / ours for ours, bare in rounds), 3),
        "rss_mb": peak_mb(),
    }


def _looked_at(office: Office, address: str) -> tuple[list[_Statement], bytes]:
    """The statements of one answer, and the answer."""
    sent: list[_Statement] = []

    def remember(execute: Any, sql: str, given: Any, many: bool, context: Any) -> Any:
        sent.append((sql, given))
        return execute(sql, given, many, context)

    with connection.execute_wrapper(remember):
        response = office.client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answers {response.status_code}")
    return sent, response.content


def _bare(statements: list[_Statement]) -> str:
    rows: list[Any] = []
    with transaction.atomic(), connection.connection.cursor() as cursor:
        for sql, given in statements:
            cursor.execute(sql, given)
            if cursor.description:  # what a page notes down finds nothing
                rows += [row[:COLUMNS] for row in cursor]
    return _BARE.render(Context({"rows": rows}))


def _timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
