"""Every list: the screen, the files, the API and the count agree (A4)."""

import csv
import io
from importlib import import_module
from pathlib import Path

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from python_calamine import CalamineWorkbook

from symposia.accounts.queries import access_of
from symposia.api.root import api
from symposia.shared.lists import ListOf, Search, as_text
from symposia.shared.sheets import unquoted
from symposia.shared.tenancy import acting_in
from symposia.web import list_files
from tests.crawls.lists import MOUNTED, arguments
from tests.crawls.world import MIGHTY

pytestmark = pytest.mark.usefixtures("undone")
BY_NAME = {name: (listed, path) for name, listed, path in MOUNTED}
# The API's path of each list that it has.
IN_API = {
    operation["operationId"].removeprefix("list_"): path
    for path, methods in api.get_openapi_schema()["paths"].items()
    for operation in methods.values()
    if operation["operationId"].startswith("list_")
}
# Those of people at screens: what is imported, who is chosen for a letter, who looked as whom.
NOT_IN_API = {
    *("activity_credits", "activity_invite", "import_rows", "import_undo"),
    *("question_import_rows", "measure_import_rows", "past_rows", "opening_import_rows"),
    "card_import_rows",
    # The API answers the history of a territory whole, by its own route.
    *("colleague_import_rows", "territory"),
    *("insights_activities", "support_views", "segment_candidates"),
    # One person's part of lists that the API has whole.
    *("clinician_credits", "clinician_money", "clinician_participation", "clinician_presence"),
    "clinician_teaching",
    # One activity's or one file's part of a list that the API has whole.
    *("activity_invoices", "submission", "transfer_file"),
    # Who works at one institution; the API has them in the list of where people work.
    "institution",
}


def thin_the_journal(server):
    """Of its tens of thousands of lines the last thousand: the same list, walked in a tenth."""
    server.execute(
        "DELETE FROM audit_entry WHERE id NOT IN "
        "(SELECT id FROM audit_entry ORDER BY id DESC LIMIT 1000)"
    )


@pytest.fixture(scope="module")
def prepared():
    return thin_the_journal


class Screen:
    """A list as somebody turns the pages of it who may open and take home everything."""

    def __init__(self, world, name):
        self.world, self.name = world, name
        listed, path = BY_NAME[name]
        self.client = world.client(MIGHTY)
        with acting_in(world.near.pk):
            self.kwargs = arguments(path)
            access = access_of(world.person(MIGHTY), world.near, at=now())
            # With the columns and filters that the organisation adds.
            self.listed = listed.seen_by(access)

    def address(self, kind="", query=""):
        return reverse(self.name + kind, kwargs=self.kwargs) + f"?{query}"

    def pages(self, query=""):
        """What each page was given; a list may open narrower for whoever asks nothing."""
        address = self.address(query=query or f"sort={self.listed.sort}")
        while address:
            response = self.client.get(address)
            assert response.status_code == 200, address
            yield response.context
            address = response.context["next_href"]

    def rows(self, query=""):
        read = [(page["page"].count, page["rows"]) for page in self.pages(query)]
        rows = [row["row"] for _count, rows in read for row in rows]
        assert {count for count, _rows in read} == {len(rows)}, "the count is another"
        return rows

    def file(self, kind, query=""):
        response = self.client.get(self.address(kind, query))
        assert response.status_code == 200
        return b"".join(response.streaming_content)

    def filters(self):
        """A query for each filter that this list has, with the first of its values."""
        with acting_in(self.world.near.pk):
            offered = [(one, one.options()[:1]) for one in self.listed.filters]
        for one, options in offered:
            if isinstance(one, Search):
                yield f"{one.name}=e"
            for value, _label in options:
                yield f"{one.name}={value}"

    def texts(self, rows):
        """Every column of these rows, as the list declares them."""
        with acting_in(self.world.near.pk):
            return [[as_text(column.value(row)) for column in self.listed.columns] for row in rows]


def csv_rows(content):
    lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [[unquoted(cell) for cell in line] for line in lines][1:]


def xlsx_rows(content):
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return sheet.to_python(skip_empty_area=False)[1:]


def compare_lines(screen, query=""):
    """The keys of the rows of the screen, after its CSV file was found to hold the same.

    A file is asked for before the screen: that it was taken home is in the journal.
    """
    lines, rows = csv_rows(screen.file("_csv", query)), screen.rows(query)
    assert lines == screen.texts(rows)
    return {str(row.pk) for row in rows}


def compare(screen, query=""):
    """The same of both files."""
    compare_lines(screen, query)
    book = xlsx_rows(screen.file("_xlsx", query))
    rows = screen.rows(query)
    for cells, text in zip(book, screen.texts(rows), strict=True):
        words = {cell for cell in cells if isinstance(cell, str) and cell}
        assert words <= set(text)
    assert len({row.pk for row in rows}) == len(rows)
    return {str(row.pk) for row in rows}


@pytest.mark.parametrize("name", BY_NAME)
def test_the_files_of_a_list_hold_what_its_pages_show(world, name):
    screen = Screen(world, name)

    narrower = [compare_lines(screen, query) for query in screen.filters()]
    everything = compare(screen)

    assert everything, f"the world has no row of {name}"
    assert all(found <= everything for found in narrower)


def test_a_file_wider_than_the_screen_is_found(world, monkeypatch):
    """The negative control: an export that forgets the filters is told from the screen."""
    screen = Screen(world, "clinicians")
    query = f"q={screen.rows()[0].full_name.split()[0]}"
    narrow = screen.rows(query)
    assert 0 < len(narrow) < len(screen.rows())
    monkeypatch.setattr(screen, "rows", lambda _query: narrow)
    monkeypatch.setattr(list_files, "asked", lambda _request: {})

    with pytest.raises(AssertionError):
        compare(screen, query)


def read_by_program(secret, path, query=""):
    """The ids and the count of a list, read cursor by cursor."""
    client, headers = Client(), {"Authorization": f"Bearer {secret}"}
    given, ids, counts = QueryDict(f"limit=40&{query}", mutable=True), [], set()
    while True:
        answer = client.get(f"{path}?{given.urlencode()}", headers=headers)
        assert answer.status_code == 200, answer.content
        page = answer.json()
        ids += [item["id"] for item in page["items"]]
        counts.add(page["count"])
        if not page["next"]:
            return ids, counts
        given["after"] = page["next"]


@pytest.mark.parametrize("name", sorted(IN_API))
def test_the_api_of_a_list_holds_what_its_pages_show(world, name):
    screen, secret = Screen(world, name), world.token()
    for query in ["", *screen.filters()]:
        shown = {str(row.pk) for row in screen.rows(query)}
        ids, counts = read_by_program(secret, IN_API[name], query)

        assert counts == {len(ids)}
        # A list below an activity is one activity's on the page and everybody's in the API.
        assert shown <= set(ids) if screen.kwargs else shown == set(ids)


def test_every_list_is_crawled():
    """What is declared is what is mounted; the API lacks what is named above."""
    declared = {
        each.name
        for path in Path("symposia").glob("*/**/*.py")
        if path.stem.endswith("lists") or path.parent.name == "lists"
        for each in vars(import_module(".".join(path.with_suffix("").parts))).values()
        if isinstance(each, ListOf)
    }

    assert declared
    assert declared <= set(BY_NAME)
    assert set(BY_NAME) - set(IN_API) == NOT_IN_API
    assert set(IN_API) <= set(BY_NAME)
