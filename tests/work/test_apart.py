import zipfile

import pytest
import xlsxwriter

from symposia.work.apart import Unreadable, sheet_rows


def workbook(path, rows):
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def test_rows_of_a_workbook_come_as_a_person_typed_them(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["Name", "NPI", "Fee"], ["Ána Ruiz", 1234567893, 1.5]])

    rows = list(sheet_rows(path))

    assert rows == [["Name", "NPI", "Fee"], ["Ána Ruiz", "1234567893", "1.5"]]


def test_a_file_that_is_no_workbook_is_refused_in_words(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing")

    with pytest.raises(Unreadable, match="not a workbook"):
        list(sheet_rows(path))


def test_a_bomb_ends_in_the_child_and_not_in_the_product(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["x"]])
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith("sheet1.xml"):
                cell = b"<row><c t='inlineStr'><is><t>" + b"A" * 1000 + b"</t></is></c></row>"
                data = data.replace(b"<sheetData>", b"<sheetData>" + cell * 400_000)
            out.writestr(name, data)

    with pytest.raises(Unreadable):
        list(sheet_rows(bomb, largest=1000))


def test_a_cell_far_to_the_right_does_not_make_every_row_so_wide(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Name", "NPI"])
        sheet.write(3, 16_383, "x")

    head, _first, _second, last = sheet_rows(path)

    assert head[:3] == ["Name", "NPI", ""]
    assert (len(head), len(last)) == (1_001, 16_384)
