import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from symposia.audit.models import Entry, Seal, Verification
from symposia.shared.tenancy import TenantModel, current_organisation_id


def entries_about(subject_id: Any) -> models.QuerySet[Entry]:
    """What happened to a record, latest first; for people to read, never to decide."""
    return Entry.objects.filter(subject_id=subject_id).order_by("-at", "-id")


def verification_of_id(pk: Any) -> Verification | None:
    """What a comparison found, once it has ended."""
    return Verification.objects.filter(pk=pk).first()


def last_seal() -> Seal | None:
    """The head of this organisation's chain."""
    return Seal.objects.order_by("-position").first()


def unsealed_entries(last: Seal | None) -> models.QuerySet[Entry]:
    """Committed entries behind the chain's head, in the order in which they will be sealed."""
    entries = Entry.objects.extra(  # the snapshot's edge is not a column
        where=["xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"]
    ).order_by("xid", "id")
    if last:
        entries = entries.filter(
            Q(xid__gt=last.entry_xid) | Q(xid=last.entry_xid, id__gt=last.entry_id)
        )
    return entries


def entries_behind(last: Seal | None) -> int:
    """How many entries stand where the chain has already been."""
    if last is None:
        return 0
    reached = Q(xid__lt=last.entry_xid) | Q(xid=last.entry_xid, id__lte=last.entry_id)
    return Entry.objects.filter(reached).count()


def checkpoint_file() -> Path:
    """Where heads are kept, outside the database's reach."""
    return Path(settings.DATA) / "checkpoints" / "journal.jsonl"


def checkpoints() -> list[dict[str, Any]]:
    """The heads this organisation's chain once had, oldest first."""
    mine = str(current_organisation_id())
    if not checkpoint_file().exists():
        return []
    lines = checkpoint_file().read_text(encoding="utf-8").splitlines()
    heads = [json.loads(line) for line in lines if line]
    return [head for head in heads if head["organisation"] == mine]


def latest_hashes() -> Iterator[Entry]:
    """For each record the last entry that says what its row is."""
    ranked = Entry.objects.exclude(row_hash="").annotate(
        rank=Window(
            RowNumber(),
            partition_by=[F("subject_type"), F("subject_id")],
            order_by=[F("xid").desc(), F("id").desc()],
        )
    )
    return ranked.filter(rank=1).order_by("subject_type", "id").iterator(chunk_size=2_000)


def live_rows(label: str, ids: list[Any]) -> dict[Any, models.Model]:
    """The rows themselves, of a type as the journal names it."""
    model = apps.get_model(label)
    manager: Any = model._default_manager
    return dict(manager.in_bulk(ids))


def tables_that_should_only_grow() -> set[str]:
    """Names of the ledgers, whose triggers verification looks for."""
    return {
        m._meta.db_table for m in apps.get_models() if issubclass(m, TenantModel) and m.APPEND_ONLY
    }
