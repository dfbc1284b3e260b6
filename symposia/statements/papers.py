"""What came with statements is answered by the store alone: no page serves it."""

from typing import Any

from symposia.work.files import file_gate
from symposia.work.models import StoredFile

PURPOSE = "statement-attachment"


@file_gate(PURPOSE)
def nobody(_access: Any, _file: StoredFile) -> bool:
    """A stranger's bytes are given back to programs with a key, never opened in a browser."""
    return False
