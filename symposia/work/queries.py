import uuid

from django.db.models import QuerySet

from symposia.work.models import Import, ImportRow, Job, StoredFile


def file_of(pk: uuid.UUID) -> StoredFile | None:
    """A kept file of this organisation, unless its content was removed."""
    return StoredFile.objects.kept().filter(pk=pk).first()


def file_of_import(made: Import) -> StoredFile | None:
    """What was handed in for an import, as long as it is kept."""
    return StoredFile.objects.kept().filter(storage_name=made.path, purpose="import").first()


def rows_of_import(made: Import) -> QuerySet[ImportRow]:
    """What each row of a file would do, or did, in the order of the file."""
    return ImportRow.objects.filter(made=made).order_by("line", "pk")


def latest_jobs(user_id: uuid.UUID, *, most: int = 50) -> list[Job]:
    """What a person asked for lately, newest first."""
    return list(Job.objects.of_user(user_id).select_related("result")[:most])


def job_under_way(kind: str, href: str) -> Job | None:
    """The work of one kind that is still waited for on a page."""
    open_jobs = Job.objects.filter(kind=kind, href=href, finished_at__isnull=True)
    return open_jobs.order_by("requested_at", "id").first()


def job_leading_to(href: str) -> Job | None:
    """The newest long work whose outcome is shown at an address."""
    return Job.objects.filter(href=href).order_by("-requested_at").first()
