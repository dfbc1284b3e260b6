"""What a file of rows is: its encoding, its separator, its header; found out, never asked."""

import codecs
import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from symposia.work.apart import Unreadable, sheet_rows

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
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"PK\x03\x04"):
        member = _table_inside(path)
        return _csv_shape(path, member) if member else _sheet_shape(path)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return _sheet_shape(path)
    return _csv_shape(path, "")


def _table_inside(path: Path) -> str:
    """The largest CSV of an archive that is no header file; a workbook is an archive too."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except zipfile.BadZipFile as error:
        raise Unreadable(_("The archive is damaged.")) from error
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
    if not start.strip():
        raise Unreadable(_("The file is empty."))
    encoding = _encoding(start)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(start, final=False)
    if "\0" in text:
        raise Unreadable(_("This is not a table of text."))
    lines = text.splitlines(keepends=True)
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
        next(csv.reader(text, delimiter=shape.separator), None)
        yield _readable(text)


def _readable(lines: Iterator[str]) -> Iterator[str]:
    try:
        yield from lines
    except (UnicodeDecodeError, zipfile.BadZipFile) as error:
        raise Unreadable(_("From some line on the file is not text any more.")) from error


@contextmanager
def table_rows(path: Path, shape: Shape) -> Iterator[Iterator[list[str]]]:
    """The rows of a table after its header, as text."""
    if shape.format == "xlsx":
        rows = sheet_rows(path)
        next(rows, None)
        yield rows
        return
    with text_lines(path, shape) as lines:
        yield csv.reader(lines, delimiter=shape.separator)
