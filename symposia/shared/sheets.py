"""CSV out: streamed, and never a live formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from symposia.shared.lists import as_text
from symposia.shared.money import Money

# A spreadsheet runs text that begins with one of these.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def safe_text(value: Any) -> str:
    """A cell of a CSV file: text that a spreadsheet would run gets a leading apostrophe."""
    text = as_text(value)
    # Whatever is no number is somebody's words, a record by its name too.
    if text.startswith(DANGEROUS) and not isinstance(value, int | float | Decimal | Money):
        return f"'{text}"
    return text


def unquoted(text: str) -> str:
    """A cell read back: the apostrophe that `safe_text` added is taken away."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(DANGEROUS) else text


def csv_head(head: Sequence[str]) -> bytes:
    """The first line, after a byte-order mark so that spreadsheets read UTF-8."""
    return b"\xef\xbb\xbf" + _lines([head])


def csv_chunks(chunks: Iterable[Iterable[Sequence[Any]]]) -> Iterator[bytes]:
    """The lines after it, of values that we worked out ourselves."""
    yield from map(_lines, chunks)


def _lines(rows: Iterable[Sequence[Any]]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")  # as the database ends its own
    writer.writerows([safe_text(value) for value in row] for row in rows)
    return buffer.getvalue().encode(errors="replace")
