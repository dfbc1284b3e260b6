"""The rows of several querysets about one thing, in one statement that is planned once.

Each queryset by itself costs a round trip, its text is put together anew, and PostgreSQL plans it
anew. A page shows a dozen of them about the same row. Here their text is put together once a
process, with the id as the only value, and each gives the rows it would have given by itself.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Field, QuerySet
from django.db.models.query import FlatValuesListIterable, ModelIterable, get_related_populators

from symposia.shared.planned import planned

Rows = Callable[[uuid.UUID], "QuerySet[Any, Any]"]
Convert = Callable[[Any], Any]
# Stands for the id while the text is put together; no row has it.
_PLACE = uuid.UUID("00000000-0000-7000-8000-00000000f00d")
_MOST_COLUMNS = 100  # what a function of PostgreSQL takes


def _instant(text: str) -> datetime:
    """A wall time stays one; everything else is told in UTC."""
    read = datetime.fromisoformat(text)
    return read.astimezone(UTC) if read.tzinfo else read


# What the driver makes of a column, made of what JSON says; anything else is the same in both.
_READ: dict[str, Convert] = {
    "UUIDField": uuid.UUID,
    "DateTimeField": _instant,
    "DateField": date.fromisoformat,
    "TimeField": time.fromisoformat,
    "DecimalField": Decimal,
}
# JSON would lose digits of the one, and the framework reads the other from its text.
_AS_TEXT = {"DecimalField", "JSONField"}
_AS_IT_IS = {
    *("CharField", "TextField", "BooleanField", "IntegerField", "BigIntegerField", "EmailField"),
    *("SmallIntegerField", "PositiveIntegerField", "PositiveSmallIntegerField", "SlugField"),
    *("PositiveBigIntegerField", "URLField", "JSONField", "ArrayField", "BigAutoField"),
}


class CannotGoTogether(Exception):
    """A queryset asks for something that this statement cannot carry."""


class Together:
    """Querysets by the id of what they are about; none may depend on the day or the reader."""

    def __init__(self, makes: Sequence[Rows]) -> None:
        self._parts = [_part(make) for make in makes]
        asked = ", ".join(part.text for part in self._parts)
        self._text = f"SELECT {asked}"
        each = asked.replace("%(pk)s::uuid", "subject.pk")
        self._text_of_each = (
            f"SELECT subject.pk, {each} FROM unnest(%(pks)s::uuid[]) AS subject(pk)"  # noqa: S608  # the ORM's own
        )

    def of(self, pk: uuid.UUID) -> list[list[Any]]:
        """The rows of each queryset, in the order in which they were named."""
        (answer,) = planned(self._text, {"pk": pk})
        return self._read(answer)

    def of_each(self, pks: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[list[Any]]]:
        """The same for several things at once, still in one statement."""
        answers = planned(self._text_of_each, {"pks": list(pks)}) if pks else []
        return {pk: self._read(answer) for pk, *answer in answers}

    def _read(self, answer: Sequence[Any]) -> list[list[Any]]:
        return [part.rows(found or []) for part, found in zip(self._parts, answer, strict=True)]


@dataclass(frozen=True)
class _Part:
    """The words of one queryset, and how its rows are read."""

    text: str
    build: Callable[[list[Any]], Any]
    converts: Sequence[tuple[int, Convert]] = ()

    def rows(self, found: list[list[Any]]) -> list[Any]:
        for row in found:
            for number, convert in self.converts:
                row[number] = convert(row[number])
        return [self.build(row) for row in found]


def _part(make: Rows) -> _Part:
    rows: Any = make(_PLACE)
    if rows._prefetch_related_lookups:  # noqa: SLF001  # there is no public way to ask
        raise CannotGoTogether("rows that are prefetched are statements of their own")
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, given = compiler.as_sql()
    except EmptyResultSet:
        return _Part("NULL::json", list)
    fields = [column[0].output_field for column in compiler.select]
    if len(fields) > _MOST_COLUMNS:
        raise CannotGoTogether(f"{len(fields)} columns are too many")
    names = [f"c{number}" for number in range(len(fields))]
    cells = ", ".join(
        f"q.{name}::text" if _kind(field) in _AS_TEXT else f"q.{name}"
        for name, field in zip(names, fields, strict=True)
    )
    text = (
        f"(SELECT json_agg(json_build_array({cells}))"  # noqa: S608  # the ORM's own
        f" FROM ({_filled_in(sql, given)}) AS q({', '.join(names)}))"
    )
    return _Part(text, _builder(rows, compiler), _converters(compiler, fields))


def _filled_in(sql: str, given: Sequence[Any]) -> str:
    """The words with what never changes in them, and the id as their one value."""
    connection.ensure_connection()
    driver = psycopg.ClientCursor(connection.connection)
    place = driver.mogrify("%s", [_PLACE])
    return driver.mogrify(sql, given).replace("%", "%%").replace(place, "%(pk)s::uuid")


def _kind(field: "Field[Any, Any]") -> str:
    """What a column holds; a key holds what it points to."""
    target = getattr(field, "target_field", None)
    return _kind(target) if target else field.get_internal_type()


def _converters(compiler: Any, fields: "Sequence[Field[Any, Any]]") -> list[tuple[int, Convert]]:
    found: list[tuple[int, Convert]] = []
    for number, field in enumerate(fields):
        kind = _kind(field)
        if kind in _READ:
            found.append((number, _unless_none(_READ[kind])))
        elif kind not in _AS_IT_IS:
            raise CannotGoTogether(f"{kind} is not read from JSON")
    columns = [column[0] for column in compiler.select]
    for number, (converts, expression) in compiler.get_converters(columns).items():
        found += [(number, _of_the_framework(each, expression)) for each in converts]
    return found


def _unless_none(convert: Convert) -> Convert:
    return lambda value: None if value is None else convert(value)


def _of_the_framework(convert: Callable[..., Any], expression: Any) -> Convert:
    return lambda value: convert(value, expression, connection)


def _builder(rows: "QuerySet[Any, Any]", compiler: Any) -> Callable[[list[Any]], Any]:
    """What the framework makes of a row: an object with what is joined to it, or a tuple."""
    how = rows._iterable_class  # noqa: SLF001  # the same
    if how is not ModelIterable:
        return (lambda row: row[0]) if how is FlatValuesListIterable else tuple
    model, place = compiler.klass_info["model"], compiler.klass_info["select_fields"]
    first, last = place[0], place[-1] + 1
    names = [column[0].target.attname for column in compiler.select[first:last]]
    populators: Any = get_related_populators  # the types are those of a later framework
    joined = populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)
    added = list(compiler.annotation_col_map.items())

    def build(row: list[Any]) -> Any:
        made = model.from_db(DEFAULT_DB_ALIAS, names, row[first:last])
        for each in joined:
            each.populate(row, made)
        for name, number in added:
            setattr(made, name, row[number])
        return made

    return build
