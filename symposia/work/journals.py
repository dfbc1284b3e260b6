"""Long work on the journal that a person asks for: verified, or taken home signed."""

import uuid
from datetime import datetime

from symposia.audit.actions import check_journal, record
from symposia.audit.exporting import Span, export_journal
from symposia.shared.actors import Actor
from symposia.shared.tenancy import acting_in
from symposia.work.background import Progress
from symposia.work.files import store_file
from symposia.work.models import Job

PURPOSE = "journal_export"
ZIP = "application/zip"


def verify(progress: Progress, verification_id: uuid.UUID) -> None:
    """Compare the whole journal; what was found stays under an id that is known beforehand."""
    with acting_in(progress.organisation_id):
        check_journal(verification_id, by=asker_of(progress.job_id))
    progress.report(1, 1)


def export(progress: Progress, span: Span) -> None:
    """Put the signed file where whoever asked for it finds it."""
    with acting_in(progress.organisation_id):
        made = export_journal(span)
        by = asker_of(progress.job_id)
        file = store_file(
            made.content,
            name="journal.zip",
            content_type=ZIP,
            purpose=PURPOSE,
            by=by,
            subject_id=progress.job_id,
        )
        record(by, "journal.exported", file, details={"entries": made.lines})
    progress.report(made.lines, made.lines)
    progress.finish(result=file)


def span_of(since: str, until: str) -> Span:
    """A span as a task carries it."""
    return Span(_instant(since), _instant(until))


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def asker_of(job_id: uuid.UUID) -> Actor:
    """Whoever asked for long work; what it does is done in their name."""
    job = Job.objects.get(pk=job_id)
    return Actor("person", job.requested_by_id, job.requested_by_name)
