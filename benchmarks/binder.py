"""A binder of so many activities with what a review looks at: the job that gathers the evidence and
sets the paper, and the archive with every file, as one whole."""

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from statistics import median
from typing import Any

from django.urls import reverse

from benchmarks.contract import RUNS
from benchmarks.memory import peak_mb
from benchmarks.people import clinicians, places
from symposia.activities.models import Activity, ContentItem, ContentVersion
from symposia.attendance.models import PresenceEvidence
from symposia.credits.models import CreditEntry
from symposia.reporting.actions.binders import choose_binder
from symposia.reporting.binder_papers import archive_of
from symposia.reporting.queries import files_bound, last_edition
from symposia.reporting.tasks import make_binder, start_binder
from symposia.shared.actors import SYSTEM
from symposia.shared.ids import uuid7
from symposia.shared.tenancy import acting_in
from symposia.work.files import store_file
from symposia.work.models import Job
from tests.factories.accounts import OrganisationFactory
from tests.factories.activities import (
    ActivityFactory,
    ActivityObjectiveFactory,
    SessionFactory,
    SessionFacultyFactory,
)
from tests.factories.credits import CreditOfferFactory
from tests.factories.team import ContributorFactory, disclose_nothing

SIZES = (15,)
LEARNERS, SESSIONS, FILES, FILE_KB = 80, 6, 4, 512


def run(sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Each size three times: the job, then the archive as a reviewer takes it home."""
    organisation = OrganisationFactory()
    for size in sizes:
        with acting_in(organisation.pk):
            held = [_held() for _ in range(size)]
        rounds = [_made(organisation, held) for _ in range(RUNS)]
        yield {
            "size": size,
            "value": round(median(job + archive for job, archive, _mb in rounds), 2),
            "unit": "s",
            "job_s": round(median(job for job, _archive, _mb in rounds), 2),
            "archive_s": round(median(archive for _job, archive, _mb in rounds), 2),
            "archive_mb": round(rounds[-1][2], 1),
            "rss_mb": peak_mb(),
        }


def _held() -> Activity:
    """An activity as a review meets it: faculty with disclosures, content, learners with credit."""
    held = ActivityFactory(number=f"ACT-{uuid7().hex[-10:].upper()}", state="held")
    Activity.objects.filter(pk=held.pk).update(
        starts_at=held.starts_at - timedelta(days=700), ends_at=held.ends_at - timedelta(days=700)
    )
    held.refresh_from_db()
    ActivityObjectiveFactory(activity=held)
    for number in range(SESSIONS):
        session = SessionFactory(activity=held, after=15 * number, minutes=15)
        SessionFacultyFactory(session=session)
    disclose_nothing(held)
    offer = CreditOfferFactory(activity=held)
    for number in range(FILES):
        _content(held, number)
    people = places(held, clinicians(LEARNERS))
    PresenceEvidence.objects.bulk_create(
        PresenceEvidence(
            event_uuid=uuid7(),
            activity=held,
            registration=one,
            kind="in",
            source="scan",
            occurred_at=held.starts_at,
        )
        for one in people
    )
    CreditEntry.objects.bulk_create(
        CreditEntry(
            clinician=one.clinician,
            activity=held,
            registration=one,
            offer=offer,
            system=offer.system,
            amount="1.25",
            reason="award",
            evidence_minutes=80,
            rule={},
            attested=True,
            by_name="Benchmark",
        )
        for one in people
    )
    return held


def _content(held: Activity, number: int) -> None:
    item = ContentItem.objects.create(
        activity=held, contributor=ContributorFactory(), title=f"Slides {number}"
    )
    content = b"%PDF-1.7 " + os.urandom(FILE_KB * 1024)
    facts = {"content_type": "application/pdf", "purpose": "content", "subject_id": item.pk}
    file = store_file(content, name=f"slides-{number}.pdf", by=SYSTEM, **facts)
    ContentVersion.objects.create(
        item=item, number=1, file=file, sha256=file.sha256, format="pdf", pages=1, by_name="B"
    )


def _made(organisation: Any, held: list[Activity]) -> tuple[float, float, float]:
    """How long the job takes, how long the archive, and how large that is."""
    with acting_in(organisation.pk):
        binder = choose_binder("Benchmark", [each.number for each in held], by=SYSTEM)
        job = start_binder(binder, by=SYSTEM, href=reverse("binder", args=[binder.pk]))
    started = time.perf_counter()
    make_binder.run(str(organisation.pk), job_id=str(job.pk), binder_id=str(binder.pk))
    seconds = time.perf_counter() - started
    with acting_in(organisation.pk):
        assert Job.objects.get(pk=job.pk).state == "done"
        edition = last_edition(binder)
        files = files_bound(edition)
    assert len(files) == FILES * len(held)
    started = time.perf_counter()
    size = sum(map(len, archive_of(edition, files)))
    return seconds, time.perf_counter() - started, size / 2**20
