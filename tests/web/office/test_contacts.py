from datetime import timedelta

import pytest
from django.urls import reverse

from symposia.directory.actions.contacts import add_contact
from symposia.directory.contacting import ContactFacts
from symposia.directory.models import ChangeRequest, ContactPoint
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.api.test_clinicians import bearer, send
from tests.factories.accounts import OrganisationFactory, day_here, member
from tests.factories.directory import ClinicianFactory

API = "/api/v1/contacts"


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


@pytest.fixture
def asha(organisation):
    return ClinicianFactory(full_name="Asha Rao", email="asha@example.org", phone="")


def noted(clinician, kind="phone", value="+1 617 555 0100", **said):
    return add_contact(clinician, ContactFacts(kind, value, **said), by=SYSTEM)


def at(name, *args):
    return reverse(name, args=args)


def test_a_way_is_noted_described_tried_and_taken_away(client, coordinator, asha):
    page = at("clinician_contacts", asha.pk)
    assert "asha@example.org" in client.get(page).text
    assert "Say more of it" in client.get(page).text
    first = client.get(
        at("clinician_contact_new", asha.pk), {"kind": "email", "value": "a@b.example"}
    )
    assert "a@b.example" in first.text

    said = {"kind": "address", "value": "12 Dock Road\nBoston", "label": "Home"}
    assert client.post(at("clinician_contact_new", asha.pk), said).url == page
    assert "12 Dock Road" in client.get(page).text
    row = ContactPoint.objects.get()

    client.post(at("contact", row.pk), {"label": "Holiday home"})
    assert "Holiday home" in client.get(page).text
    assert client.post(at("contact_trial", row.pk), {"how": ""}).status_code == 422
    client.post(at("contact_trial", row.pk), {"how": "A letter was answered"})
    assert "A letter was answered" in client.get(page).text
    client.post(at("contact_removal", row.pk), {"reason": "Another Rao"})
    assert "12 Dock Road" not in client.get(page).text


def test_a_refusal_is_told_in_words_and_loses_nothing(client, coordinator, asha):
    said = {"kind": "email", "value": "asha at home", "source": "Her card"}

    answer = client.post(at("clinician_contact_new", asha.pk), said)

    assert answer.status_code == 422
    assert "is not an e-mail address" in answer.text
    assert "Her card" in answer.text


def test_another_address_is_used_once_a_second_person_agrees(client, coordinator, asha):
    row = noted(asha, "email", "rao@practice.example")
    assert "Use this one" in client.get(at("clinician_contacts", asha.pk)).text

    answer = client.post(at("contact_preference", row.pk), follow=True)

    assert "It waits for a second person" in answer.text
    assert ChangeRequest.objects.get().now == "rao@practice.example"


def test_a_postal_address_is_used_at_once(client, coordinator, asha):
    noted(asha, "address", "1 Work Road\nBoston")
    row = noted(asha, "address", "2 Home Road\nBoston")

    answer = client.post(at("contact_preference", row.pk), follow=True)

    assert "This one is used from now on." in answer.text


def test_what_another_organisation_knows_does_not_exist(client, coordinator):
    other = OrganisationFactory()
    with acting_in(other.pk):
        row = noted(ClinicianFactory())

    for name in ("contact", "contact_trial", "contact_removal"):
        assert client.get(at(name, row.pk)).status_code == 404
    assert client.post(at("contact_preference", row.pk)).status_code == 404


def test_the_list_says_which_are_used_and_holds_a_day(client, coordinator, asha):
    noted(asha)
    noted(asha, "phone", "+1 617 555 0199", until_on=day_here() - timedelta(days=3))

    everything = client.get(at("contacts"), {"kind": "phone"}).text
    now_there = client.get(at("contacts"), {"on": day_here().isoformat()}).text

    assert "+1 617 555 0199" in everything
    assert "Used" in everything
    assert "+1 617 555 0199" not in now_there
    assert "+1 617 555 0100" in client.get(at("contacts_csv")).getvalue().decode()


def test_programs_note_describe_prefer_try_and_take_away(client, organisation, asha):
    headers = bearer(organisation, "view_directory", "manage_directory")
    body = {"clinician": str(asha.pk), "kind": "email", "value": "Rao@practice.example"}

    made = send(client, "post", API, headers, body)
    assert (made.status_code, made.json()["value"]) == (201, "rao@practice.example")
    path = f"{API}/{made.json()['id']}"
    again = send(client, "post", API, headers, body)
    said = send(client, "put", path, headers, {"label": "Practice"}).json()
    tried = send(client, "post", f"{path}/trial", headers, {"how": "She answered"}).json()
    asked = send(client, "post", f"{path}/preference", headers, {})
    gone = send(client, "post", f"{path}/removal", headers, {"reason": "Wrong"})

    assert (again.status_code, again.json()["code"]) == (409, "contact_known")
    assert (said["label"], said["is_used"]) == ("Practice", False)
    assert tried["verified_at"]
    assert (asked.status_code, asked.json()["field"]) == (202, "email")
    assert gone.status_code == 204
    listed = client.get(API, headers=headers).json()["items"]
    assert [each["value"] for each in listed] == ["asha@example.org"]


def test_a_program_that_only_reads_notes_nothing(client, organisation, asha):
    headers = bearer(organisation, "view_directory")
    body = {"clinician": str(asha.pk), "kind": "phone", "value": "+1 617 555 0100"}

    assert send(client, "post", API, headers, body).status_code == 403
    assert not ContactPoint.objects.exists()
