"""The few statements that run so often that PostgreSQL plans each once a connection.

Planning one of them anew takes longer than doing it. The framework binds values on our side, so
none of its statements is ever planned once; these are bound by the server.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, time
from decimal import Decimal
from functools import cache, partial
from typing import Any, Self, TypeVar
from uuid import UUID

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.utils import CursorDebugWrapper, CursorWrapper
from django.utils.functional import Promise

Row = TypeVar("Row", bound=models.Model)
Converter = tuple[int, Callable[[Any], Any]]
Writing = tuple[str, Mapping[str, Any]]
_waiting: ContextVar[list[Writing] | None] = ContextVar("symposia_waiting", default=None)


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
    database = connections[DEFAULT_DB_ALIAS]  # asked once: what stands for it looks it up each time
    database.ensure_connection()
    cursor = _PlannedOnce(database.connection)
    wrap = _Logged if database.queries_logged else CursorWrapper
    with wrap(cursor, database) as wrapped:
        wrapped.execute(text, values)
        answer = cursor.pgresult
        return wrapped.fetchall() if answer and answer.nfields else []


def fetch(model: type[Row], where: str, **values: Any) -> list[Row]:
    """The rows of one table that a fixed condition names, as `objects.filter` gives them."""
    columns, _converters = _columns(model, "")
    found = planned(f'SELECT {columns} FROM "{model._meta.db_table}" WHERE {where}', values)  # noqa: S608  # our own names
    return [_made(model, row) for row in found]


def fetch_joined(
    tables: Mapping[str, type[models.Model]], rest: str, **values: Any
) -> list[tuple[Any, ...]]:
    """Rows of several tables in one reading, each under its short name in the fixed `rest` of the
    text, which may name more columns first; nothing where an outer join found no row."""
    columns = ", ".join(_columns(model, f"{name}.")[0] for name, model in tables.items())
    found = planned(f"SELECT {columns}{rest}", values)
    return [_split(tuple(tables.values()), row) for row in found]


def _split(wanted: tuple[type[models.Model], ...], row: Sequence[Any]) -> tuple[Any, ...]:
    made: list[Any] = []
    for model in wanted:
        width = len(model._meta.concrete_fields)
        part, row = row[:width], row[width:]
        made.append(_made(model, part) if part[_key_at(model)] is not None else None)
    return (*made, *row)


def one_of(rows: "models.QuerySet[Row]", pk: Any) -> Row | None:
    """The row with this key among those somebody may see. Who may see all asks a statement that
    is planned once."""
    if rows.query.where:
        return rows.filter(pk=pk).first()
    return next(iter(fetch(rows.model, "id = %(id)s", id=pk)), None)


def _made(model: type[Row], row: Sequence[Any]) -> Row:
    values = list(row)
    for number, convert in _columns(model, "")[1]:
        values[number] = convert(values[number])
    return model.from_db(DEFAULT_DB_ALIAS, _names(model), values)


@cache
def _key_at(model: type[models.Model]) -> int:
    return model._meta.concrete_fields.index(model._meta.pk)


@cache
def _names(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


@cache
def _columns(model: type[models.Model], before: str) -> tuple[str, list[Converter]]:
    """The words, and what the framework makes of a value where it is not what the driver gives."""
    fields = model._meta.concrete_fields
    columns = ", ".join(f'{before}"{field.column}"' for field in fields)
    converters: list[Converter] = [
        (number, partial(convert, expression=None, connection=connection))
        for number, field in enumerate(fields)
        for convert in field.get_db_converters(connection)
    ]
    return columns, converters


@contextmanager
def together() -> Iterator[None]:
    """What is only written inside (`insert`, `write`) goes to the database in one statement: at
    the end, or before the first other statement, which so finds it written."""
    if _waiting.get() is not None:
        yield
        return
    waiting: list[Writing] = []

    def first_what_waits(execute: Any, *statement: Any) -> Any:
        _send(waiting)
        return execute(*statement)

    mark = _waiting.set(waiting)
    try:
        with connection.execute_wrapper(first_what_waits):
            yield
            _send(waiting)
    finally:
        _waiting.reset(mark)


def write(text: str, values: Mapping[str, Any]) -> None:
    """Run a statement that only writes; inside `together` it waits for the others."""
    if (waiting := _waiting.get()) is None:
        planned(text, values)
    else:
        waiting.append((text, values))


def _send(waiting: list[Writing]) -> None:
    if not waiting:
        return
    sent, waiting[:] = list(waiting), []
    values = {
        f"w{number}_{name}": value
        for number, (_text, each) in enumerate(sent)
        for name, value in each.items()
    }
    planned(_joined(tuple(text for text, _values in sent)), values)


@cache
def _joined(texts: tuple[str, ...]) -> str:
    """One statement that does all of them; the names of their values no longer meet."""
    *others, last = [text.replace("%(", f"%(w{n}_") for n, text in enumerate(texts)]
    before = ", ".join(f"w{number} AS ({text})" for number, text in enumerate(others))
    return f"WITH {before} {last}" if before else last


def insert(row: Row) -> Row:
    """Write a new row, as `save(force_insert=True)` does."""
    write(_insert_into(type(row)), values_of(row))
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001  # as `save` leaves it
    return row


def insert_each(rows: Sequence[Row], *, skip_known: bool = False) -> set[Any]:
    """Write new rows of one table in one statement, however many; the keys of those written.

    With `skip_known` a row whose key or unique columns are taken already is passed over. The rows
    travel as one value, for the framework takes longer to name each value than the database to
    write it. Tables with a column of bytes are written singly.
    """
    if not rows:
        return set()
    model = type(rows[0])
    names = [(field.column, field.attname) for field in _written(model, ())]
    told = [{column: getattr(row, name) for column, name in names} for row in rows]
    text = json.dumps(told, default=_plain, ensure_ascii=False)
    written = {key for (key,) in planned(_insert_each_into(model, skip_known), {"rows": text})}
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001  # as `bulk_create` leaves them
    return written


def update(row: models.Model, names: Iterable[str]) -> None:
    """Write these fields of a row that is held, as `save(update_fields=...)` does."""
    fields = _named(type(row), told := tuple(names))
    values = {f.name: f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields}
    write(_update_of(type(row), told), {**values, "row": row.pk})


def update_each(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Write these fields of rows of one table that are held, in one statement however many."""
    if not rows:
        return
    fields = _named(type(rows[0]), ("id", *names))
    told = [{field.column: getattr(row, field.attname) for field in fields} for row in rows]
    values = {"rows": json.dumps(told, default=_plain, ensure_ascii=False)}
    planned(_update_each_of(type(rows[0]), tuple(names)), values)


