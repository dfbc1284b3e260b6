"""CSV out: streamed, and never a live formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from symposia.shared.lists import as_text
from symposia.shared.money import Money

# A spreadsheet runs text that begins with one of these.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_END = "\r\n"


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


class _Ending:
    """Where a writer leaves its lines. Only by ending its lines with both does it quote both."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, line: str) -> None:
        """Keep a line, ended as the database ends its own."""
        self.lines.append(f"{line.removesuffix(_END)}\n")


def _lines(rows: Iterable[Sequence[Any]]) -> bytes:
    kept = _Ending()
    csv.writer(kept, lineterminator=_END).writerows(
        [safe_text(value) for value in row] for row in rows
    )
    return "".join(kept.lines).encode(errors="replace")
