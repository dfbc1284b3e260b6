"""The few statements that run so often that PostgreSQL plans each once a connection.

Planning one of them anew takes longer than doing it. The framework binds values on our side, so
none of its statements is ever planned once; these are bound by the server.
"""

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, models

Row = TypeVar("Row", bound=models.Model)


def planned(text: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a statement of ours, planned once a connection; the rows it returns, if any.

    The text must be one of few, never put together from what people type.
    """
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(text, values, prepare=True)
        return cursor.fetchall() if cursor.description else []


def insert(row: Row) -> Row:
    """Write a new row, as `save(force_insert=True)` does."""
    planned(_insert_into(type(row)), values_of(row))
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return row


@cache
def _insert_into(model: type[models.Model]) -> str:
    columns, values = columns_of(model)
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({values})'  # noqa: S608  # our own names


def columns_of(
    model: type[models.Model], prefix: str = "", *, without: Collection[str] = ()
) -> tuple[str, str]:
    """The columns that a statement writes of a table, and where their values go in its text."""
    fields = _written(model, without)
    columns = [str(field.column) for field in fields]
    # Without a length: a cast to varchar(n) would cut, and what was signed would not be kept.
    types = [str(field.rel_db_type(connection)).partition("(")[0] for field in fields]
    values = [f"%({prefix}{c})s::{t}" for c, t in zip(columns, types, strict=True)]
    return ", ".join(columns), ", ".join(values)


def values_of(
    row: models.Model, prefix: str = "", *, without: Collection[str] = ()
) -> dict[str, Any]:
    """The values of a row under the names that `columns_of` gave them."""
    return {
        f"{prefix}{field.column}": field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in _written(type(row), without)
    }


def _written(model: type[models.Model], without: Collection[str]) -> "list[models.Field[Any, Any]]":
    """All but what the database fills in by itself."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.attname not in without and not field.has_db_default()
    ]
