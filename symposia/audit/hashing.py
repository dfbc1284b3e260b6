"""Canonical bytes of journal entries and rows, and the codes over them."""

import hashlib
import hmac
import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models

from symposia.audit.models import Entry

SIGNED = (
    "organisation_id",
    "at",
    "actor_kind",
    "actor_id",
    "on_behalf_of",
    "action",
    "subject_type",
    "subject_id",
    "reason",
    "details",
    "row_hash",
    "request_id",
    "address",
    "names_hash",
)


def canonical(value: Any) -> Any:  # noqa: PLR0911  # one answer per type
    """A value as JSON keeps it, the same whether it comes from code or from the database."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date() | time():
            return value.isoformat()
        case Decimal():
            return format(value.normalize(), "f")
        case UUID():
            return str(value)
        case dict():
            return {str(key): canonical(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [canonical(item) for item in value]
        case None | bool() | int() | float():
            return value
        case _:
            return str(value)


def code(text: str) -> str:
    """The installation's keyed hash; its key never enters the database."""
    return hmac.new(settings.JOURNAL_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def _text(value: Any) -> str:
    return json.dumps(canonical(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def names_hash(entry: Entry) -> str:
    return code(_text([entry.id, entry.actor_name, entry.subject_name]))


def entry_mac(entry: Entry) -> str:
    return code(_text([entry.id, *(getattr(entry, name) for name in SIGNED)]))


def seal_mac(before: str, position: int, entry: Entry) -> str:
    return code(f"{before}|{position}|{entry.id}|{entry.mac}")


def row_hash(row: models.Model) -> str:
    """The hash of a live row. Empty columns are left out, so a new column changes nothing;
    a model names columns that are derived elsewhere in `NOT_HASHED`."""
    left_out = getattr(row, "NOT_HASHED", ())
    values = {
        field.column: field.get_prep_value(getattr(row, field.attname))
        if not isinstance(field, models.JSONField)
        else getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in left_out
    }
    kept = {name: value for name, value in values.items() if value not in (None, "", [], {})}
    return hashlib.sha256(_text(kept).encode()).hexdigest()
