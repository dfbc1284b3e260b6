import io
from datetime import timedelta

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from symposia.directory.actions.affiliations import add_affiliation
from symposia.directory.affiliating import AffiliationFacts
from symposia.directory.models import Affiliation, ChangeRequest
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.api.test_clinicians import bearer, send
from tests.factories.accounts import OrganisationFactory, day_here, member
from tests.factories.directory import ClinicianFactory, IdentifierFactory

API = "/api/v1/affiliations"


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


@pytest.fixture
def asha(organisation):
    return ClinicianFactory(full_name="Asha Rao", city="Pune")


def works(clinician, place="Bhima Hospital", **said):
    return add_affiliation(clinician, AffiliationFacts(place, **said), by=SYSTEM)


def at(name, *args):
    return reverse(name, args=args)


def test_a_place_is_noted_corrected_ends_and_is_taken_away(client, coordinator, asha):
    page = at("clinician_places", asha.pk)
    assert "No place of work is known" in client.get(page).text
    assert "Institution" in client.get(at("clinician_place_new", asha.pk)).text

    said = {"institution": "Bhima Hospital", "role": "Consultant", "is_primary": "on"}
    assert client.post(at("clinician_place_new", asha.pk), said).url == page
    shown = client.get(page).text
    assert "Bhima Hospital" in shown
    assert "Consultant" in shown
    assert "not known since when" in shown
    assert page in client.get(at("clinician", asha.pk)).text

    row = Affiliation.objects.get()
    assert 'value="Consultant"' in client.get(at("affiliation", row.pk)).text
    client.post(at("affiliation", row.pk), said | {"role": "Head", "city": "Pune"})
    assert "Head" in client.get(page).text

    client.post(at("affiliation_end", row.pk), {"on": day_here() - timedelta(days=1)})
    assert "Over" in client.get(page).text
    assert "Last day" not in client.get(page).text
    without = client.post(at("affiliation_removal", row.pk), {"reason": ""})
    assert without.status_code == 422
    client.post(at("affiliation_removal", row.pk), {"reason": "Another Rao"})
    assert "No place of work is known" in client.get(page).text


def test_a_refusal_is_told_in_words_and_loses_nothing(client, coordinator, asha):
    works(asha, is_primary=True)
    said = {"institution": "Tara Clinic", "is_primary": "on", "source": "Her letter"}

    answer = client.post(at("clinician_place_new", asha.pk), said)

    assert answer.status_code == 422
    assert "Bhima Hospital is the primary place" in answer.text
    assert "Her letter" in answer.text


def test_who_only_looks_changes_nothing(client, organisation, asha):
    row = works(asha)
    client.force_login(member(organisation, "executive"))

    page = client.get(at("clinician_places", asha.pk))

    assert page.status_code in {200, 403, 404}
    assert client.post(at("affiliation_end", row.pk), {"on": day_here()}).status_code in {403, 404}
    assert Affiliation.objects.get().until_on is None


def test_what_another_organisation_knows_does_not_exist(client, coordinator):
    other = OrganisationFactory()
    with acting_in(other.pk):
        row = works(ClinicianFactory())

    for name in ("affiliation", "affiliation_end", "affiliation_removal"):
        assert client.get(at(name, row.pk)).status_code == 404
    assert client.get(at("institution", row.institution_id)).status_code == 404


def test_the_lists_say_who_works_where_and_on_which_day(client, coordinator, asha):
    row = works(asha, until_on=day_here() - timedelta(days=10))
    early = (day_here() - timedelta(days=20)).isoformat()

    everybody = client.get(at("affiliations"), {"at": "bhima"}).text
    there = client.get(at("institution", row.institution_id), {"on": early}).text
    now_there = client.get(at("institution", row.institution_id), {"on": day_here()}).text

    assert "Asha Rao" in everybody
    assert "Asha Rao" in there
    assert f"works_at=Bhima+Hospital+{early}" in there
    assert "Asha Rao" not in now_there
    assert "Bhima Hospital" in client.get(at("institutions"), {"q": "bhima"}).text
    file = client.get(at("affiliations_csv")).getvalue().decode()
    assert "Bhima Hospital" in file
    assert asha.identifiers.get().value in file
    people = client.get(at("clinicians"), {"works_at": f"Bhima Hospital {early}"}).text
    assert "Asha Rao" in people


def workbook(*rows):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return SimpleUploadedFile("places.xlsx", made.getvalue())


