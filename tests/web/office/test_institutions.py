import pytest
from django.urls import reverse

from symposia.audit.models import Entry
from symposia.audit.verification import verify_journal
from symposia.directory.actions.institutions import (
    InstitutionFacts,
    change_institution,
    enter_institution,
)
from symposia.directory.models import Institution
from symposia.directory.policies.institutions import (
    BAD_COUNTRY,
    INSTITUTION_TAKEN,
    INSTITUTION_UNNAMED,
)
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.api.test_clinicians import bearer, send
from tests.factories.accounts import member
from tests.factories.directory import ClinicianFactory, InstitutionFactory

API = "/api/v1/institutions"


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


def at(name, *args):
    return reverse(name, args=args)


def refusal(work):
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.objection


def test_a_house_is_noted_and_corrected(client, coordinator):
    said = {"name": "Tara  Clinic", "kind": "clinic", "city": "Pune", "country": "in"}
    answer = client.post(at("institution_new"), said)
    house = Institution.objects.get()
    assert (house.name, house.country) == ("Tara Clinic", "IN")
    assert "Tara Clinic" in client.get(answer.url).text

    assert 'value="Pune"' in client.get(at("institution_edit", house.pk)).text
    client.post(at("institution_edit", house.pk), said | {"name": "Tara Hospital"})

    assert "Tara Hospital" in client.get(at("institutions")).text
    entry = Entry.objects.get(action="institution.changed")
    assert entry.details["changes"] == [
        {"field": "name", "was": "Tara Clinic", "now": "Tara Hospital"}
    ]
    assert verify_journal().holds


def test_who_works_there_is_known_by_the_new_name_at_once(organisation):
    person = ClinicianFactory(institution=InstitutionFactory(name="Old Name"))
    house = person.institution

    change_institution(house, InstitutionFacts("New Name", city=house.city), by=SYSTEM)

    person.refresh_from_db()
    assert person.institution.name == "New Name"


def test_a_house_has_a_name_of_its_own_in_its_city(client, coordinator):
    house = InstitutionFactory(name="Tara Clinic", city="Pune")
    other = enter_institution(InstitutionFacts("Tara Clinic", city="Goa"), by=SYSTEM)

    same = InstitutionFacts("tara clinic", city="pune")
    assert refusal(lambda: enter_institution(same, by=SYSTEM)) == INSTITUTION_TAKEN
    assert refusal(lambda: change_institution(other, same, by=SYSTEM)) == INSTITUTION_TAKEN
    assert change_institution(house, same, by=SYSTEM).name == "tara clinic"
    assert (
        refusal(lambda: enter_institution(InstitutionFacts(" "), by=SYSTEM)) == INSTITUTION_UNNAMED
    )
    wrong = InstitutionFacts("A", country="1N")
    assert refusal(lambda: enter_institution(wrong, by=SYSTEM)) == BAD_COUNTRY
    answer = client.post(
        at("institution_edit", other.pk), {"name": "Tara clinic", "kind": "clinic", "city": "Pune"}
    )
    assert answer.status_code == 422
    assert "is in the directory already" in answer.text


def test_who_only_looks_corrects_nothing(client, organisation):
    house = InstitutionFactory()
    client.force_login(member(organisation, "executive"))

    assert client.get(at("institution_new")).status_code == 403
    assert client.post(at("institution_edit", house.pk), {"name": "X"}).status_code == 403


def test_programs_note_and_correct_a_house(client, organisation):
    headers = bearer(organisation, "view_directory", "manage_directory")

    made = send(client, "post", API, headers, {"name": "Tara Clinic", "city": "Pune"})
    path = f"{API}/{made.json()['id']}"
    changed = send(client, "put", path, headers, {"name": "Tara Clinic", "city": "Goa"})
    again = send(client, "post", API, headers, {"name": "Tara Clinic", "city": "Goa"})

    assert (made.status_code, changed.json()["city"]) == (201, "Goa")
    assert (again.status_code, again.json()["code"]) == (409, "institution_taken")
    assert [each["name"] for each in client.get(API, headers=headers).json()["items"]] == [
        "Tara Clinic"
    ]
