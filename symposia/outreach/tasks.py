import uuid

from symposia.activities.models import Activity
from symposia.directory.models import Clinician
from symposia.outreach.actions import TELL_CHANGE, invite_clinicians
from symposia.outreach.actions import tell_change as tell_next
from symposia.shared.actors import Actor
from symposia.shared.jobs import task
from symposia.shared.tenancy import acting_in
from symposia.work.background import Progress, run_job
from symposia.work.models import Job

CHUNK = 25


@task("outreach.send_invitations", whole=False)
def send_invitations(
    organisation_id: uuid.UUID, job_id: str, activity_id: str, clinician_ids: list[str]
) -> None:
    """Invite a long list in short transactions; done again, it skips who was invited."""

    def work(progress: Progress) -> None:
        sent = skipped = 0
        with acting_in(organisation_id):
            job = Job.objects.get(pk=job_id)
            by = Actor("person", job.requested_by_id, job.requested_by_name)
        for start in range(0, len(clinician_ids), CHUNK):
            chunk = clinician_ids[start : start + CHUNK]
            with acting_in(organisation_id):
                activity = Activity.objects.get(pk=activity_id)
                people = Clinician.objects.filter(pk__in=chunk).order_by("search_text", "pk")
                answer = invite_clinicians(activity, people, by=by)
            sent += len(answer.invited)
            skipped += len(answer.skipped)
            progress.report(
                start + len(chunk), len(clinician_ids), f"{sent} invited, {skipped} skipped"
            )

    run_job(organisation_id, job_id, work)


@task(TELL_CHANGE, whole=False)
def tell_change(organisation_id: uuid.UUID, change_id: str) -> None:
    """Tell everybody invited of a change, fifty in a transaction."""
    told = -1
    while told:
        with acting_in(organisation_id):
            told = tell_next(uuid.UUID(change_id))
