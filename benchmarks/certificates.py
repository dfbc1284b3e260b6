"""Certificates in one job: number, journal, record, signed PDF and hash, against typst alone."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from statistics import median
from typing import Any

from benchmarks.contract import RUNS
from benchmarks.memory import forget_peak, peak_mb
from benchmarks.people import activity, clinicians, places
from symposia.activities.models import Activity
from symposia.attendance.models import PresenceEvidence
from symposia.audit.models import Entry
from symposia.credits.models import Certificate, CertificateFile
from symposia.credits.printing import AT_ONCE, compile_pdf, inputs_of
from symposia.credits.tasks import certificates_of_activity
from symposia.shared.actors import SYSTEM
from symposia.shared.ids import uuid7
from symposia.shared.tenancy import acting_in
from symposia.work.background import request_job
from symposia.work.models import Job
from tests.factories.accounts import OrganisationFactory
from tests.factories.activities import SessionFactory

# The larger one shows that memory does not follow: a congress that issues all at once.
SIZES = (200, 10_000)
AT_A_TIME = 500


def run(sizes: list[int]) -> Iterator[dict[str, Any]]:
    """The job and the bare compiler in turn, three times each, after one of each unmeasured."""
    organisation = OrganisationFactory(kind="company")
    _job(organisation, 20)
    for size in sizes:
        rounds, held_mb = [], []
        for _ in range(RUNS):
            forget_peak()
            seconds, made = _job(organisation, size)
            held_mb.append(peak_mb())
            rounds.append((size / seconds, size / _typst_alone(organisation, made)))
        rate = median(ours for ours, _bare in rounds)
        yield {
            "size": size,
            "value": round(rate, 1),
            "unit": "certificates/s",
            "limit": round(median(bare for _ours, bare in rounds), 1),
            "ratio": round(median(ours / bare for ours, bare in rounds), 3),
            "rss_mb": round(median(held_mb)),
        }


def _job(organisation: Any, size: int) -> tuple[float, Activity]:
    """One activity with so many people present, and the time its job takes."""
    with acting_in(organisation.pk):
        held = _held(size)
        job = request_job(
            certificates_of_activity,
            kind="certificates",
            title="Benchmark",
            by=SYSTEM,
            activity_id=str(held.pk),
        )
    started = time.perf_counter()
    certificates_of_activity.run(str(organisation.pk), job_id=str(job.pk), activity_id=str(held.pk))
    seconds = time.perf_counter() - started
    with acting_in(organisation.pk):
        _all_is_there(held, size, job)
    return seconds, held


def _held(size: int) -> Activity:
    held = activity(None)
    SessionFactory(activity=held)
    Activity.objects.filter(pk=held.pk).update(
        starts_at=held.starts_at - timedelta(days=1000), ends_at=held.ends_at - timedelta(days=1000)
    )
    PresenceEvidence.objects.bulk_create(
        PresenceEvidence(
            event_uuid=uuid7(),
            activity=held,
            registration=one,
            kind="in",
            source="scan",
            occurred_at=held.starts_at,
        )
        for one in places(held, clinicians(size))
    )
    return held


def _all_is_there(held: Activity, size: int, job: Job) -> None:
    job.refresh_from_db()
    certificates = list(Certificate.objects.of(held).values_list("pk", "number"))
    files = CertificateFile.objects.filter(certificate__activity=held)
    assert job.state == "done", job.problem
    assert len({number for _pk, number in certificates}) == size
    assert len(set(files.values_list("sha256", flat=True))) == size
    journalled = Entry.objects.filter(
        action="certificate.issued", subject_id__in=[pk for pk, _number in certificates]
    )
    assert journalled.count() == size


def _typst_alone(organisation: Any, held: Activity) -> float:
    """The same pages set by the compiler and nothing else, two at a time as the job does."""
    with acting_in(organisation.pk):
        ids = list(Certificate.objects.of(held).values_list("pk", flat=True))
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        _set(pool, _papers(organisation, ids[:4]))
        spent = 0.0
        for start in range(0, len(ids), AT_A_TIME):
            papers = _papers(organisation, ids[start : start + AT_A_TIME])
            started = time.perf_counter()
            _set(pool, papers)
            spent += time.perf_counter() - started
        return spent


def _papers(organisation: Any, ids: Sequence[Any]) -> list[tuple[str, Any]]:
    """What is set; some at a time, so that they are not what the job is said to hold."""
    with acting_in(organisation.pk):
        rows = Certificate.objects.filter(pk__in=ids)
        return [(inputs_of(each.printed), each.issued_at) for each in rows]


def _set(pool: ThreadPoolExecutor, papers: Sequence[tuple[str, Any]]) -> None:
    for pdf in pool.map(lambda paper: compile_pdf(*paper), papers):
        assert pdf.startswith(b"%PDF")
