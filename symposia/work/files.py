"""Keeping files: random names, a hash, an access check on each fetch."""

import hashlib
import uuid
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import PurePath
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.timezone import now

from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.jobs import defer_named
from symposia.shared.refusals import refuse_if
from symposia.shared.tenancy import current_organisation_id
from symposia.work.holding import objection_to_dropping
from symposia.work.models import StoredFile

# Asked on each fetch: may this access read this file?
FileGate = Callable[[Any, StoredFile], bool]
_gates: dict[str, FileGate] = {}


def file_gate(purpose: str) -> Callable[[FileGate], FileGate]:
    """Say who may fetch files of a purpose; without a gate nobody may."""

    def register(gate: FileGate) -> FileGate:
        _gates[purpose] = gate
        return gate

    return register


def may_fetch(access: Any, file: StoredFile, *, at: datetime) -> bool:
    """Whether this person may have this file now."""
    gate = _gates.get(file.purpose)
    if gate is None or file.deleted_at or (file.expires_at and at >= file.expires_at):
        return False
    return gate(access, file)


@transaction.atomic
def store_file(
    content: bytes,
    *,
    name: str,
    content_type: str,
    purpose: str,
    by: Actor,
    **facts: Any,
) -> StoredFile:
    """Keep a file under a random name in the organisation's folder of the storage."""
    stored = StoredFile.objects.create(
        name=PurePath(name.replace("\\", "/")).name[:200] or "file",
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        storage_name=put_content(content),
        purpose=purpose,
        made_by_id=by.id,
        made_by_name=by.name,
        **facts,
    )
    record(by, "file.kept", stored, details={"purpose": purpose, "sha256": stored.sha256})
    return stored


def put_content(content: bytes) -> str:
    """Put bytes under a random name into the organisation's folder of the storage; the name."""
    path = f"{current_organisation_id()}/{uuid.uuid4().hex[:2]}/{uuid.uuid4().hex}"
    return str(default_storage.save(path, ContentFile(content)))


def open_content(storage_name: str) -> IO[bytes]:
    """What was put under a name. Raises FileNotFoundError when the storage lost it."""
    opened: IO[bytes] = default_storage.open(storage_name, "rb")
    return opened


def forget_content(storage_names: Iterable[str]) -> None:
    """Make the storage forget what was put there in vain, before anything names it."""
    for name in storage_names:
        default_storage.delete(name)


def open_stored(file: StoredFile) -> IO[bytes]:
    """The content of a kept file. Raises FileNotFoundError when the storage lost it."""
    return open_content(file.storage_name)


@transaction.atomic
def delete_file(file: StoredFile, *, by: Actor, reason: str) -> None:
    """Nobody fetches it from now on; the content goes once this is committed, the row stays and
    says when and why. What is held, or kept for a while by rule, stays."""
    refuse_if(objection_to_dropping(file))

    file.deleted_at = now()
    file.save(update_fields=["deleted_at"])
    record(by, "file.removed", file, reason=reason)
    defer_named("work.drop_content", file_id=str(file.pk))


def drop_content(file_id: uuid.UUID) -> None:
    """Make the storage forget the content of a removed file; twice is harmless."""
    for file in StoredFile.objects.filter(pk=file_id).exclude(deleted_at=None):
        default_storage.delete(file.storage_name)
