import io
from datetime import UTC, date, datetime
from decimal import Decimal
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from symposia.shared.money import Money
from symposia.shared.workbooks import rows_of_lines, rows_of_values, workbook

NAMES = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ROW = (
    *("=1+1", "007", " blanks ", "a\r\nb", "<&>", "bell\x07", "", None),
    *(5, -2.5, Decimal("3.10"), True, False, Money(Decimal("12.50"), "USD")),
    *(date(2026, 2, 28), datetime(2026, 2, 28, 13, 45, tzinfo=UTC)),
)
READ = (
    *("=1+1", "007", " blanks ", "a\r\nb", "<&>", "bell", "", ""),
    *(5.0, -2.5, 3.1, True, False, 12.5),
    *(date(2026, 2, 28), datetime(2026, 2, 28, 13, 45)),  # noqa: DTZ001  # a sheet has no zone
)


def made(chunks):
    return b"".join(workbook([f"<{place}>" for place in range(len(ROW))], rows_of_values(chunks)))


def test_cells_are_of_the_type_of_their_values():
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(made([[ROW]]))).get_sheet_by_index(0)

    head, row = sheet.to_python(skip_empty_area=False)

    assert head == [f"<{place}>" for place in range(len(ROW))]
    assert tuple(row) == READ


def test_nothing_in_a_sheet_is_a_formula_or_a_link_and_its_head_stays():
    with ZipFile(io.BytesIO(made([[ROW], [ROW]]))) as archive:
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))  # noqa: S314  # ours
    names = {element.tag.removeprefix(NAMES) for element in sheet.iter()}

    rows = sheet.findall(f"{NAMES}sheetData/{NAMES}row")
    assert names == {
        *("worksheet", "sheetViews", "sheetView", "pane", "sheetData", "row", "c", "is", "t", "v")
    }
    assert [row.get("r") for row in rows] == ["1", "2", "3"]
    assert {len(row) for row in rows} == {len(ROW)}


def test_the_file_begins_before_the_first_row_is_read():
    def rows():
        raise RuntimeError("a row was asked for")
        yield

    pieces = workbook(["A"], rows())

    assert next(pieces).startswith(b"PK")
    with pytest.raises(RuntimeError):
        next(pieces)


def test_the_archive_is_whole():
    with ZipFile(io.BytesIO(made([[ROW]] * 50))) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_what_is_no_character_does_not_spoil_the_file():
    """A sheet with one of these in it opens in no spreadsheet; a database keeps them."""
    lines = io.BytesIO("a\ufffe\uffffb\x1f2\n".encode())

    file = b"".join(workbook(["name", "number"], rows_of_lines(lines, "sn")))

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0)
    with ZipFile(io.BytesIO(file)) as archive:
        ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))  # noqa: S314  # ours
    assert sheet.to_python()[1] == ["ab", 2.0]
