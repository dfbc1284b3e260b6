"""Writing the journal. Nothing may ever read it to decide."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from symposia.audit.hashing import canonical, entry_mac, names_hash, row_hash
from symposia.audit.models import Entry
from symposia.shared.actors import Actor
from symposia.shared.ids import uuid7
from symposia.shared.tracing import trace


def record(
    by: Actor,
    action: str,
    subject: models.Model | None = None,
    *,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
) -> Entry:
    """Write one line of the journal inside this transaction: `activity.submitted` and the like."""
    entry = _entry(by, action, subject, reason=reason, details=details)
    entry.save(force_insert=True)
    return entry


def record_each(
    by: Actor, action: str, subjects: Iterable[models.Model], *, reason: str = ""
) -> None:
    """One line per record, in one statement."""
    Entry.objects.bulk_create(
        [_entry(by, action, subject, reason=reason, details=None) for subject in subjects],
        batch_size=1000,
    )


def _entry(
    by: Actor,
    action: str,
    subject: models.Model | None,
    *,
    reason: str,
    details: Mapping[str, Any] | None,
) -> Entry:
    now = trace.get()
    entry = Entry(
        id=uuid7(),
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.name[:200],
        on_behalf_of=by.on_behalf_of[:200],
        action=action,
        reason=reason,
        details=canonical(dict(details or {})),
        request_id=now.request_id,
        address=now.address,
    )
    if subject is not None:
        entry.subject_type = subject._meta.label
        entry.subject_id = subject.pk
        entry.subject_name = str(subject)[:300]
        entry.row_hash = row_hash(subject)
    entry.names_hash = names_hash(entry)
    entry.mac = entry_mac(entry)
    return entry
