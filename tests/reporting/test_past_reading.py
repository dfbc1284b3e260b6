"""Rows of a file of the past as they are read: field by field, or which field is wrong."""

from datetime import date
from decimal import Decimal

import pytest

from symposia.reporting.bodies.pars_files import write_sheet
from symposia.reporting.models import PastKind
from symposia.reporting.past.columns import ACTIVITIES, COLUMNS, CREDITS, NEEDED
from symposia.reporting.past.reading import reads_of
from symposia.work.imports.fields import guess_columns
from symposia.work.imports.shapes import shape_of, table_rows
from tests.reporting.records import ACTIVITY, sheet

ROW = {
    "old_number": "2021-0042",
    "title": "Sepsis",
    "starts_on": "2021-03-12",
    "ends_on": "",
    "type": "Live Course",
    "amount": "1.25",
}
CREDIT = {
    "person": "avery@example.org",
    "title": "Sepsis",
    "earned_on": "03/12/2021",
    "system": "AMA PRA Category 1",
    "amount": "1.25",
}


def read(kind=PastKind.ACTIVITIES, **said):
    row = (ROW if kind == PastKind.ACTIVITIES else CREDIT) | said
    columns = {name: place for place, name in enumerate(row)}
    return next(reads_of(kind, [list(row.values())], columns))


def test_a_row_says_what_it_says():
    found = read(physicians="21", supported="Yes", supporters="Invented Pharma 5,000; Devices")

    assert found.fault is None
    assert found.facts["starts_on"] == date(2021, 3, 12)
    assert found.facts["type"] == "course"
    assert found.facts["physicians"] == 21
    assert found.facts["supporters"] == [
        ("Invented Pharma", Decimal(5000)),
        ("Devices", Decimal(0)),
    ]
    assert (found.line, found.year, found.heading, found.amount) == (
        2,
        2021,
        "course",
        Decimal("1.25"),
    )


@pytest.mark.parametrize(
    ("said", "field", "expected"),
    [
        ({"title": ""}, "Title", "something"),
        ({"starts_on": "13/45/2021"}, "First day", "a day since 1960"),
        ({"starts_on": "1899-01-01"}, "First day", "a day since 1960"),
        ({"type": "Picnic"}, "Type", "Live Course"),
        ({"amount": "one"}, "Credits", "a number"),
        ({"amount": "-1"}, "Credits", "a number"),
        ({"amount": "NaN"}, "Credits", "a number"),
        ({"physicians": "many"}, "Physicians", "a whole number"),
        ({"country": "Atlantis"}, "Country", "two or three letters"),
        ({"supported": "perhaps"}, "Commercial support", "yes or no"),
        ({"designed": "moods"}, "Designed to change", "competence"),
        ({"title": "x" * 201}, "Title", "at most 200 signs"),
        ({"ends_on": "2021-03-11"}, "Last day", "not before the first day"),
    ],
    ids=lambda each: str(each)[:40],
)
def test_what_cannot_be_read_names_its_field_and_what_was_expected(said, field, expected):
    fault = read(**said).fault

    assert fault.field == field
    assert expected in fault.expected


def test_a_row_with_a_fault_is_summed_all_the_same():
    found = read(PastKind.CREDITS, person="")

    assert found.fault.field == "Number or e-mail"
    assert (found.year, found.amount) == (2021, Decimal("1.25"))


def test_empty_rows_are_no_rows_and_lines_count_the_header():
    columns = {"name": 0, "disclosed_on": 1}
    rows = [["", ""], ["Dr. Nobody", "2021-01-15"]]

    found = list(reads_of(PastKind.DISCLOSURES, rows, columns))

    assert [each.line for each in found] == [3]


def test_the_table_that_we_write_for_pars_is_read_as_it_is(tmp_path):
    path = tmp_path / "pars.xlsx"
    path.write_bytes(write_sheet(sheet(ACTIVITY, kind="pars_activities")))
    shape = shape_of(path)
    columns = guess_columns(ACTIVITIES, shape.header)

    with table_rows(path, shape) as rows:
        found = next(reads_of(PastKind.ACTIVITIES, rows, columns))

    assert found.fault is None
    assert found.facts["old_number"] == "ACT-2026-0142"
    assert found.facts["country"] == "US"
    assert found.facts["physicians"] == 21
    assert found.facts["joint_with"] == "Mill River Clinic"
    assert found.facts["supported"] is True


def test_every_kind_has_the_columns_it_needs_and_templates_that_come_in_as_they_are():
    for kind, fields in COLUMNS.items():
        assert set(NEEDED[kind]) <= {each.name for each in fields}
        header = [str(each.label) for each in fields]
        assert set(guess_columns(fields, header)) == {each.name for each in fields}
        row = [each.example for each in fields]
        assert next(reads_of(kind, [row], guess_columns(fields, header))).fault is None
    assert CREDITS[0].name == "person"
