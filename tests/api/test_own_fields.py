import pytest

from symposia.directory.actions.own_fields import add_own_field
from symposia.directory.models import ChangeRequest, OwnField, OwnValue
from symposia.directory.policies.own import OwnFieldFacts
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.api.test_clinicians import bearer, send
from tests.factories.accounts import OrganisationFactory
from tests.factories.directory import ClinicianFactory, InstitutionFactory

PATH = "/api/v1/own-fields"
PEOPLE = "/api/v1/clinicians"
HOUSES = "/api/v1/institutions"


@pytest.fixture
def administrator(organisation):
    return bearer(organisation, "manage_organisation", role="administrator")


@pytest.fixture
def manager(organisation):
    return bearer(organisation, "view_directory", "manage_directory", "view_money")


def added(label="Parking", kind="text", of="clinician", **said):
    return add_own_field(of, OwnFieldFacts(label, kind, **said), by=SYSTEM)


def test_a_field_is_added_changed_retired_and_removed(client, administrator):
    said = {"label": "Wing", "kind": "one", "options": ["North", "South"], "permission": None}
    made = send(client, "post", PATH, administrator, said | {"of": "clinician"})
    assert made.status_code == 201
    assert made.json()["code"] == "wing"
    one = f"{PATH}/{made.json()['id']}"

    changed = send(client, "put", one, administrator, said | {"permission": "view_money"})
    assert changed.json()["permission"] == "view_money"
    assert not client.post(f"{one}/retirement", headers=administrator).json()["is_standing"]
    assert client.post(f"{one}/returning", headers=administrator).json()["is_standing"]
    assert client.get(PATH, headers=administrator).json()["items"][0]["label"] == "Wing"
    assert client.post(f"{one}/removal", headers=administrator).status_code == 204
    assert not OwnField.objects.exists()


def test_a_refusal_has_its_code_and_the_gates_are_those_of_the_pages(
    client, administrator, manager
):
    said = {"label": "Wing", "kind": "one", "of": "clinician"}

    answer = send(client, "post", PATH, administrator, said)

    assert answer.status_code == 409
    assert answer.json()["code"] == "own_field_without_words"
    assert send(client, "post", PATH, manager, said).status_code == 403
    assert client.get(PATH, headers=manager).status_code == 403
    with acting_in(OrganisationFactory().pk):
        foreign = added()
    path = f"{PATH}/{foreign.pk}/retirement"
    assert client.post(path, headers=administrator).status_code == 404


def test_a_program_reads_and_writes_what_fields_say(client, manager):
    added("Parking", "yes_no")
    added("Beds", "number", is_required=True)
    added("Tongues", "several", options=("Hindi", "Marathi"))
    added("Dispute", permission="view_journal")
    fields = client.get(f"{PATH}/seen", headers=manager).json()
    assert [each["code"] for each in fields] == ["beds", "parking", "tongues"]

    missing = send(client, "post", PEOPLE, manager, {"full_name": "Asha Rao"})
    assert missing.json()["code"] == "own_field_needed"
    own = {"parking": True, "beds": 2.5, "tongues": ["Marathi", "Hindi"]}
    made = send(client, "post", PEOPLE, manager, {"full_name": "Asha Rao", "own": own})
    assert made.status_code == 201
    assert made.json()["own"] == own | {"tongues": ["Hindi", "Marathi"]}

    path = f"{PEOPLE}/{made.json()['id']}"
    changed = send(client, "patch", path, manager, {"own": {"parking": None, "beds": "3"}})
    assert changed.json()["own"] == {"parking": None, "beds": 3, "tongues": ["Hindi", "Marathi"]}
    wrong = send(client, "patch", path, manager, {"own": {"parking": "maybe"}})
    assert wrong.json()["code"] == "own_not_yes_or_no"
    assert "Parking: expected yes or no" in wrong.text
    hidden = send(client, "patch", path, manager, {"own": {"dispute": "An open bill"}})
    assert hidden.json()["code"] == "no_such_own_field"
    item = client.get(PEOPLE, headers=manager).json()["items"][0]
    assert (item["own_beds"], item["own_tongues"]) == ("3", "Hindi; Marathi")
    assert "own_dispute" not in item


def test_what_two_people_change_waits(client, manager):
    field, person = added("Line manager", by_two=True), ClinicianFactory()
    path = f"{PEOPLE}/{person.pk}"
    send(client, "patch", path, manager, {"own": {"line_manager": "Dr Iyer"}})

    said = {"own": {"line_manager": "Dr Khan"}, "evidence": "Her letter"}
    answer = send(client, "patch", path, manager, said)

    assert answer.json()["waiting"] == ["own_line_manager"]
    assert answer.json()["own"] == {"line_manager": "Dr Iyer"}
    assert ChangeRequest.objects.get().own_field == field


def test_a_program_asks_for_a_change(client, organisation, manager):
    added("Parking", "yes_no")
    person = ClinicianFactory()
    said = {"clinician": str(person.pk), "field": "own", "now": "yes", "evidence": "She said so"}

    unnamed = send(client, "post", "/api/v1/changes", manager, said)
    asked = send(client, "post", "/api/v1/changes", manager, said | {"own": "parking"})

    assert unnamed.json()["code"] == "no_such_own_field"
    assert asked.status_code == 201
    assert (asked.json()["own"], asked.json()["now"]) == ("parking", "yes")


def test_institutions_say_it_too(client, manager):
    added("Beds", "number", of="institution")
    house = InstitutionFactory()
    said = {"name": house.name, "city": house.city, "own": {"beds": 320}}

    changed = send(client, "put", f"{HOUSES}/{house.pk}", manager, said)

    assert changed.json()["own"] == {"beds": 320}
    assert client.get(f"{HOUSES}/{house.pk}", headers=manager).json()["own"] == {"beds": 320}
    new = send(client, "post", HOUSES, manager, {"name": "Mercy", "own": {"beds": 90}})
    assert new.json()["own"] == {"beds": 90}
    assert OwnValue.objects.count() == 2
