import pytest
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.queries import access_of
from symposia.audit.models import Entry
from symposia.directory.models import Clinician
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.directory import ClinicianFactory

PATH = "/api/v1/clinicians"


def bearer(organisation, *permissions, role="coordinator"):
    user = member(organisation, role)
    access = access_of(user, organisation, at=now())
    _made, secret = make_personal_token(
        user, access, name="Test", permissions=permissions, by=SYSTEM
    )
    return {"authorization": f"Bearer {secret}"}


@pytest.fixture
def manager(organisation):
    return bearer(organisation, "view_directory", "manage_directory")


def send(client, method, path, headers, body):
    return getattr(client, method)(path, body, content_type="application/json", headers=headers)


def test_the_list_is_the_list_of_the_screen(client, organisation, manager):
    one = ClinicianFactory(full_name="Avery Example", npi="1234567893")
    ClinicianFactory(full_name="Blake Other")

    page = client.get(PATH, {"q": "avery"}, headers=manager).json()

    assert [item["id"] for item in page["items"]] == [str(one.pk)]
    assert page["items"][0]["number"] == "1234567893"


def test_a_clinician_is_added_read_and_changed(client, organisation, manager):
    body = {"full_name": "Avery Example", "scheme": "npi", "number": "1234567893"}
    added = send(client, "post", PATH, manager, body | {"email": "A@Example.org"})
    assert added.status_code == 201
    assert added.json()["identifiers"] == [{"scheme": "npi", "issuer": "", "value": "1234567893"}]

    path = f"{PATH}/{added.json()['id']}"
    changed = send(client, "patch", path, manager, {"city": "Boston"})

    assert changed.json()["city"] == "Boston"
    assert client.get(path, headers=manager).json()["email"] == "a@example.org"
    assert Entry.objects.filter(action="clinician.changed").exists()


def test_a_wrong_number_is_refused_with_its_code(client, organisation, manager):
    body = {"full_name": "Avery Example", "scheme": "npi", "number": "1234567890"}

    answer = send(client, "post", PATH, manager, body)

    assert (answer.status_code, answer.json()["code"]) == (409, "bad_npi")
    assert not Clinician.objects.exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"full_name": " "},
        {"email": "nowhere"},
        {"email": "asha@example..org"},
        {"country": "usa"},
        {"colour": "red"},
    ],
)
def test_bad_facts_are_invalid_input(client, organisation, manager, facts):
    one = ClinicianFactory()

    assert send(client, "patch", f"{PATH}/{one.pk}", manager, facts).status_code == 422


def test_a_token_that_may_only_look_changes_nothing(client, organisation):
    one = ClinicianFactory()
    reader = bearer(organisation, "view_directory")

    assert send(client, "patch", f"{PATH}/{one.pk}", reader, {"city": "X"}).status_code == 403
    assert client.get(f"{PATH}/{one.pk}", headers=reader).status_code == 200


def test_clinicians_of_another_organisation_do_not_exist(client, organisation, manager):
    with acting_in(OrganisationFactory().pk):
        foreign = ClinicianFactory()

    assert client.get(f"{PATH}/{foreign.pk}", headers=manager).status_code == 404
    assert send(client, "patch", f"{PATH}/{foreign.pk}", manager, {"city": "X"}).status_code == 404


def test_a_guarded_fact_waits_for_a_second_person(client, organisation, manager):
    one = ClinicianFactory(full_name="Avery Before")
    path, body = f"{PATH}/{one.pk}", {"full_name": "Avery After", "city": "Pune"}

    refused = send(client, "patch", path, manager, body)
    assert (refused.status_code, refused.json()["code"]) == (409, "change_without_evidence")

    said = send(client, "patch", path, manager, body | {"evidence": "Licence of May"}).json()
    assert (said["full_name"], said["city"], said["waiting"]) == (
        *("Avery Before", "Pune", ["full_name"]),
    )


def test_a_person_is_added_and_corrected_with_the_institution(client, organisation, manager):
    body = {"full_name": "Avery Example", "city": "Pune", "institution": "Harbour Hospital"}
    added = send(client, "post", PATH, manager, body).json()
    assert added["institution"] == "Harbour Hospital"

    path = f"{PATH}/{added['id']}"
    moved = send(client, "patch", path, manager, {"institution": "Hill Clinic"}).json()
    assert moved["institution"] == "Hill Clinic"
    assert send(client, "patch", path, manager, {"city": "Nashik"}).json()["institution"]
    assert send(client, "patch", path, manager, {"institution": ""}).json()["institution"] is None
