import uuid

from django.utils.timezone import now

from symposia.accounts.queries import all_organisations
from symposia.curriculum.actions.surveys import repeat_due_surveys
from symposia.curriculum.actions.surveys import send_survey as send_to
from symposia.curriculum.models import Survey
from symposia.directory.models import Clinician
from symposia.shared.actors import Actor, job_actor
from symposia.shared.jobs import task, tick
from symposia.shared.tenancy import acting_in
from symposia.work.background import Progress, run_job
from symposia.work.models import Job

CHUNK = 25


@task("curriculum.send_survey", whole=False)
def send_survey(
    organisation_id: uuid.UUID, job_id: str, survey_id: str, clinician_ids: list[str]
) -> None:
    """Ask a long list in short transactions; done again, it skips who was asked."""

    def work(progress: Progress) -> None:
        sent = 0
        with acting_in(organisation_id):
            job = Job.objects.get(pk=job_id)
            by = Actor("person", job.requested_by_id, job.requested_by_name)
        for start in range(0, len(clinician_ids), CHUNK):
            chunk = clinician_ids[start : start + CHUNK]
            with acting_in(organisation_id):
                people = Clinician.objects.filter(pk__in=chunk).order_by("full_name", "pk")
                sent += send_to(Survey.objects.get(pk=survey_id), people, by=by)
            progress.report(start + len(chunk), len(clinician_ids), f"{sent} sent")

    run_job(organisation_id, job_id, work)


@tick("curriculum.surveys", seconds=3600)
def repeat_surveys() -> None:
    """Whoever was asked is asked again when the next round of a survey is due."""
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            repeat_due_surveys(at=now(), by=job_actor("surveys"))