def _plain(value: Any) -> str:
    """What JSON has no word for, as PostgreSQL reads it."""
    match value:
        case date() | time():
            return value.isoformat()
        case UUID() | Decimal() | Promise():
            return str(value)
        case _:
            raise TypeError(f"{type(value).__name__} is not written row by row")


@cache
def _insert_each_into(model: type[models.Model], skip_known: bool) -> str:
    fields = _written(model, ())
    names = ", ".join(f'"{field.column}"' for field in fields)
    types = ", ".join(f'"{field.column}" {_type(field)}' for field in fields)
    known = "ON CONFLICT DO NOTHING " if skip_known else ""
    table, key = model._meta.db_table, model._meta.pk.column
    return (
        f'INSERT INTO "{table}" ({names}) SELECT {names} '  # noqa: S608  # our own names
        f'FROM json_to_recordset(%(rows)s::json) AS r({types}) {known}RETURNING "{key}"'
    )


@cache
def _named(model: type[models.Model], names: tuple[str, ...]) -> "list[models.Field[Any, Any]]":
    return [field for field in model._meta.concrete_fields if field.name in names]


@cache
def _update_of(model: type[models.Model], names: tuple[str, ...]) -> str:
    fields = _named(model, names)
    told = ", ".join(f'"{field.column}" = %({field.name})s::{_type(field)}' for field in fields)
    return f'UPDATE "{model._meta.db_table}" SET {told} WHERE "id" = %(row)s'  # noqa: S608  # our own names


@cache
def _update_each_of(model: type[models.Model], names: tuple[str, ...]) -> str:
    fields = _named(model, ("id", *names))
    types = ", ".join(f'"{field.column}" {_type(field)}' for field in fields)
    told = ", ".join(f'"{one.column}" = r."{one.column}"' for one in _named(model, names))
    return (
        f'UPDATE "{model._meta.db_table}" AS t SET {told} '  # noqa: S608  # our own names
        f'FROM json_to_recordset(%(rows)s::json) AS r({types}) WHERE t."id" = r."id"'
    )


def _type(field: "models.Field[Any, Any]") -> str:
    """Without a length: a cast to varchar(n) would cut, and what was signed would not be kept."""
    return re.sub(r"\([\d, ]+\)", "", str(field.rel_db_type(connection)))


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
    values = [f"%({prefix}{c})s::{_type(field)}" for c, field in zip(columns, fields, strict=True)]
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
