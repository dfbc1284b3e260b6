"""The cells of a list's rows as markup, made in one place: fifty rows of ten cells are five hundred
pieces of text, too many for a template each. Light, too: a cell ends where the next one begins, its
empty dash and the glyph of its state are the stylesheet's."""

import re
import uuid
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, reverse
from django.utils import formats as django_formats
from django.utils import timezone
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from symposia.accounts.permissions import Access
from symposia.shared.lists import Column
from symposia.shared.money import Money
from symposia.web import formats
from symposia.web.openings import may_open

NUMBERS = frozenset({"n", "money"})
_PLAIN = re.compile(r"[\w-]+")
_ANY = "00000000-0000-7000-8000-00000000f00d"
_Row = Callable[[Any], str]


def cells_of(
    columns: Sequence[Column], rows: Iterable[Any], access: Access | None
) -> list[SafeString]:
    """For each row its cells; each names its column for a phone, where the row is a card."""
    makers = [_maker(column, access) for column in columns]
    return [mark_safe("".join([make(row) for make in makers])) for row in rows]  # noqa: S308  # all escaped


def options_of(options: Iterable[tuple[Any, Any]], chosen: Sequence[str]) -> SafeString:
    """What one may choose a filter's value from, as markup: some lists know a hundred countries."""
    return mark_safe(  # noqa: S308  # all escaped
        "".join(
            f'<option value="{escape(value)}"{" selected" if str(value) in chosen else ""}>'
            f"{conditional_escape(label)}</option>"
            for value, label in options
        )
    )


def _maker(column: Column, access: Access | None) -> _Row:
    """How the cells of a column are made; what is the same in all of them is made once."""
    classes = [*(["n"] if column.kind in NUMBERS else []), *([] if column.on_phone else ["opt"])]
    kind = f" class={_quoted(' '.join(classes))}" if classes else ""
    start = f"<td{kind} data-label={_quoted(str(column.label))}>"
    read, show = column.value, _SHOWN.get(column.kind, _text)

    def make(row: Any) -> str:
        value = read(row)
        is_empty = value is None or value == ""
        tone = column.tone(row) if column.tone and column.kind == "state" else ""
        inside = "" if is_empty else _state(value, tone) if tone else show(value)
        opens = column.url(row) if column.url else None
        href = _address(*opens) if opens else ""
        if opens and may_open(access, opens[0], href):
            href = escape(href)
            inside = f'<a href="{href}">{inside or "—"}</a>'
        return start + inside

    return make


def _address(name: str, arguments: Sequence[Any]) -> str:
    """Where a row opens: what differs from row to row is one id, most of the time."""
    if len(arguments) == 1 and isinstance(arguments[0], uuid.UUID):
        return _address_of_any(name, get_script_prefix()).replace(_ANY, str(arguments[0]))
    return reverse(name, args=arguments)


@lru_cache(maxsize=500)
def _address_of_any(name: str, _prefix: str) -> str:
    return reverse(name, args=[_ANY])


def _quoted(value: str) -> str:
    """The value of an attribute, in quotes where it needs them."""
    return value if _PLAIN.fullmatch(value) else f'"{escape(value)}"'


def _here(value: Any) -> Any:
    """An instant on the reader's clock; everything else as it is."""
    is_instant = isinstance(value, datetime) and timezone.is_aware(value)
    return timezone.localtime(value) if is_instant else value


def _text(value: Any) -> str:
    if isinstance(value, date):  # the same everywhere, whatever the column was declared as
        return _moment(value) if isinstance(value, datetime) else _day(value)
    if not isinstance(value, str):
        value = django_formats.localize(_here(value))
    return conditional_escape(value)


def _id(value: Any) -> str:
    return f"<bdi class=id>{_text(value)}</bdi>"


def _state(value: Any, tone: str = "") -> str:
    toned = f" data-tone={_quoted(tone)}" if tone else ""
    return f"<span class=state{toned}>{_text(value)}</span>"


def _number(value: Any) -> str:
    return escape(formats.number(value))


def _money(value: Money) -> str:
    sign = "−" if value.amount < 0 else ""  # noqa: RUF001  # a true minus sign, read aloud as one
    return format_html(
        "<bdi class=money><i>{}</i>{}{}</bdi>",
        value.currency,
        sign,
        formats.money_amount(value),
    )


def _moment(value: datetime) -> str:
    """Text alone: on a phone, where a cell is a grid, the zone stays beside the clock."""
    here = _here(value)
    day = django_formats.date_format(here, "j M Y")
    return escape(f"{day}, {formats.clock(here)} {formats.zone_name(here)}")


def _day(value: date | datetime) -> str:
    here = _here(value)
    return escape(django_formats.date_format(here, "j M Y"))


_SHOWN: dict[str, Callable[[Any], str]] = {
    "id": _id,
    "state": _state,
    "n": _number,
    "money": _money,
    "moment": _moment,
    "day": _day,
}
