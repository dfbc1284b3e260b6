"""A template is filled in by its own dictionary: what the reader reads is what it offers."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from symposia.directory.affiliation_lines import judge_affiliations
from symposia.directory.consent_lines import judge_consents
from symposia.directory.contact_lines import judge_contacts
from symposia.directory.import_kinds import KINDS
from symposia.directory.models import OwnKind
from symposia.directory.owning import read_own
from symposia.shared.sheets import unquoted
from symposia.work.imports.fields import guess_columns
from symposia.work.imports.templates import headings, template_csv
from tests.api.test_clinicians import bearer
from tests.directory.test_own_fields import access, added
from tests.factories.accounts import member
from tests.factories.directory import ClinicianFactory
from tests.web.office.test_imports import work


def rows_of(content):
    lines = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    return [[unquoted(cell) for cell in line] for line in lines]


@pytest.mark.parametrize("kind", KINDS)
def test_every_heading_is_understood_and_every_column_explained(organisation, kind):
    added("Parking", "several")
    fields = KINDS[kind].columns(access(organisation))

    places = {field.name: place for place, field in enumerate(fields)}
    assert guess_columns(fields, headings(fields)) == places
    assert [
        field.name
        for field in fields
        if not (field.help_text or field.name == "own_parking") or not field.written
    ] == []
    assert any(field.needed for field in fields)


@pytest.mark.parametrize(
    ("kind", "judge"),
    [
        ("contacts", judge_contacts),
        ("affiliations", judge_affiliations),
        ("consents", lambda seen, text: judge_consents(seen, text, zone="UTC")),
    ],
)
def test_the_example_row_would_be_taken(organisation, kind, judge):
    ClinicianFactory(email="avery@example.org")
    seen = access(organisation)

    [line] = judge(seen, template_csv(KINDS[kind].columns(seen)).decode("utf-8-sig"))

    assert (line.problem, line.number, line.clinician.email) == ("", 2, "avery@example.org")


def test_the_example_row_of_people_comes_in(client, organisation):
    client.force_login(member(organisation, "coordinator"))
    added("Parking", "text")
    template = client.get(reverse("import_template", args=["people", "xlsx"]))
    book = CalamineWorkbook.from_filelike(io.BytesIO(template.content))
    table, words = (book.get_sheet_by_index(place).to_python() for place in range(2))
    assert [row[0] for row in words[1:]] == table[0]
    assert "Own field: Parking" in table[0]

    file = SimpleUploadedFile("people.xlsx", template.content)
    asked = client.post(reverse("import_receive"), {"file": file})
    form = client.get(asked.url).context["form"]
    said = {name: form[name].value() or "" for name in form.fields}
    said |= {"scheme": "npi", "for_all_profession": "physician"}
    client.post(asked.url.replace("/columns/", "/match/"), said)

    made = work(organisation)
    assert (made.counts["rows"], made.counts["new"]) == (1, 1)


@pytest.mark.parametrize("kind", OwnKind.values)
def test_the_example_of_a_field_of_ones_own_can_be_said(organisation, kind):
    field = added("Parking", kind)

    [column] = [
        each for each in KINDS["people"].columns(access(organisation)) if "own" in each.name
    ]

    assert column.example == "" or read_own(field, column.example) is not None
    assert column.written


@pytest.mark.parametrize("kind", ["people", "contacts", "affiliations", "consents"])
def test_template_and_dictionary_are_downloaded_where_a_file_is_handed_in(
    client, organisation, kind
):
    client.force_login(member(organisation, "coordinator"))
    page = "import_new" if kind == "people" else f"{kind}_many"
    shown = client.get(reverse(page)).text

    for form in ("csv", "xlsx", "fields"):
        address = reverse("import_template", args=[kind, form])
        assert address in shown
        assert client.get(address)["Content-Disposition"].startswith("attachment")
    head, row = rows_of(client.get(reverse("import_template", args=[kind, "csv"])).content)
    words = rows_of(client.get(reverse("import_template", args=[kind, "fields"])).content)
    assert [each[0] for each in words[1:]] == head
    assert [each[4] for each in words[1:]] == row
    assert client.get(reverse("import_template", args=[kind, "pdf"])).status_code == 404
    assert client.get(reverse("import_template", args=["pigeons", "csv"])).status_code == 404


def test_the_api_offers_the_same(client, organisation):
    headers = bearer(organisation, "view_directory", "import_clinicians")
    path = "/api/v1/imports/templates"

    said = client.get(f"{path}/contacts", headers=headers).json()

    assert [each["heading"] for each in said["columns"]] == rows_of(said["csv"].encode())[0]
    assert client.get(f"{path}/pigeons", headers=headers).status_code == 422
    reader = bearer(organisation, "view_directory")
    assert client.get(f"{path}/contacts", headers=reader).status_code == 403
