"""No file taken home runs anything in a spreadsheet (B7): every text column, every list."""

import csv
import io
import re
import zipfile
from decimal import Decimal

import pytest
from django.urls import reverse

from symposia.accounts.models import Membership
from symposia.activities.models import Activity
from symposia.assessment.models import KnowledgeTest, Purpose
from symposia.directory.models import Clinician
from symposia.shared import sheets
from symposia.shared.tenancy import acting_in
from symposia.web.routes import routes
from tests.crawls.lists import MOUNTED, arguments
from tests.crawls.world import MIGHTY, words

STARTS = ["=", "+", "-", "@", "\t=", "\r=", "\n=", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
CANARY = "zq7(1)"
FILES = [(f"{name}_{kind}", path) for name, _listed, path in MOUNTED for kind in ("csv", "xlsx")]
NUMBER = re.compile(r"-?\d+(\.\d+)?")
# What makes a cell of a workbook more than its text.
LIVE = re.compile(rb"<f[ >/]|<hyperlink|<oleObject|t=\"str\"")
# A list of addresses and nothing else: these may begin with anything too.
ONLY_ADDRESSES = "notifications_suppression"
# The engagements of one person: numbers, days and amounts where they were given at a rate.
PLAIN = {
    *("clinician_money_csv", "clinician_money_xlsx"),
    *("activity_discounts_csv", "activity_discounts_xlsx"),
}
# Minutes and how many were there: no word that anybody writes.
NUMBERS_ALONE = {"occupancy_csv"}
# No lists: what would move when somebody leaves, one's own transcript, the figures of a test.
LEAVING = "leaving_preview"
TABLES = {"transcript_csv", "activity_gain_csv", "activity_test_statistics_csv"}


def plant(server):
    """Begin every text of both organisations with what a spreadsheet would calculate."""
    for table, column, length, is_address in words():
        if is_address and table != ONLY_ADDRESSES:
            continue
        server.execute(
            f'UPDATE "{table}" SET "{column}" = left('
            f'(%s::text[])[1 + mod(abs(hashtext(id::text)), %s)] || %s || "{column}", %s) '
            f"WHERE \"{column}\" <> ''",
            [STARTS, len(STARTS), CANARY, length],
        )


@pytest.fixture(scope="module")
def prepared():
    return plant


def taken_home(world, name, path):
    with acting_in(world.near.pk):
        address = reverse(name, kwargs=arguments(path))
    response = world.client(MIGHTY).get(address)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def live_cells(name, content):
    """The cells that a spreadsheet would run, and how many carry what was planted."""
    if name.endswith("_csv"):
        text = content.decode("utf-8-sig")
        cells = [c for row in csv.reader(io.StringIO(text, newline="")) for c in row]
        found = [c for c in cells if c.startswith(tuple("=+-@\t\r\n\0＝＋－＠"))]
        return [c for c in found if not NUMBER.fullmatch(c)], text.count(CANARY)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {n: book.read(n) for n in book.namelist() if n.endswith(".xml")}
    return [n for n, part in parts.items() if LIVE.search(part)], sum(
        part.count(CANARY.encode()) for part in parts.values()
    )


@pytest.mark.parametrize(("name", "path"), FILES)
def test_no_file_of_a_list_holds_a_live_formula(world, name, path):
    live, planted = live_cells(name, taken_home(world, name, path))

    assert live == []
    assert planted or name in PLAIN, "what was planted does not reach this file"


def test_each_way_to_begin_a_formula_is_met(world):
    content = taken_home(world, "clinicians_csv", "").decode("utf-8-sig")

    assert [start for start in STARTS if f"'{start}{CANARY}" not in content] == []


def test_every_spreadsheet_of_the_product_is_looked_at():
    offered = {r.name for r in routes() if r.path.endswith((".csv", ".xlsx"))}

    assert offered - NUMBERS_ALONE - TABLES - {LEAVING} == {name for name, _path in FILES}


def test_what_somebody_leaves_holds_no_live_formula(world):
    with acting_in(world.near.pk):
        owner = Activity.objects.filter(state="draft").exclude(owner=None).earliest("pk").owner
        address = reverse(LEAVING, args=[Membership.objects.get(user=owner).pk])

    live, planted = live_cells(f"{LEAVING}_csv", world.client(MIGHTY).get(address).content)

    assert live == []
    assert planted


@pytest.mark.parametrize("name", sorted(TABLES))
def test_no_table_of_figures_holds_a_live_formula(world, name):
    with acting_in(world.near.pk):
        test = KnowledgeTest.objects.filter(purpose=Purpose.POST).earliest("pk")
    wanted = {"activity_gain_csv": [test.activity_id]}
    wanted["activity_test_statistics_csv"] = [test.activity_id, test.purpose]
    client = world.client(MIGHTY)
    if name == "transcript_csv":
        with acting_in(world.near.pk):
            client.force_login(Clinician.objects.exclude(user=None).earliest("pk").user)
    response = client.get(reverse(name, args=wanted.get(name, [])))
    content = b"".join(response.streaming_content) if response.streaming else response.content

    live, planted = live_cells(name, content)

    assert live == []
    assert planted


class Named:
    """A record that is shown by its name."""

    def __str__(self):
        return "=1+1"


def test_the_name_of_a_record_is_quoted_as_any_words_are():
    assert sheets.safe_text(Named()) == "'=1+1"
    assert sheets.safe_text(Decimal(-1)) == "-1"


def test_a_text_that_is_not_quoted_is_found(world):
    """The negative control of a CSV file."""
    content = taken_home(world, "clinicians_csv", "").replace(b"'", b"")

    assert len(live_cells("clinicians_csv", content)[0]) > 100


def test_a_cell_that_calculates_is_found(world):
    """The negative control of a workbook."""
    content, changed = taken_home(world, "clinicians_xlsx", ""), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(changed, "w") as other:
        for name in book.namelist():
            other.writestr(name, book.read(name).replace(b"</c>", b"<f>1+1</f></c>"))

    assert live_cells("clinicians_xlsx", changed.getvalue())[0] == ["xl/worksheets/sheet1.xml"]
