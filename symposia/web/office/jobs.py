"""The tray: long work a person asked for, how far it is, and a way to stop it."""

import uuid
from typing import Literal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from symposia.web import parts
from symposia.web.gates import signed_in
from symposia.web.requests import UserRequest
from symposia.work.background import cancel_job
from symposia.work.models import Job, JobState
from symposia.work.queries import latest_jobs

PAGE = "office/jobs/list.html"
_SHOWN: dict[JobState, Literal["running", "done", "failed", "stopped"]] = {
    JobState.QUEUED: "running",
    JobState.RUNNING: "running",
    JobState.DONE: "done",
    JobState.FAILED: "failed",
    JobState.CANCELLED: "stopped",
}


@require_GET
@signed_in
def jobs(request: UserRequest) -> HttpResponse:
    mine = latest_jobs(request.user.pk) if request.access else []
    context = {"jobs": [_shown(job) for job in mine], "is_running": any(map(_is_open, mine))}
    name = f"{PAGE}#jobs" if request.htmx else PAGE  # also the tray of the top bar
    return render(request, name, context)


@require_POST
@signed_in
def cancel(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    job = get_object_or_404(Job.objects.of_user(request.user.pk), pk=pk)
    cancel_job(job, by=request.actor)
    return redirect("jobs")


def _is_open(job: Job) -> bool:
    return job.state in {JobState.QUEUED, JobState.RUNNING}


def _shown(job: Job) -> parts.Job:
    stop = reverse("job_cancel", args=[job.pk]) if _is_open(job) else ""
    result = reverse("file", args=[job.result_id]) if job.result_id else job.href
    note = job.problem or job.message or job.get_state_display()
    return parts.Job(
        job.title, _SHOWN[JobState(job.state)], job.done, job.total or 0, note, result, stop
    )
