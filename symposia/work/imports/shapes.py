"""What a file of rows is: its encoding, its separator, its header; found out, never asked."""

import codecs
import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from symposia.work.apart import Unreadable, sheet_rows
from symposia.work.archives import archive_in_words

_START = 256 * 1024
_SEPARATORS = ",;\t|"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 20
# Registers shrink to a tenth; what shrinks to a hundredth is made to fill the machine.
_BOMB_FROM, _MOST_TIMES = 8 * 1024 * 1024, 100
# The widest file that registers publish has a third of this.
_MOST_COLUMNS = 1_000
# A longer cell is no cell any more, but the rest of a file behind an open quotation mark.
csv.field_size_limit(32 * 1024 * 1024)


@dataclass(frozen=True)
class Shape:
    """How to read a file of rows; kept with its import."""

    format: str  # "csv" or "xlsx"
    header: tuple[str, ...]
    encoding: str = ""
    separator: str = ""
    member: str = ""  # of a ZIP archive

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @staticmethod
    def from_json(kept: dict[str, Any]) -> "Shape":
        return Shape(**{**kept, "header": tuple(kept["header"])})

    @property
    def header_hash(self) -> str:
        """The same for every file with these columns in this order."""
        return hashlib.sha256("\0".join(self.header).casefold().encode()).hexdigest()


def shape_of(path: Path) -> Shape:
    """Find out how to read a file. Raises Unreadable in words."""
    try:
        with _in_words():
            return _with_columns(_found_out(path))
    except ValueError as error:
        raise Unreadable(_("The archive is damaged.")) from error


def _found_out(path: Path) -> Shape:
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        member = _table_inside(path)
        return _csv_shape(path, member) if member else _sheet_shape(path)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return _sheet_shape(path)
    return _csv_shape(path, "")


def _with_columns(shape: Shape) -> Shape:
    """The same, unless its first line is no header of a table."""
    if not any(shape.header):
        raise Unreadable(_("The first line names no column."))
    if len(shape.header) > _MOST_COLUMNS:  # programs write formatted columns that are empty
        named = max(place for place, name in enumerate(shape.header) if name)
        shape = replace(shape, header=shape.header[: named + 1])
    if len(shape.header) > _MOST_COLUMNS:
        raise Unreadable(
            _("The first line has more than %(most)s columns.") % {"most": _MOST_COLUMNS}
        )
    return shape


@contextmanager
def _in_words() -> Iterator[None]:
    """Whatever makes a file unreadable is said to whoever handed it in."""
    try:
        with archive_in_words():
            yield
    except UnicodeDecodeError as error:
        raise Unreadable(_("From some line on the file is not text any more.")) from error
    except csv.Error as error:
        raise Unreadable(_("A quotation mark is opened and never closed.")) from error


def _table_inside(path: Path) -> str:
    """The largest CSV of an archive that is no header file; a workbook is an archive too."""
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
    if any(info.filename.startswith("xl/") for info in infos):
        return ""
    tables = [
        info
        for info in infos
        if info.filename.lower().endswith((".csv", ".txt"))
        and "fileheader" not in info.filename.lower()
    ]
    main = [info for info in tables if "npidata" in info.filename.lower()] or tables
    if not main:
        raise Unreadable(_("The archive holds no CSV file."))
    table = max(main, key=lambda info: info.file_size)
    if table.file_size > _BOMB_FROM and table.file_size > _MOST_TIMES * table.compress_size:
        raise Unreadable(_("The archive unpacks to far more than a table would."))
    return table.filename


def _sheet_shape(path: Path) -> Shape:
    first = next(iter(sheet_rows(path)), None)
    if not first:
        raise Unreadable(_("The first sheet has no rows."))
    return Shape("xlsx", tuple(str(cell).strip() for cell in first))


def _csv_shape(path: Path, member: str) -> Shape:
    with _bytes(path, member) as file:
        start = file.read(_START)
    encoding = _encoding(start)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(start, final=False)
    if not text.strip():
        raise Unreadable(_("The file is empty."))
    if "\0" in text:
        raise Unreadable(_("This is not a table of text."))
    lines = text.splitlines(keepends=True)
    if len(start) == _START and len(lines) == 1:
        raise Unreadable(_("The first line is longer than a header can be."))
    whole = lines[:-1] if len(start) == _START and len(lines) > 1 else lines
    separator = max(_SEPARATORS, key=lambda candidate: _columns(whole, candidate))
    header = next(csv.reader(whole, delimiter=separator), [])
    return Shape("csv", tuple(name.strip() for name in header), encoding, separator, member)


def decoded(content: bytes) -> str:
    """A small file as text, in the encoding that its first bytes and its letters speak for."""
    return content.decode(_encoding(content, is_whole=True), "replace")


def _encoding(start: bytes, *, is_whole: bool = False) -> str:
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start, final=is_whole)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _columns(lines: list[str], separator: str) -> int:
    """How many columns the first rows agree on under a separator."""
    try:
        rows = list(islice(csv.reader(lines, delimiter=separator), _SAMPLE))
    except csv.Error:
        return 0
    widths = [len(row) for row in rows if row]
    return min(widths, default=0)


@contextmanager
def _bytes(path: Path, member: str) -> Iterator[IO[bytes]]:
    if not member:
        with path.open("rb") as file:
            yield file
        return
    with zipfile.ZipFile(path) as archive, archive.open(member) as file:
        yield file


@contextmanager
def text_lines(path: Path, shape: Shape) -> Iterator[Iterator[str]]:
    """The lines of a text file after its header, decoded as they are read."""
    with _bytes(path, shape.member) as raw:
        buffered = io.BufferedReader(raw, 1 << 20) if isinstance(raw, io.RawIOBase) else raw
        text = io.TextIOWrapper(buffered, encoding=shape.encoding)
        with _in_words():
            next(csv.reader(text, delimiter=shape.separator), None)
            yield text


@contextmanager
def table_rows(path: Path, shape: Shape) -> Iterator[Iterator[list[str]]]:
    """The rows of a table after its header, as text."""
    if shape.format == "xlsx":
        rows = sheet_rows(path)
        next(rows, None)
        yield rows
        return
    with text_lines(path, shape) as lines:
        yield _closed(lines, shape.separator)


def _closed(lines: Iterator[str], separator: str) -> Iterator[list[str]]:
    """The rows, unless the last of them is the rest of the file behind an open quotation mark."""
    marks = 0

    def counted() -> Iterator[str]:
        nonlocal marks
        for line in lines:
            marks += line.count('"')
            yield line

    reader = csv.reader(counted(), delimiter=separator)
    begins, row = 0, next(reader, None)
    while row is not None:
        ends = reader.line_num
        following = next(reader, None)
        if following is None and marks % 2 and ends - begins > 1:
            said = {"line": begins + 2}
            raise Unreadable(
                _("The quotation mark that is opened in line %(line)s is never closed.") % said
            )
        yield row
        begins, row = ends, following
