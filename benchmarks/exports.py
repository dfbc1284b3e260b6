"""A list's file through the real web server, beside the bare writer with the same cells."""

import csv
import http.client
import io
import os
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

from django.db import connection
from django.urls import reverse

from benchmarks.clients import web_server
from benchmarks.memory import children_of, forget_peak, peak_mb
from benchmarks.signed_in import Office
from symposia.shared.tenancy import acting_in

Cells = list[list[str]]
RUNS = 5
# Every clinician with what an export has a column for.
FILLED = (
    """INSERT INTO directory_institution
      (id, organisation_id, name, kind, city, region, country)
    SELECT gen_random_uuid(), %(organisation)s, 'Example Hospital ' || n, 'hospital',
      'Springfield', 'MA', 'US' FROM generate_series(0, 399) n""",
    """INSERT INTO directory_territory (id, organisation_id, name, code)
    SELECT gen_random_uuid(), %(organisation)s, 'Territory ' || n, 't-' || n
      FROM generate_series(0, 39) n""",
    """UPDATE directory_clinician c SET credential = 'MD', specialty = 'Internal medicine',
      email = 'person' || n || '@example.org', phone = '+1 555 ' || n, city = 'Springfield',
      region = 'MA', country = 'US', language = 'en', zone = 'America/New_York',
      institution_id = i.id, territory_id = t.id
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM directory_clinician) numbered,
      directory_institution i, directory_territory t
    WHERE numbered.id = c.id AND i.name = 'Example Hospital ' || n %% 400
      AND t.code = 't-' || n %% 40""",
    """INSERT INTO directory_identifier
      (id, organisation_id, clinician_id, scheme, issuer, value, written)
    SELECT gen_random_uuid(), %(organisation)s, id, 'own', '', 'N' || row_number() OVER (), ''
      FROM directory_clinician""",
    "SELECT symposia_directory_statistics()",
)


def measured(
    sizes: list[int], kind: str, bare: Callable[[Cells], dict[str, float]]
) -> Iterator[dict[str, Any]]:
    """Both sides in turn; the file has a row for each clinician.

    `bare` says the seconds of each yardstick; the one called `limit` is the limit.
    """
    with web_server() as port:
        for size in sizes:
            cookie = _office(size).cookie(port)
            connection.close()
            content = fetched(port, "clinicians_csv", cookie)[2]
            cells = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
            assert len(cells) == size + 1, (len(cells), size)
            fetched(port, f"clinicians_{kind}", cookie)
            workers = [each for server in children_of(os.getpid()) for each in children_of(server)]
            for worker in workers:
                forget_peak(worker)
            rounds = [
                (bare(cells), fetched(port, f"clinicians_{kind}", cookie)) for _ in range(RUNS)
            ]
            others = {
                f"{name}_ratio": round(median(side[name] / ours[1] for side, ours in rounds), 3)
                for name in rounds[0][0]
                if name != "limit"
            }
            yield {
                "size": size,
                "columns": len(cells[0]),
                "value": round(median(size / ours[1] for _bare, ours in rounds)),
                "unit": "rows/s",
                "first_byte_ms": round(median(ours[0] for _bare, ours in rounds) * 1000),
                "limit": round(median(size / side["limit"] for side, _ours in rounds)),
                "ratio": round(median(side["limit"] / ours[1] for side, ours in rounds), 3),
                **others,
                "rss_mb": max(peak_mb(worker) for worker in workers),
                "runs": RUNS,
            }


def _office(size: int) -> Office:
    office = Office(size)
    with acting_in(office.organisation.pk), connection.cursor() as cursor:
        for statement in FILLED:
            cursor.execute(statement, {"organisation": office.organisation.pk})
    return office


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
