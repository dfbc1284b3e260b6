"""Canonical bytes of journal entries and rows, and the codes over them."""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
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


_AS_IT_IS = frozenset({str, bool, int, float, type(None)})
_WRITTEN = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical(value: Any) -> Any:  # noqa: PLR0911  # one answer per type
    """A value as JSON keeps it, the same whether it comes from code or from the database."""
    match value:
        case _ if type(value) in _AS_IT_IS:
            return value
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
        case _:
            return value if isinstance(value, int | float) else str(value)


def code(text: str) -> str:
    """The installation's keyed hash; its key never enters the database."""
    return hmac.digest(settings.JOURNAL_KEY.encode(), text.encode(), "sha256").hex()


def _text(value: Any) -> str:
    return _WRITTEN.encode(canonical(value))


def names_hash(entry: Entry) -> str:
    return code(_text([entry.id, entry.actor_name, entry.subject_name]))


def entry_mac(entry: Entry) -> str:
    return code(_text([entry.id, *(getattr(entry, name) for name in SIGNED)]))


def seal_mac(before: str, position: int, entry: Entry) -> str:
    return code(f"{before}|{position}|{entry.id}|{entry.mac}")


def row_hash(row: models.Model) -> str:
    """The hash of a live row. Empty columns are left out, so a new column changes nothing;
    a model names columns that are derived elsewhere in `NOT_HASHED`."""
    values: dict[str, Any] = {}
    for column, attname, prepared in _hashed(row._meta.model):
        value = getattr(row, attname)
        if value is not None:
            values[column] = prepared(value) if prepared else value
    kept = {name: value for name, value in values.items() if value not in (None, "", [], {})}
    return hashlib.sha256(_text(kept).encode()).hexdigest()


@cache
def _hashed(model: type[models.Model]) -> list[tuple[str, str, Callable[[Any], Any] | None]]:
    """The columns of a table that its hash covers, and how a value of each is prepared."""
    left_out = getattr(model, "NOT_HASHED", ())
    return [
        (
            str(field.column),
            field.attname,
            None if isinstance(field, models.JSONField) else field.get_prep_value,
        )
        for field in model._meta.concrete_fields
        if field.attname not in left_out
    ]
