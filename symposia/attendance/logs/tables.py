"""Finding the table of participants in an exported file: vendors put facts of the meeting before
it, and one of them several tables into one file."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from symposia.attendance.logs.columns import guessed, recognised
from symposia.attendance.models import LogFormat
from symposia.work.apart import Unreadable, sheet_rows
from symposia.work.imports.shapes import decoded

LARGEST = 5 * 1024 * 1024
MOST_ROWS = 20_000
# What stands further to the right is no fact of a participant.
_MOST_COLUMNS = 500
_SEARCHED = 40
# The vendor whose second table has each joining, and whose first has only the first and the last.
_EACH_JOINING = "in-meeting activities"


@dataclass(frozen=True)
class Table:
    """The participants of a file: whose export, what its columns are called, the rows, and on
    which line of the file the first of them is."""

    format: LogFormat
    header: tuple[str, ...]
    columns: dict[str, int]
    rows: tuple[tuple[str, ...], ...]
    first_line: int


def table_of(path: Path) -> Table:
    """The table of participants. Raises Unreadable in words."""
    if path.stat().st_size > LARGEST:
        raise Unreadable(_("This file is larger than 5 MB. Take the report of one meeting."))
    rows = _rows(path)
    if not rows:
        raise Unreadable(_("The file is empty."))
    at = _header_at(rows)
    header = _named(rows[at])
    known = recognised(header)
    format_, columns = known or (LogFormat.OTHER, guessed(header))
    body = _until_blank(rows[at + 1 :])
    if len(body) > MOST_ROWS:
        raise Unreadable(_("These are more rows than a meeting has participants."))
    return Table(format_, tuple(header), columns, tuple(tuple(row) for row in body), at + 2)


def _rows(path: Path) -> list[list[str]]:
    start = path.read_bytes()[:8]
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return [_cells(row) for row in sheet_rows(path)]
    content = path.read_bytes()
    text = decoded(content)
    if "\0" in text:
        raise Unreadable(_("This is not a table of text."))
    separator = max(",;\t", key=lambda one: _columns(text, one))
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        return [_cells(row) for row in reader]
    except csv.Error as error:
        raise Unreadable(_("This is not a table of text.")) from error


def _cells(row: Sequence[str]) -> list[str]:
    """The cells that are looked at, and one more, so that a row that is too wide shows."""
    return [cell.strip() for cell in row[: _MOST_COLUMNS + 1]]


def _named(header: list[str]) -> list[str]:
    """The names of the columns; programs write formatted ones without a name behind them."""
    if len(header) <= _MOST_COLUMNS:
        return header
    if header[-1]:
        raise Unreadable(
            _("The first line has more than %(most)s columns.") % {"most": _MOST_COLUMNS}
        )
    named = max((place for place, name in enumerate(header) if name), default=-1)
    return header[: named + 1]


def _columns(text: str, separator: str) -> int:
    """How many columns the widest of the first rows has under a separator."""
    first = text.splitlines()[:_SEARCHED]
    return max((line.count(separator) for line in first), default=0)


def _header_at(rows: Sequence[Sequence[str]]) -> int:
    """The line with the names of the columns: a known one, preferring that with each joining."""
    for number, row in enumerate(rows):
        if _EACH_JOINING in (row[0].casefold() if row else ""):
            for at in range(number + 1, min(number + 4, len(rows))):
                if recognised(rows[at]) and any(rows[at + 1 : at + 2]):
                    return at
    known = [at for at, row in enumerate(rows[:_SEARCHED]) if recognised(row)]
    if known:
        return known[0]
    return next((at for at, row in enumerate(rows) if sum(map(bool, row)) > 1), 0)


def _until_blank(rows: Sequence[list[str]]) -> list[list[str]]:
    """The rows of this table alone; a blank line, or a heading of the next one, ends it."""
    found: list[list[str]] = []
    for row in rows:
        filled = sum(map(bool, row))
        if not filled or (filled == 1 and len(row) > 1 and row[0][:1].isdigit()):
            break
        found.append(row)
    return found
