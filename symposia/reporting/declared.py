"""Whether the head of a company declared an annual form, as its file was made last."""

from symposia.reporting.models import FilePurpose, Submission, SubmissionFile, YearDeclaration


def hash_of_file(submission: Submission) -> str:
    """Of the file that was made last; nothing while there is none."""
    rows = SubmissionFile.objects.filter(submission=submission, purpose=FilePurpose.FINAL)
    last = rows.order_by("-kept_at", "-pk").values_list("sha256", flat=True).first()
    return last or ""


def declared_at(submission: Submission) -> YearDeclaration | None:
    """The declaration of exactly this file."""
    sha256 = hash_of_file(submission)
    rows = YearDeclaration.objects.filter(submission=submission, sha256=sha256)
    return rows.first() if sha256 else None
