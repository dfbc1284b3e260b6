"""A workbook of one sheet, written as it is sent: the first bytes go out before the first row.

The parts of the archive come in the order in which they are known, the sheet last; memory does
not grow with its rows. Cells are typed, and text stays text: nothing in it is a formula or a link.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import count
from typing import IO, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from symposia.shared.archives import Pipe
from symposia.shared.copying import CELL_END
from symposia.shared.money import Money

# A sheet has 1,048,576 rows, the first of which is the head.
MOST_ROWS = 1_048_575
_LONGEST = 32_767
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/>'
    "</Types>",
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    "</Relationships>",
    # Formats of a cell: 0 plain, 1 bold, 2 a moment, 3 a day.
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts count="2">'
    '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    "<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>",
}
_BEGIN = (
    f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    "</sheetView></sheetViews><sheetData>"
)
_END = b"</sheetData></worksheet>"
# The cell of each kind of value (`copying.Written`), by the letter of the kind.
_TEXT = '<c t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>'
_CELLS = {
    "s": _TEXT,
    "n": "<c><v>%s</v></c>",
    "b": '<c t="b"><v>%s</v></c>',
    "m": '<c s="2"><v>%s</v></c>',
    "d": '<c s="3"><v>%s</v></c>',
}
_EMPTY = [(cell % "").encode() for cell in _CELLS.values()]
_BOLD = _TEXT.replace("<c ", '<c s="1" ')
_CHUNK = 1 << 17
# What XML may not hold; no screen shows it either.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_UNPRINTABLE_BYTES = bytes({*range(32)} - {*b"\t\n\r"} - {*CELL_END})
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_ESCAPES = ((b"&", b"&amp;"), (b"<", b"&lt;"), (b">", b"&gt;"))
# What COPY writes for characters that would end a line or a cell.
_MARKS = (
    *((b"\\n", b"\n"), (b"\\r", b"&#13;"), (b"\\t", b"\t")),
    *((b"\\b", b""), (b"\\f", b""), (b"\\v", b"")),
)
_DAY_ZERO = datetime(1899, 12, 30, tzinfo=UTC)


def workbook(head: Sequence[str], rows: Iterable[bytes]) -> Iterator[bytes]:
    """The file piece by piece; `rows` are pieces of the sheet as `rows_of_…` make them."""
    pipe = Pipe()
    with ZipFile(pipe, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in _PARTS.items():
            archive.writestr(name, f"{_XML}{content}", compresslevel=6)
        yield pipe.taken()
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            cells = "".join(_BOLD % _words(str(name)) for name in head)
            sheet.write(f'{_BEGIN}<row r="1">{cells}</row>'.encode())
            for piece in rows:
                sheet.write(piece)
                yield pipe.taken()
            sheet.write(_END)
    yield pipe.taken()


def rows_of_lines(file: IO[bytes], kinds: str) -> Iterator[bytes]:
    """Rows of what `copying.as_lines` wrote."""
    template = "".join(_CELLS[kind] for kind in kinds)
    row = f'<row r="%d">{template}</row>'.encode()
    numbers = count(2)
    while lines := file.readlines(_CHUNK):
        text = b"".join(lines).translate(None, _UNPRINTABLE_BYTES)
        for none in _NO_CHARACTERS:
            text = text.replace(none, b"")
        for meant, written in _ESCAPES:
            text = text.replace(meant, written)
        cells = _marked_cells if b"\\" in text else _plain_cells
        made = b"".join(row % (next(numbers), *cells(each)) for each in text[:-1].split(b"\n"))
        yield _without_empty(made)


def _plain_cells(line: bytes) -> list[bytes]:
    return line.split(CELL_END)


def _marked_cells(line: bytes) -> list[bytes]:
    """The cells of a line in which COPY may have marked a character with a backslash."""
    line = line.replace(b"\\\\", b"\0").replace(b"\\" + CELL_END, b"")
    for mark, meant in _MARKS:
        line = line.replace(mark, meant)
    return line.replace(b"\0", b"\\").split(CELL_END)


def rows_of_values(chunks: Iterable[Iterable[Sequence[Any]]]) -> Iterator[bytes]:
    """Rows of values that we worked out ourselves."""
    numbers = count(2)
    for chunk in chunks:
        rows = (f'<row r="{next(numbers)}">{"".join(map(_cell, row))}</row>' for row in chunk)
        yield _without_empty("".join(rows).encode(errors="replace"))


def _without_empty(rows: bytes) -> bytes:
    """An empty cell says nothing but that the next one stands a column further."""
    for empty in _EMPTY:
        rows = rows.replace(empty, b"<c/>")
    return rows


def _cell(value: Any) -> str:  # noqa: PLR0911  # one answer per type
    match value:
        case None | "":
            return "<c/>"
        case bool():
            return _CELLS["b"] % int(value)
        case int() | float() | Decimal():
            return _CELLS["n"] % format(value, "f" if isinstance(value, Decimal) else "")
        case Money():
            return _CELLS["n"] % format(value.amount, "f")
        case datetime():
            return _CELLS["m"] % _days(value if value.tzinfo else value.replace(tzinfo=UTC))
        case date():
            return _CELLS["d"] % int(_days(datetime.combine(value, time(), UTC)))
        case _:
            return _TEXT % _words(str(value))


def _days(moment: datetime) -> float:
    return (moment - _DAY_ZERO).total_seconds() / 86_400


def _words(text: str) -> str:
    return escape(_UNPRINTABLE.sub("", text[:_LONGEST]), {"\r": "&#13;"})
