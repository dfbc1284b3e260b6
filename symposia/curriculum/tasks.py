import uuid

from django.utils.timezone import now

from symposia.accounts.queries import all_organisations
from symposia.curriculum.actions.news import take_in_feed
from symposia.curriculum.actions.surveys import SEND_ROUND, ask_next_again, repeat_due_surveys
from symposia.curriculum.actions.surveys import send_survey as send_to
from symposia.curriculum.feeds import NotAFeed, Published, read_feed
from symposia.curriculum.models import Survey
from symposia.curriculum.queries.news import source_of_id, sources_to_read
from symposia.directory.models import Clinician
from symposia.shared.actors import Actor, job_actor
from symposia.shared.jobs import task, tick
from symposia.shared.tenancy import acting_in
from symposia.work.background import Progress, run_job
from symposia.work.models import Job
from symposia.work.outgoing import RefusedAddress, fetch

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


@task(SEND_ROUND, whole=False)
def send_round(organisation_id: uuid.UUID, survey_id: str) -> None:
    """Ask everybody of the round before, a few in a transaction."""
    asked = -1
    while asked:
        with acting_in(organisation_id):
            asked = ask_next_again(uuid.UUID(survey_id), by=job_actor("surveys"))


@tick("curriculum.surveys", seconds=3600)
def repeat_surveys() -> None:
    """Whoever was asked is asked again when the next round of a survey is due."""
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            repeat_due_surveys(at=now(), by=job_actor("surveys"))


@task("curriculum.read_feed", watched=False, whole=False)
def read_source(organisation_id: uuid.UUID, source_id: str) -> None:
    """Ask a feed outside of any transaction, then keep what is new, or why it was not read."""
    with acting_in(organisation_id):
        source = source_of_id(uuid.UUID(source_id))
    if source is None or source.stopped_at:
        return
    entries, problem = _asked(source.address)
    with acting_in(organisation_id):
        take_in_feed(source, entries, problem=problem, by=job_actor("news desk"))


def _asked(address: str) -> tuple[list[Published], str]:
    """The entries of a feed, or what went wrong with it."""
    try:
        reply = fetch(address)
        if reply.status != 200:
            return [], f"The server answered {reply.status}."
        return read_feed(reply.body), ""
    except (RefusedAddress, NotAFeed, OSError) as error:
        return [], f"{type(error).__name__}: {error}"


@tick("curriculum.feeds", seconds=3600)
def read_feeds() -> None:
    """Every feed is read once a day."""
    for organisation_id in all_organisations():
        with acting_in(organisation_id):
            for source in sources_to_read(now()):
                read_source.defer(source_id=str(source.pk))