def test_a_workbook_is_looked_at_and_then_taken(client, coordinator, asha):
    IdentifierFactory(clinician=asha, scheme="own", value="A1")
    head = ("Number", "Hospital", "Role", "Since", "Primary")
    file = workbook(head, ("A1", "Tara Clinic", "Consultant", "2024-03-01", "yes"))

    looked = client.post(at("affiliations_many"), {"file": file})
    assert "1 line would be taken." in looked.text
    assert not Affiliation.objects.exists()

    text = looked.context["text"]
    taken = client.post(
        at("affiliations_many"), {"lines": text, "take": "1", "name": "places.xlsx"}, follow=True
    )

    assert "1 line was taken." in taken.text
    row = Affiliation.objects.get()
    assert (row.role, row.from_on.isoformat(), row.source) == (
        "Consultant",
        "2024-03-01",
        "places.xlsx",
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"lines": "number,hospital"}, "There is no line below a header."),
        ({"lines": ""}, "There is no line below a header."),
        ({"file": SimpleUploadedFile("x.csv", b",,\n1,2,3\n")}, "names no column"),
    ],
    ids=["only a header", "nothing", "no header"],
)
def test_what_is_no_file_of_places_is_said(client, coordinator, given, words):
    answer = client.post(at("affiliations_many"), given)

    assert answer.status_code == 422
    assert words in answer.text


def test_programs_note_correct_end_and_take_away(client, organisation, asha):
    headers = bearer(organisation, "view_directory", "manage_directory")
    body = {"clinician": str(asha.pk), "institution": "Bhima Hospital", "is_primary": True}

    made = send(client, "post", API, headers, body | {"from_on": "2020-01-01"})
    assert made.status_code == 201
    path = f"{API}/{made.json()['id']}"
    said = {"institution": "Bhima Hospital", "role": "Head", "from_on": "2020-01-01"}
    changed = send(client, "put", path, headers, said | {"is_primary": True}).json()
    pushed = send(client, "post", API, headers, body | {"institution": "Tara Clinic"})
    ended = send(client, "post", f"{path}/ending", headers, {"on": "2025-12-31"}).json()
    listed = client.get(API, {"on": "2025-01-01"}, headers=headers).json()["items"]
    gone = send(client, "post", f"{path}/removal", headers, {"reason": "Another Rao"})

    assert changed["role"] == "Head"
    assert (pushed.status_code, pushed.json()["code"]) == (409, "primary_elsewhere")
    assert ended["until_on"] == "2025-12-31"
    assert [each["institution"] for each in listed] == ["Bhima Hospital"]
    assert gone.status_code == 204
    names = client.get("/api/v1/institutions", headers=headers).json()["items"]
    assert [each["name"] for each in names] == ["Bhima Hospital"]


def test_a_program_that_only_reads_notes_nothing(client, organisation, asha):
    headers = bearer(organisation, "view_directory")
    body = {"clinician": str(asha.pk), "institution": "Bhima Hospital"}

    assert send(client, "post", API, headers, body).status_code == 403
    assert not Affiliation.objects.exists()


def test_where_two_people_change_it_a_step_waits_and_is_decided(client, organisation, asha):
    works(asha, is_primary=True)
    client.force_login(member(organisation, "administrator"))
    page = client.get(at("guarded_fields")).text
    assert "Place of work" in page
    saved = client.post(at("guarded_fields"), {"fields_of_two": ["affiliation"]}, follow=True)
    assert "Saved. It holds from now on." in saved.text
    client.force_login(member(organisation, "coordinator"))
    said = {"institution": "Tara Clinic", "source": "Her letter"}

    answer = client.post(at("clinician_place_new", asha.pk), said, follow=True)

    assert "It waits for a second person" in answer.text
    assert "Waits for a second person:" in answer.text
    change = ChangeRequest.objects.get()
    client.force_login(member(organisation, "compliance_officer"))
    shown = client.get(at("change_request", change.pk)).text
    assert "Tara Clinic" in shown
    client.post(at("change_request_decision", change.pk), {"verdict": "accept"})
    assert Affiliation.objects.filter(institution__name="Tara Clinic").exists()


def test_a_program_is_told_that_a_step_waits(client, organisation, asha):
    works(asha, is_primary=True)
    headers = bearer(organisation, "manage_organisation", role="administrator")
    fields = send(client, "put", "/api/v1/changes/fields", headers, {"fields": ["affiliation"]})
    assert {"affiliation", "institution", "email"} <= set(fields.json()["fields"])
    coordinator = bearer(organisation, "view_directory", "manage_directory")
    body = {"clinician": str(asha.pk), "institution": "Tara Clinic", "source": "Her letter"}

    answer = send(client, "post", API, coordinator, body)

    assert (answer.status_code, answer.json()["state"]) == (202, "waiting")
    assert client.get("/api/v1/changes/fields", headers=coordinator).json() == fields.json()
