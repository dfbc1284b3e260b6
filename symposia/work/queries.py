import uuid

from symposia.work.models import Import, Job, StoredFile


def file_of(pk: uuid.UUID) -> StoredFile | None:
    """A kept file of this organisation, unless its content was removed."""
    return StoredFile.objects.kept().filter(pk=pk).first()


def file_of_import(made: Import) -> StoredFile | None:
    """What was handed in for an import, as long as it is kept."""
    return StoredFile.objects.kept().filter(storage_name=made.path, purpose="import").first()


def latest_jobs(user_id: uuid.UUID, *, most: int = 50) -> list[Job]:
    """What a person asked for lately, newest first."""
    return list(Job.objects.of_user(user_id).select_related("result")[:most])
