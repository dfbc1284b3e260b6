"""Handed-in files between the request that brings them and the worker that reads them."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from symposia.shared.actors import Actor
from symposia.shared.refusals import Objection, refuse_if
from symposia.work.files import forget_content, store_file
from symposia.work.models import StoredFile

# Bytes of a file whose rows are looked at while somebody waits.
LARGEST = 5 * 1024 * 1024
TOO_LARGE = Objection(
    "row_file_too_large", _("This file is larger than 5 MB. Hand it in in parts.")
)


@contextmanager
def kept_upload(
    file: "UploadedFile[Any]",
    *,
    purpose: str,
    by: Actor,
    largest: int = LARGEST,
    too_large: Objection = TOO_LARGE,
) -> Iterator[tuple[Path, StoredFile]]:
    """An uploaded file of rows, kept, and as one that can be opened by name in the block; what the
    block refuses is kept nowhere. Raises Refused in words."""
    refuse_if(too_large if (file.size or 0) > largest else None)
    with kept_pieces(file.chunks(), name=file.name or purpose, purpose=purpose, by=by) as both:
        yield both


@contextmanager
def kept_pieces(
    pieces: Iterable[bytes], *, name: str, purpose: str, by: Actor
) -> Iterator[tuple[Path, StoredFile]]:
    """A handed-in file, kept, and as one that can be opened by name in the block; what the block
    refuses is kept nowhere, whoever catches that."""
    with copy_of_upload(pieces) as path, transaction.atomic():
        kept = store_file(
            path.read_bytes(),
            name=name,
            content_type="application/octet-stream",
            purpose=purpose,
            by=by,
        )
        try:
            yield path, kept
        except BaseException:
            forget_content([kept.storage_name])
            raise


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
