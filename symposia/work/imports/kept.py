"""Handed-in files between the request that brings them and the worker that reads them."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import default_storage


@contextmanager
def copy_of_upload(pieces: Iterable[bytes]) -> Iterator[Path]:
    """An uploaded file as one that can be opened by name; gone after the block."""
    with tempfile.TemporaryDirectory(prefix="symposia-import-") as folder:
        path = Path(folder) / "file"
        with path.open("wb") as file:
            file.writelines(pieces)
        yield path


@contextmanager
def copy_of_kept(storage_name: str) -> Iterator[Path]:
    """A kept file as one that can be opened by name, wherever the storage is."""
    with tempfile.TemporaryDirectory(prefix="symposia-import-") as folder:
        path = Path(folder) / "file"
        with default_storage.open(storage_name, "rb") as kept, path.open("wb") as file:
            shutil.copyfileobj(kept, file)
        yield path


def sha256_of(path: Path) -> str:
    """The hash of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
