import csv
import io
from datetime import UTC, datetime
from tempfile import TemporaryFile

import pytest
from django.utils.timezone import now
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from symposia.accounts.queries import access_of
from symposia.directory.lists import CLINICIANS
from symposia.directory.models import Clinician
from symposia.shared.copying import as_csv, as_lines, is_copied, write_lines
from symposia.shared.lists import Column, ListOf, as_text
from symposia.shared.sheets import DANGEROUS, unquoted
from symposia.shared.workbooks import rows_of_lines, workbook
from tests.factories.accounts import member
from tests.factories.directory import ClinicianFactory, InstitutionFactory

NASTY = (
    *("=1+1", "+1 555 1", "-5", "@sum(a1)", "\t=1", "\r=1", "\n=1", "＝1", "plain"),
    *('with "quotes", commas', "two\nlines", "two\r\nlines", "back\\slash \\n \\\\", "\\"),
    *("<b>&amp;</b>", "  blanks  ", "ünïcödé 漢字 😀", "bell\x07 unit\x1fend", "007", "1e5", ""),
)


@pytest.fixture
def listed(organisation):
    """The directory, with somebody for each text that a file may trip over."""
    for place, text in enumerate(NASTY):
        ClinicianFactory(
            full_name=f"{place:02}",
            display_name=text,
            specialty=text,
            institution=InstitutionFactory(name=text) if text else None,
            deactivated_at=datetime(2026, 3, 1, 23, 30, 15, tzinfo=UTC) if place % 2 else None,
        )
    return CLINICIANS.seen_by(access_of(member(organisation), organisation, at=now()))


def rows_of(listed):
    return listed.rows_for(None, {})


def texts(listed, rows):
    return [[as_text(column.value(row)) for column in listed.columns] for row in rows]


@pytest.fixture(autouse=True)
def everybody(monkeypatch):
    monkeypatch.setattr(type(Clinician.objects.all()), "visible_to", lambda self, *_rest: self)


def copied(copying):
    with TemporaryFile() as file:
        write_lines(copying, file)
        file.seek(0)
        return file.read()


def csv_rows(listed):
    content = copied(as_csv(listed, rows_of(listed))).decode()
    return list(csv.reader(io.StringIO(content, newline="")))


def xlsx_rows(listed):
    copying = as_lines(listed, rows_of(listed))
    with TemporaryFile() as file:
        write_lines(copying, file)
        file.seek(0)
        head = [str(column.label) for column in listed.columns]
        content = b"".join(workbook(head, rows_of_lines(file, copying.kinds)))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return sheet.to_python(skip_empty_area=False)[1:]


def test_the_database_writes_what_the_screen_shows(listed):
    read = [[unquoted(cell) for cell in row] for row in csv_rows(listed)]

    assert read == texts(listed, rows_of(listed))


def test_no_cell_that_the_database_writes_is_a_live_formula(listed):
    cells = [cell for row in csv_rows(listed) for cell in row]

    assert not [cell for cell in cells if cell.startswith(DANGEROUS)]
    assert len([cell for cell in cells if cell.startswith("'")]) > len(DANGEROUS)


def test_a_workbook_keeps_text_as_text_and_moments_as_moments(listed):
    read, columns = xlsx_rows(listed), [column.name for column in listed.columns]
    name, ended = columns.index("specialty"), columns.index("deactivated_at")

    printable = [text.replace("\x07", "").replace("\x1f", "") for text in NASTY]
    assert [row[name] for row in read] == printable
    assert read[0][ended] == ""
    assert read[1][ended] == datetime(2026, 3, 1, 23, 30, 15)  # noqa: DTZ001  # a sheet has no zone


def test_labels_are_in_the_language_of_whoever_asks(listed, pseudo_words):
    with override("eo"):
        labels = {row[3] for row in csv_rows(listed)}
        expected = {str(row.get_profession_display()) for row in rows_of(listed)}

    assert labels == expected != {"Physician"}


def test_nobody_is_a_file_without_rows(listed):
    copying = as_csv(listed, rows_of(listed).none())

    assert copied(copying) == b""


def test_what_only_we_can_work_out_is_not_copied():
    worked_out = Column("length", "Length", lambda row: len(row.full_name))
    listed = ListOf("x", "X", "view_directory", lambda _access: None, (worked_out,))

    assert is_copied(CLINICIANS)
    assert not is_copied(listed)
