"""Transcripts of learners with so many lines of credit: read and summed, as CSV, on paper, and as a
learner record up to what one may hold.

The limit of reading and of CSV is the bare query for the same rows, read to the end; that of paper
is the compiler alone with the same lines; a record has none: it is as many signatures as lines.
"""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from statistics import median
from typing import Any

from django.db import connection
from django.utils.timezone import now

from benchmarks.contract import RUNS
from benchmarks.memory import forget_peak, peak_mb
from benchmarks.people import clinicians
from benchmarks.server import analyze
from symposia.accounts.models import Organisation
from symposia.credits.actions.issuer_keys import provide_issuer_key
from symposia.credits.learner_records import as_file, record_of
from symposia.credits.models import ExternalCredit
from symposia.credits.queries import signing_now
from symposia.credits.record_rules import MOST_LINES
from symposia.credits.transcript_papers import (
    TEMPLATE,
    paper_of,
    print_transcript,
    transcript_sheet,
)
from symposia.credits.transcripts import transcript_of
from symposia.directory.models import Clinician
from symposia.shared.actors import SYSTEM
from symposia.shared.paper import print_paper
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, day_here
from tests.factories.credits import ExternalCreditFactory, ama

SIZES = (10, 1_000, 10_000)
REPEATS = 20
_BARE = """
SELECT c.earned_on, c.title, c.provider, c.amount, c.sha256, c.subjects, s.*
FROM credits_externalcredit c JOIN credits_creditsystem s ON s.key = c.system_id
WHERE c.clinician_id = %s AND c.state = 'accepted' ORDER BY c.id"""


def run(sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Each form and its limit in turn, three times."""
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        provide_issuer_key(organisation, by=SYSTEM)
    for size in sizes:
        with acting_in(organisation.pk):
            holder = _holder(size)
        analyze("credits_externalcredit")
        with acting_in(organisation.pk):
            for name, ours, bare in _forms(organisation, holder, size):
                forget_peak()
                yield {"of": name, "size": size, **_measured(ours, bare, size)}


def _holder(size: int) -> Clinician:
    """Somebody with so many lines over ten years, under one proof."""
    (holder,) = clinicians(1)
    proof = ExternalCreditFactory(clinician=holder, state="accepted", decided_at=now())
    ExternalCredit.objects.bulk_create(
        (
            ExternalCredit(
                clinician=holder,
                system=ama(),
                title=f"Course {number} of a longer name, as they have",
                provider="Elsewhere University",
                earned_on=day_here() - timedelta(days=number % 3650),
                amount=Decimal("1.25"),
                file=proof.file,
                sha256=f"{number:064d}",
                state="accepted",
                decided_at=now(),
            )
            for number in range(1, size)
        ),
        batch_size=2000,
    )
    return holder


_Work = Callable[[], object]


def _forms(
    organisation: Organisation, holder: Clinician, size: int
) -> Iterator[tuple[str, _Work, _Work | None]]:
    transcript, at = transcript_of(holder), now()
    assert len(transcript.lines) == size
    paper = paper_of(transcript, at)

    def bare() -> object:
        with connection.cursor() as cursor:
            cursor.execute(_BARE, [holder.pk])
            rows = cursor.fetchall()
        assert len(rows) == size
        return rows

    yield "lines", lambda: transcript_of(holder).totals, bare
    yield "csv", lambda: transcript_sheet(transcript_of(holder)), bare
    yield "pdf", lambda: print_transcript(transcript, at), lambda: print_paper(TEMPLATE, paper, at)
    if size <= MOST_LINES:
        signing = signing_now()
        assert signing, "its key was made"
        yield "record", lambda: as_file(record_of(transcript, organisation, signing, at)), None


def _measured(ours: _Work, bare: _Work | None, size: int) -> dict[str, Any]:
    """Milliseconds of one of them; small ones often, so that the clock can tell them."""
    repeats = REPEATS if size <= 100 else 1
    rounds = []
    ours()
    for _ in range(RUNS):
        limit = _milliseconds(bare, repeats) if bare else 0.0
        rounds.append((limit, _milliseconds(ours, repeats)))
    spent = median(mine for _bare, mine in rounds)
    limits = {
        "limit": round(median(one for one, _mine in rounds), 2),
        "ratio": round(median(one / mine for one, mine in rounds), 3),
    }
    return {
        "value": round(spent, 2),
        "unit": "ms",
        "us_a_line": round(spent * 1000 / size, 1),
        "rss_mb": peak_mb(),
        **(limits if bare else {}),
    }


def _milliseconds(work: _Work, repeats: int) -> float:
    started = time.perf_counter()
    for _ in range(repeats):
        work()
    return (time.perf_counter() - started) * 1000 / repeats
