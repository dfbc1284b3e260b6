"""The few statements that run so often that PostgreSQL plans each once a connection.

Planning one of them anew takes longer than doing it. The framework binds values on our side, so
none of its statements is ever planned once; these are bound by the server.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, partial
from typing import Any, Self, TypeVar

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.backends.utils import CursorDebugWrapper, CursorWrapper

Row = TypeVar("Row", bound=models.Model)
Converter = tuple[int, Callable[[Any], Any]]


class _PlannedOnce(psycopg.Cursor[Any]):
    """A cursor of the driver's own, whose statements stay planned as long as its connection."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Self:
        return super().execute(query, params, **options, prepare=True)


class _Logged(CursorDebugWrapper):
    """Notes the statement as it was written: where it is planned once, no value stands in it."""

    def execute(self, sql: Any, params: Any = None) -> Any:
        with self.debug_sql(sql, params):
            return super(CursorDebugWrapper, self).execute(sql, params)


def planned(text: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a statement of ours, planned once a connection; the rows it returns, if any.

    The text must be one of few, never put together from what people type.
    """
    connection.ensure_connection()
    wrap = _Logged if connection.queries_logged else CursorWrapper
    with wrap(_PlannedOnce(connection.connection), connection) as cursor:
        cursor.execute(text, values)
        return cursor.fetchall() if cursor.description else []


def fetch(model: type[Row], where: str, **values: Any) -> list[Row]:
    """The rows of one table that a fixed condition names, as `objects.filter` gives them."""
    text, converters = _select_from(model)
    return [
        model.from_db(DEFAULT_DB_ALIAS, _names(model), _converted(row, converters))
        for row in planned(f"{text} WHERE {where}", values)
    ]


@cache
def _names(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


@cache
def _select_from(model: type[models.Model]) -> tuple[str, list[Converter]]:
    """The words, and what the framework makes of a value where it is not what the driver gives."""
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    converters: list[Converter] = [
        (number, partial(convert, expression=None, connection=connection))
        for number, field in enumerate(fields)
        for convert in field.get_db_converters(connection)
    ]
    return f'SELECT {columns} FROM "{model._meta.db_table}"', converters  # noqa: S608  # our own names


def _converted(row: Sequence[Any], converters: list[Converter]) -> list[Any]:
    values = list(row)
    for number, convert in converters:
        values[number] = convert(values[number])
    return values


def insert(row: Row) -> Row:
    """Write a new row, as `save(force_insert=True)` does."""
    planned(_insert_into(type(row)), values_of(row))
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001  # as `save` leaves it
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
