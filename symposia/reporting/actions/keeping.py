"""The exact bytes that were made for a body, or came from it."""

from symposia.reporting.composing import CONTENT_TYPES, file_name
from symposia.reporting.models import FilePurpose, Submission, SubmissionFile
from symposia.shared.actors import Actor
from symposia.work.files import store_file

PURPOSE = "submission"


def keep_file(
    submission: Submission, purpose: str, ending: str, content: bytes, *, by: Actor
) -> SubmissionFile:
    """Keep exact bytes of a submission, by their hash."""
    answer = purpose == FilePurpose.ANSWER
    stored = store_file(
        content,
        name=f"{'answer-' if answer else ''}{file_name(submission, ending)}",
        content_type=CONTENT_TYPES.get(ending, "text/plain"),
        purpose=PURPOSE,
        subject_id=submission.pk,
        by=by,
    )
    return SubmissionFile.objects.create(
        submission=submission,
        purpose=purpose,
        format=ending,
        file=stored,
        sha256=stored.sha256,
        size=stored.size,
        kept_by_name=by.name,
    )
