"""Writing the journal. Nothing may ever read it to decide."""

import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, models, transaction
from django.utils.timezone import now

from symposia.audit.hashing import canonical, entry_mac, names_hash, row_hash, seal_mac
from symposia.audit.models import Entry, Result, Seal, Verification
from symposia.audit.queries import checkpoint_file, last_seal, unsealed_entries
from symposia.audit.registry import journals
from symposia.audit.verification import Report, verify_journal
from symposia.shared.actors import Actor
from symposia.shared.ids import uuid7
from symposia.shared.planned import insert, insert_each
from symposia.shared.tenancy import acting_in
from symposia.shared.tracing import trace

_AT_ONCE = 1_000


def record(
    by: Actor,
    action: str,
    subject: models.Model | None = None,
    *,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
) -> Entry:
    """Write one line of the journal inside this transaction: `activity.submitted` and the like."""
    return insert(_entry(by, action, subject, reason=reason, details=details))


def prepare(by: Actor, action: str, subject: models.Model) -> Entry:
    """The line as `record` would write it, for a statement that writes it together with its row."""
    return _entry(by, action, subject, reason="", details=None)


def record_each(
    by: Actor,
    action: str,
    subjects: Iterable[models.Model],
    *,
    reason: str = "",
    details: Mapping[Any, Mapping[str, Any]] | None = None,
) -> None:
    """One line per record, a thousand in one statement; `details` by the key of each."""
    told = details or {}
    entries = [
        _entry(by, action, subject, reason=reason, details=told.get(subject.pk))
        for subject in subjects
    ]
    for begins in range(0, len(entries), _AT_ONCE):
        insert_each(entries[begins : begins + _AT_ONCE])


def _entry(
    by: Actor,
    action: str,
    subject: models.Model | None,
    *,
    reason: str,
    details: Mapping[str, Any] | None,
) -> Entry:
    running = trace.get()
    entry = Entry(
        id=uuid7(),
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.name,
        on_behalf_of=by.on_behalf_of,
        action=action,
        reason=reason,
        details=canonical(dict(details or {})),
        request_id=running.request_id,
        address=running.address,
    )
    if subject is not None:
        entry.subject_type = subject._meta.label
        entry.subject_id = subject.pk
        entry.subject_name = str(subject)[:300]
        entry.row_hash = row_hash(subject)
    entry.names_hash = names_hash(entry)
    entry.mac = entry_mac(entry)
    return entry


# As many faults as a page can show.
_SHOWN = 100


@transaction.atomic
def check_journal(pk: uuid.UUID, *, by: Actor) -> Verification:
    """Compare chain, checkpoints and records now; asked again under the same id, the answer is
    the one that was given."""
    known = Verification.objects.filter(pk=pk).first()
    return known or _keep(pk, verify_journal(), by=by)


def _keep(pk: uuid.UUID, report: Report, *, by: Actor) -> Verification:
    first = report.first
    kept = Verification.objects.create(
        id=pk,
        asked_by_id=by.id,
        asked_by_name=by.name,
        links=report.entries,
        unsealed=report.unsealed,
        rows=report.rows,
        result=Result.HOLDS if report.holds else Result.BROKEN,
        first_position=first.position if first else None,
        first_sentence=first.sentence if first else "",
        faults=[
            {"position": fault.position, "sentence": fault.sentence}
            for fault in report.faults[:_SHOWN]
        ],
        fault_count=len(report.faults),
    )
    record(by, "journal.verified", kept, details={"holds": report.holds})
    return kept


def seal_installation() -> int:
    """Chain the committed entries of every journal; the number of new links."""
    return sum(seal_journal(organisation_id) for organisation_id in journals())


def seal_journal(organisation_id: uuid.UUID, *, most: int = 5_000) -> int:
    """Chain the entries that committed since the last link, in the order of their transactions.

    Only entries older than every running transaction are taken, so none can come in between later.
    """
    with acting_in(organisation_id):
        if not _alone(organisation_id):
            return 0
        last = last_seal()
        entries = list(unsealed_entries(last)[:most])
        position, before = (last.position, last.mac) if last else (0, "")
        links = []
        for entry in entries:
            position += 1
            before = seal_mac(before, position, entry)
            links.append(Seal(position=position, entry=entry, entry_xid=entry.xid, mac=before))
        Seal.objects.bulk_create(links)
        return len(links)


def _alone(organisation_id: uuid.UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"seal:{organisation_id}"]
        )
        return bool(cursor.fetchone()[0])


def write_checkpoints() -> int:
    """Append the head of each chain to a file that the database cannot rewrite."""
    folder = checkpoint_file().parent
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    written = 0
    with checkpoint_file().open("a", encoding="utf-8") as file:
        for organisation_id in journals():
            with acting_in(organisation_id):
                head = last_seal()
            if head:
                line = {
                    "organisation": str(organisation_id),
                    "position": head.position,
                    "mac": head.mac,
                    "at": now().isoformat(),
                }
                file.write(json.dumps(line) + "\n")
                written += 1
    return written
