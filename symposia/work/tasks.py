import uuid

from symposia.shared.jobs import task
from symposia.work import files


@task("work.drop_content")
def drop_content(file_id: str) -> None:
    """The content of a removed file is gone; a rolled-back removal never asks for this."""
    files.drop_content(uuid.UUID(file_id))
