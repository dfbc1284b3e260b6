import pytest

from symposia.approvals.queries import changes_between
from symposia.web.office.frozen import changes_in_words, sheet_of

HALL, HALL_B, DINNER = (
    {"id": "0198c0de-0000-7000-8000-000000000001", "line": "Hall A", "estimate": "1800.00"},
    {"id": "0198c0de-0000-7000-8000-000000000001", "line": "Hall A", "estimate": "900.00"},
    {"id": "0198c0de-0000-7000-8000-000000000002", "line": "Dinner", "estimate": "2000.00"},
)


def words(before, after):
    changes = changes_in_words(changes_between(before, after), before, after)
    return [(str(c.label), c.was, c.now) for c in changes]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"title": "A"}, {"title": "A"}, []),
        ({"title": "A"}, {"title": "B"}, [("Title", "A", "B")]),
        ({}, {"room": "Hall"}, [("Room", "", "Hall")]),
        (
            {"place": {"city": "Pune"}},
            {"place": {"city": "Nashik"}},
            [("Place: City", "Pune", "Nashik")],
        ),
        (
            {"lines": [HALL]},
            {"lines": [HALL_B]},
            [("Budget lines, Hall A: Estimate", "1,800.00", "900.00")],
        ),
        (
            {"lines": [HALL]},
            {"lines": [HALL, DINNER]},
            [("Budget lines: Dinner", "", "Dinner, 2,000.00")],
        ),
        (
            {"lines": [HALL, DINNER]},
            {"lines": [HALL]},
            [("Budget lines: Dinner", "Dinner, 2,000.00", "")],
        ),
        ({"lines": []}, {"lines": [HALL]}, [("Budget lines: Hall A", "", "Hall A, 1,800.00")]),
        ({"faculty": ["A"]}, {"faculty": ["A", "B"]}, [("Faculty", "A", "A; B")]),
    ],
    ids=[
        "the same",
        "one fact",
        "a new fact",
        "a fact of a part",
        "a fact of a record",
        "a new record",
        "a lost record",
        "the first record",
        "a list of words",
    ],
)
def test_a_difference_is_said_in_words(before, after, expected):
    assert words(before, after) == expected


def test_a_sheet_shows_facts_in_the_order_people_read_them_and_leaves_empty_ones_out():
    sheet = sheet_of(
        {"type": "Live course", "number": "ACT-1", "summary": "", "place": {"city": "Pune"}}
        | {"when": {"ends": "2027-03-11T20:00", "starts": "2027-03-11T18:30"}, "lines": [HALL]}
    )

    assert [(str(f.label), f.value) for f in sheet.facts] == [
        ("Number", "ACT-1"),
        ("Type", "Live course"),
        ("Starts", "Thu 11 Mar 2027, 18:30"),
        ("Ends", "Thu 11 Mar 2027, 20:00"),
        ("City", "Pune"),
    ]
    assert [(str(head.label), head.kind) for head in sheet.tables[0].heads] == [
        ("Line", ""),
        ("Estimate", "n"),
    ]
    assert [[cell.value for cell in row] for row in sheet.tables[0].rows] == [
        ["Hall A", "1,800.00"]
    ]


def test_amounts_are_grouped_as_the_readers_of_the_currency_do():
    frozen = {
        "budget": {"currency": "INR", "lines": [HALL | {"estimate": "180000.00"}]},
        "discount": "-250000.00",
    }
    sheet = sheet_of(frozen)

    assert [[cell.value for cell in row] for row in sheet.tables[0].rows] == [
        ["Hall A", "INR\u00a01,80,000.00"]
    ]
    assert "INR\u00a0\u22122,50,000.00" in [fact.value for fact in sheet.facts]
    changed = frozen | {"budget": {"currency": "INR", "lines": [HALL | {"estimate": "90.00"}]}}
    assert words(frozen, changed)[0][1:] == ("INR\u00a01,80,000.00", "INR\u00a090.00")


def test_countries_are_said_by_name():
    before, after = ({"place": {"country": code}} for code in ("IN", "GB"))

    assert sheet_of(before).facts[0].value == "India"
    assert words(before, after) == [("Place: Country", "India", "United Kingdom")]
