"""Long work with progress: asked for by a person, done by a worker in many short transactions."""

import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.db import transaction
from django.utils.timezone import now

from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.jobs import Task
from symposia.shared.tenancy import acting_in
from symposia.work.models import Job, JobState

log = structlog.get_logger()


class Cancelled(Exception):
    """The person asked to stop; what is done stays done."""


class Progress:
    """How the work tells how far it is, and hears that it should stop."""

    def __init__(self, organisation_id: uuid.UUID, job_id: uuid.UUID) -> None:
        self.organisation_id = organisation_id
        self.job_id = job_id

    def report(self, done: int, total: int | None = None, message: str = "") -> None:
        """Show n of m. Raises Cancelled when somebody asked to stop."""
        with acting_in(self.organisation_id):
            job = Job.objects.select_for_update().get(pk=self.job_id)
            job.done = done
            job.total = job.total if total is None else total
            job.message = message[:300]
            job.save(update_fields=["done", "total", "message"])
            if job.cancel_requested_at:
                raise Cancelled

    def finish(self, **facts: Any) -> None:
        """Say what the work made (`result`, a kept file) before it ends."""
        with acting_in(self.organisation_id):
            Job.objects.filter(pk=self.job_id).update(**facts)


@transaction.atomic
def request_job(
    task: Task, *, kind: str, title: str, by: Actor, href: str = "", **arguments: Any
) -> Job:
    """Ask for long work; the task gets `job_id` beside its arguments."""
    job = Job.objects.create(
        kind=kind, title=title, href=href, requested_by_id=by.id, requested_by_name=by.name
    )
    record(by, "job.requested", job, details={"kind": kind})
    task.defer_awaited(job_id=str(job.pk), **arguments)
    return job


@transaction.atomic
def cancel_job(job: Job, *, by: Actor) -> None:
    """Ask running work to stop at its next step; waiting work does not start. Work that ended, or
    was asked to stop before, stays as it is."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.finished_at or job.cancel_requested_at:
        return
    job.cancel_requested_at = now()
    job.save(update_fields=["cancel_requested_at"])
    if job.state == JobState.QUEUED:
        job.move(JobState.CANCELLED, finished_at=now())
    record(by, "job.cancelled", job)


def run_job(organisation_id: uuid.UUID, job_id: str, work: Callable[[Progress], None]) -> None:
    """Run work of a job's task: started once, ended in words whatever happens."""
    progress = Progress(organisation_id, uuid.UUID(job_id))
    if not _start(progress):
        return
    try:
        work(progress)
    except Cancelled:
        _end(progress, JobState.CANCELLED)
    except Exception as error:
        log.exception("job_failed", job=job_id)
        _end(progress, JobState.FAILED, problem=f"{type(error).__name__}: {error}"[:500])
        raise
    else:
        _end(progress, JobState.DONE)


def _start(progress: Progress) -> bool:
    with acting_in(progress.organisation_id):
        job = Job.objects.select_for_update().get(pk=progress.job_id)
        if job.state == JobState.RUNNING:  # its worker was killed: the work goes on from its rows
            return True
        if job.state != JobState.QUEUED:
            return False
        job.move(JobState.RUNNING, started_at=now())
        return True


def _end(progress: Progress, state: JobState, **facts: Any) -> None:
    with acting_in(progress.organisation_id):
        job = Job.objects.select_for_update().get(pk=progress.job_id)
        job.move(state, finished_at=now(), **facts)
