"""A list, declared once: its page, filters in the address, CSV, XLSX, API and count follow from it.

A context writes its lists in `lists.py`; `web` and `api` show them. Whatever shows a list asks
`rows_for`, so no export can be wider than the screen.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils.dateparse import parse_date
from django.utils.timezone import make_aware

from symposia.shared.columns import Amount, Column, Words, either
from symposia.shared.money import Money, exponent, round_half_up

__all__ = [
    "Amount",
    "Choice",
    "Column",
    "ListOf",
    "More",
    "Page",
    "Rows",
    "Search",
    "Words",
    "as_text",
    "count_of",
    "either",
    "page_of",
    "since_day",
    "until_day",
]
Rows = QuerySet[Any]
PAGE = 50


@dataclass(frozen=True)
class Choice:
    """A filter by one of a few values; several in the address mean any of them."""

    name: str
    label: Words
    field: str
    choices: Sequence[tuple[str, Words]] | Callable[[], Sequence[tuple[str, Words]]]

    def options(self) -> list[tuple[str, Words]]:
        return list(self.choices() if callable(self.choices) else self.choices)

    def otherwise(self, rows: Rows) -> Rows:
        """What is shown to whoever asks for none of them."""
        return rows

    def apply(self, rows: Rows, values: list[str]) -> Rows:
        known = [v for v, _label in self.options() if str(v) in values]
        return rows.filter(**{f"{self.field}__in": known}) if known else rows


@dataclass(frozen=True)
class Search:
    """A filter by what somebody typed."""

    name: str
    label: Words
    find: Callable[[Rows, str], Rows]
    # What the field of the page takes: words, or a day.
    kind: str = "search"

    def options(self) -> list[tuple[str, Words]]:
        return []

    def otherwise(self, rows: Rows) -> Rows:
        return rows

    def apply(self, rows: Rows, values: list[str]) -> Rows:
        text = values[-1].replace("\x00", "").strip()[:200] if values else ""
        return self.find(rows, text) if text else rows


def since_day(field: str) -> Callable[[Rows, str], Rows]:
    """A search for what happened on a day or later. It names moments, so that an index serves it
    and months that are kept apart are passed over."""

    def find(rows: Rows, text: str) -> Rows:
        day = _day(text)
        return rows.filter(**{f"{field}__gte": day}) if day else rows

    return find


def until_day(field: str) -> Callable[[Rows, str], Rows]:
    """A search for what happened until the end of a day."""

    def find(rows: Rows, text: str) -> Rows:
        day = _day(text)
        if day is None or day.year == MAXYEAR:
            return rows
        return rows.filter(**{f"{field}__lt": day + timedelta(days=1)})

    return find


def _day(text: str) -> datetime | None:
    """The beginning of a day on the reader's clock; what is no day filters nothing."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return make_aware(datetime.combine(day, time.min)) if day else None


@dataclass(frozen=True)
class More:
    """What an organisation adds to a list: columns and filters of its own."""

    columns: Sequence[Column] = ()
    filters: Sequence[Choice | Search] = ()


@dataclass(frozen=True)
class ListOf:
    """What a list is: who may open it, which rows exist, what is shown, filtered and sorted."""

    name: str
    title: Words
    permission: str
    rows: Callable[..., Rows]
    columns: Sequence[Column]
    filters: Sequence[Choice | Search] = field(default=())
    sort: str = "pk"
    empty: Words = ""
    # Above this a count is an estimate and says so (performance.md).
    exact_up_to: int = 10_000
    # What it tells holds for the whole organisation: a right over a part of it opens nothing.
    of_all: bool = False
    # Its rows are entrusted to the reader by name: they take them home without the right to export.
    is_entrusted: bool = False
    # What the organisation adds, as far as this reader sees it.
    more: Callable[[Any], More] | None = None

    def seen_by(self, access: Any) -> "ListOf":
        """The list as somebody sees it, with what their organisation adds to it."""
        if self.more is None:
            return self
        added = self.more(access)
        return replace(
            self,
            columns=(*self.columns, *added.columns),
            filters=(*self.filters, *added.filters),
            more=None,
        )

    def column(self, name: str) -> Column | None:
        return next((c for c in self.columns if c.name == name), None)

    def rows_for(self, access: Any, given: Mapping[str, list[str]], **kwargs: Any) -> Rows:
        """The rows this person may see under these filters; screen, files and API all ask this."""
        if self.more is not None:
            return self.seen_by(access).rows_for(access, given, **kwargs)
        rows = self.rows(access, **kwargs)
        for one in self.filters:
            values = given.get(one.name)
            rows = one.apply(rows, values) if values else one.otherwise(rows)
        ordered: Rows = rows.annotate(**self._expressions).order_by(*self.ordering(given))
        return ordered

    @cached_property
    def _expressions(self) -> dict[str, Combinable]:
        return {c.alias: c.read for c in self.columns if isinstance(c.read, Combinable)}

    def ordering(self, given: Mapping[str, list[str]]) -> tuple[str, str]:
        """What to sort by, and the key that makes it total; unknown names are ignored."""
        asked = (given.get("sort") or [""])[-1]
        column = self.column(asked.removeprefix("-"))
        by = column.sort if column and column.sort else self.sort
        down = asked.startswith("-") if column else by.startswith("-")
        by = by.removeprefix("-")
        sign = "-" if down else ""
        return f"{sign}{by}", f"{sign}pk"


