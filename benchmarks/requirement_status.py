"""Where so many learners stand, each against the requirement of a board, four lines of credit each.

It is what reminders ask: licences in blocks, the credit of a block read at once, the arithmetic of
each. The limit is the bare query for the same rows, read to the end.
"""

import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import cycle
from statistics import median
from typing import Any

from django.db import connection
from django.utils.timezone import now

from benchmarks.contract import RUNS
from benchmarks.memory import peak_mb
from benchmarks.people import clinicians
from benchmarks.server import analyze
from symposia.credits.actions.requirements import AT_ONCE
from symposia.credits.models import ExternalCredit, Licence, RequirementPack
from symposia.credits.tracked import tracked
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, day_here
from tests.factories.credits import ExternalCreditFactory, ama

SIZES = (100_000,)
LINES = 4
_BARE = """
SELECT l.*, c.earned_on, c.amount, c.subjects, c.system_id
FROM credits_licence l JOIN credits_externalcredit c
  ON c.clinician_id = l.clinician_id AND c.state = 'accepted'
WHERE l.id = ANY(%s)"""


def run(sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Both sides in turn, three times each."""
    for size in sizes:
        organisation = OrganisationFactory()
        with acting_in(organisation.pk):
            boards = _licences(size)
        analyze("credits_externalcredit", "credits_licence")
        rounds = []
        for _ in range(RUNS):
            with acting_in(organisation.pk):
                ids = list(Licence.objects.order_by("pk").values_list("pk", flat=True))
                assert len(ids) == size
                rounds.append((size / _bare(ids), size / _ours(ids)))
        yield {
            "size": size,
            "boards": boards,
            "value": round(median(ours for _bare, ours in rounds)),
            "unit": "learners/s",
            "limit": round(median(bare for bare, _ours in rounds)),
            "ratio": round(median(ours / bare for bare, ours in rounds), 3),
            "rss_mb": peak_mb(),
        }


def _licences(size: int) -> int:
    """A licence each, under the boards in turn; how many boards there are."""
    people, today = clinicians(size), day_here()
    packs = list(RequirementPack.objects.in_force(today))
    Licence.objects.bulk_create(
        (
            Licence(
                clinician=person,
                pack=pack,
                cycle_starts_on=today - timedelta(days=300),
                cycle_ends_on=today + timedelta(days=64),
            )
            for person, pack in zip(people, cycle(packs), strict=False)
        ),
        batch_size=2000,
    )
    proof = ExternalCreditFactory(clinician=people[0])
    facts = {"system": ama(), "provider": "Elsewhere", "file": proof.file, "sha256": "0" * 64}
    subject = next((t["topic"] for pack in packs for t in pack.topics), "")
    ExternalCredit.objects.bulk_create(
        (
            ExternalCredit(
                clinician=person,
                title=f"Course {number}",
                earned_on=today - timedelta(days=30 * number + 1),
                amount=Decimal(5 * number),
                subjects=[subject] if number == 1 and subject else [],
                state="accepted",
                decided_at=now(),
                **facts,
            )
            for person in people
            for number in range(1, LINES + 1)
        ),
        batch_size=2000,
    )
    return len(packs)


def _ours(ids: list[Any]) -> float:
    """The standing of each, by blocks as the product reads them."""
    today, found = day_here(), Counter[str]()
    started = time.perf_counter()
    for start in range(0, len(ids), AT_ONCE):
        rows = Licence.objects.with_packs().filter(pk__in=ids[start : start + AT_ONCE])
        found.update(each.progress.standing(today) for each in tracked(rows.order_by("pk")))
    spent = time.perf_counter() - started
    assert found.total() == len(ids), found
    return spent


def _bare(ids: list[Any]) -> float:
    """The same rows by the same blocks, and nothing made of them."""
    read, started = 0, time.perf_counter()
    with connection.cursor() as cursor:
        for start in range(0, len(ids), AT_ONCE):
            cursor.execute(_BARE, [ids[start : start + AT_ONCE]])
            read += len(cursor.fetchall())
    spent = time.perf_counter() - started
    assert read >= LINES * len(ids), read
    return spent
