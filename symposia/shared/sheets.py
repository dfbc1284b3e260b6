"""CSV and XLSX out: streamed, typed, and never a live formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from symposia.shared.lists import as_text
from symposia.shared.money import Money

# A spreadsheet runs text that begins with one of these.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def safe_text(value: Any) -> str:
    """A cell of a CSV file: text that a spreadsheet would run gets a leading apostrophe."""
    text = as_text(value)
    if isinstance(value, str) and text.startswith(_DANGEROUS):
        return f"'{text}"
    return text


def unquoted(text: str) -> str:
    """A cell read back: the apostrophe that `safe_text` added is taken away."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(_DANGEROUS) else text


def csv_chunks(head: Sequence[str], chunks: Iterable[Iterable[Sequence[Any]]]) -> Iterator[bytes]:
    """The file piece by piece, with a byte-order mark so that spreadsheets read UTF-8."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow([safe_text(str(name)) for name in head])
    yield buffer.getvalue().encode()
    for chunk in chunks:
        buffer.seek(0)
        buffer.truncate()
        writer.writerows([safe_text(value) for value in row] for row in chunk)
        yield buffer.getvalue().encode(errors="replace")


def write_xlsx(path: Path, head: Sequence[str], chunks: Iterable[Iterable[Sequence[Any]]]) -> int:
    """A workbook of one sheet with typed cells; memory does not grow with its rows."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": False,
        "tmpdir": str(path.parent),
    }
    count = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(head):
            sheet.write_string(0, column, str(name), bold)
        for chunk in chunks:
            for row in chunk:
                count += 1
                for column, value in enumerate(row):
                    _write(sheet, count, column, value, (moment, day))
    return count


def _write(sheet: Any, row: int, column: int, value: Any, formats: tuple[Any, Any]) -> None:
    match value:
        case None | "":
            return
        case bool():
            sheet.write_boolean(row, column, value)
        case int() | float() | Decimal():
            sheet.write_number(row, column, value)
        case Money():
            sheet.write_number(row, column, value.amount)
        case datetime():
            naive = value.astimezone(UTC).replace(tzinfo=None)
            sheet.write_datetime(row, column, naive, formats[0])
        case date():
            sheet.write_datetime(row, column, value, formats[1])
        case _:
            sheet.write_string(row, column, str(value)[:32_767])