@dataclass(frozen=True)
class Page:
    """Fifty rows and the keys of their neighbours."""

    rows: list[Any]
    next_key: str
    previous_key: str
    count: int
    count_is_exact: bool


def page_of(
    listed: ListOf, rows: Rows, given: Mapping[str, list[str]], *, size: int = PAGE
) -> Page:
    """One page by key (no OFFSET): `after=` or `before=` name the row at the edge."""
    after, before = (given.get("after") or [""])[-1], (given.get("before") or [""])[-1]
    by, total = listed.ordering(given)
    if before:
        found = list(_beyond(rows.reverse(), rows, before, _turned(by), _turned(total))[: size + 1])
        more_before, more_after = len(found) > size, True
        shown = found[:size][::-1]
    else:
        found = list(_beyond(rows, rows, after, by, total)[: size + 1])
        more_before, more_after = bool(after), len(found) > size
        shown = found[:size]
    is_all = not (more_before or more_after)
    count, exact = (len(shown), True) if is_all else count_of(rows, listed.exact_up_to)
    return Page(
        shown,
        str(shown[-1].pk) if shown and more_after else "",
        str(shown[0].pk) if shown and more_before else "",
        count,
        exact,
    )


def count_of(rows: Rows, exact_up_to: int) -> tuple[int, bool]:
    """How many rows there are; above a limit only that there are more."""
    found = rows.order_by().values("pk")[: exact_up_to + 1].count()
    return min(found, exact_up_to), found <= exact_up_to


def _turned(order: str) -> str:
    return order[1:] if order.startswith("-") else f"-{order}"


def _beyond(ordered: Rows, everything: Rows, key: str, by: str, total: str) -> Rows:
    """Rows after the row with this key; an unknown key starts at the beginning."""
    if not key:
        return ordered
    try:
        edge = everything.filter(pk=uuid.UUID(key)).first()
    except ValueError:
        edge = None
    if edge is None:
        return ordered
    name, value = by.removeprefix("-"), _read(edge, by.removeprefix("-"))
    then = "lt" if total.startswith("-") else "gt"
    if value is None:
        return ordered.filter(_null_beyond(name, edge.pk, by, then))
    further = "lt" if by.startswith("-") else "gt"
    beyond = Q(**{f"{name}__{further}": value}) | Q(**{name: value, f"pk__{then}": edge.pk})
    if not by.startswith("-"):
        beyond |= Q(**{f"{name}__isnull": True})
    return ordered.filter(beyond)


def _null_beyond(name: str, pk: Any, by: str, then: str) -> Q:
    """PostgreSQL puts empty values last going up and first going down."""
    same = Q(**{f"{name}__isnull": True, f"pk__{then}": pk})
    return same | Q(**{f"{name}__isnull": False}) if by.startswith("-") else same


def _read(row: Any, path: str) -> Any:
    for part in path.split("__"):
        row = getattr(row, part, None)
    return row


def as_text(value: Any) -> str:  # noqa: PLR0911  # one answer per type
    """A cell as a file has it: ISO dates, plain digits, nothing for nothing. A list whose money
    has more than one currency declares a column for the currency."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime() if value.tzinfo is None:
            return value.strftime("%Y-%m-%d %H:%M")
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%SZ")
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case Money():
            return format(round_half_up(value.amount, exponent(value.currency)), "f")
        case _:
            return str(value)
