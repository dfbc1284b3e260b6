import csv
import io

import pytest

from symposia.accounts.models import Role
from symposia.shared.lists import Choice, Column, ListOf, Search, page_of
from symposia.shared.sheets import csv_chunks, safe_text, unquoted

pytestmark = pytest.mark.django_db

ROLES = ListOf(
    name="roles",
    title="Roles",
    permission="manage_access",
    rows=lambda _access: Role.objects.all(),
    columns=(
        Column("name", "Name", lambda r: r.name, sort="name"),
        Column("description", "What for", lambda r: r.description, sort="description"),
    ),
    filters=(
        Search("q", "Name", lambda rows, text: rows.filter(name__icontains=text)),
        Choice("code", "Code", "code", [("faculty", "Faculty"), ("learner", "Learner")]),
    ),
    sort="name",
)


def walk(given, size):
    """Every row of the list, page by page forwards, and the pages seen."""
    given, seen, pages = dict(given), [], []
    while True:
        page = page_of(ROLES, ROLES.rows_for(None, given), given, size=size)
        seen += page.rows
        pages.append(page)
        if not page.next_key:
            return seen, pages
        given["after"] = [page.next_key]


@pytest.mark.parametrize("sort", ["name", "-name", "description"])
@pytest.mark.parametrize("size", [1, 5, 100])
def test_pages_by_key_show_each_row_once_in_order(organisation, sort, size):
    Role.objects.update(description="same")  # ties are broken by the key

    rows, _pages = walk({"sort": [sort]}, size)

    expected = ROLES.rows_for(None, {"sort": [sort]})
    assert rows == list(expected)


def test_going_back_shows_the_page_before(organisation):
    _rows, pages = walk({}, 5)
    given = {"before": [pages[2].previous_key]}

    back = page_of(ROLES, ROLES.rows_for(None, given), given, size=5)

    assert back.rows == pages[1].rows


def test_filters_narrow_and_unknown_values_are_ignored(organisation):
    given = {"code": ["learner", "no such thing"], "q": ["LEARN"], "sort": ["drop table"]}

    assert [r.code for r in ROLES.rows_for(None, given)] == ["learner"]


def test_a_key_of_nothing_starts_at_the_beginning(organisation):
    given = {"after": ["not a key"]}

    assert page_of(ROLES, ROLES.rows_for(None, given), given, size=3).rows


@pytest.mark.parametrize("start", list("=+-@\t\r\0＝"))
def test_no_cell_of_a_file_is_a_live_formula_and_nothing_is_lost(start):
    text = f"{start}cmd|' /C calc'!A0"

    assert safe_text(text) == f"'{text}"
    assert unquoted(safe_text(text)) == text


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_an_end_of_line_inside_a_cell_begins_no_new_row(end):
    text = b"".join(csv_chunks([[[f"Ward{end}=1+1", "second"]]])).decode()

    assert list(csv.reader(io.StringIO(text, newline=""))) == [[f"Ward{end}=1+1", "second"]]
    assert text.endswith("second\n")


def test_numbers_stay_numbers_in_a_file():
    assert safe_text(-5) == "-5"
    assert b"-5" in b"".join(csv_chunks([[[-5]]]))
