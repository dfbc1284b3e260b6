import uuid

from symposia.shared.jobs import task
from symposia.work import files, journals
from symposia.work.background import Progress, run_job


@task("work.drop_content", watched=False)
def drop_content(file_id: str) -> None:
    """The content of a removed file is gone; a rolled-back removal never asks for this."""
    files.drop_content(uuid.UUID(file_id))


@task("work.verify_journal", whole=False, attempts=2)
def verify_journal(organisation_id: uuid.UUID, job_id: str, verification_id: str) -> None:
    """Verify the journal now, however long it is."""

    def work(progress: Progress) -> None:
        journals.verify(progress, uuid.UUID(verification_id))

    run_job(organisation_id, job_id, work)


@task("work.export_journal", whole=False, attempts=2)
def export_journal(organisation_id: uuid.UUID, job_id: str, since: str, until: str) -> None:
    """Make the signed file of a span of the journal."""

    def work(progress: Progress) -> None:
        journals.export(progress, journals.span_of(since, until))

    run_job(organisation_id, job_id, work)
