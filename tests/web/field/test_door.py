"""At the door with the phone: the own doctors, and whoever comes without a place."""

import uuid

import pytest
from django.urls import reverse

from symposia.attendance.actions import Scan, record_scan
from symposia.attendance.models import PresenceEvidence, UnmatchedPerson
from symposia.registrations.models import Registration
from symposia.shared.actors import SYSTEM
from tests.factories.directory import ClinicianFactory, TerritoryFactory
from tests.factories.registrations import RegistrationFactory
from tests.web.field.test_inviting import Field


@pytest.fixture
def field(organisation, client):
    made = Field(organisation)
    client.force_login(made.user)
    return made


def test_i_check_in_my_own_doctors_and_see_no_others(client, field):
    mine = RegistrationFactory(activity=field.activity, clinician=field.doctors[0])
    elsewhere = RegistrationFactory(
        activity=field.activity, clinician=ClinicianFactory(territory=TerritoryFactory())
    )

    said = client.get(field.page("field_sign_in")).text
    assert mine.clinician.full_name in said
    assert elsewhere.clinician.full_name not in said
    answer = client.post(field.page("field_check_in", mine.pk), follow=True)

    assert f"{mine.clinician.called} is checked in." in answer.text
    assert "1 of 1 of my doctors are here" in answer.text
    assert client.post(field.page("field_check_in", elsewhere.pk)).status_code == 404
    assert PresenceEvidence.objects.get().by_name == str(field.user)


def test_the_door_itself_finds_my_own_doctors_alone(client, field):
    mine = RegistrationFactory(activity=field.activity, clinician=field.doctors[0])
    other = RegistrationFactory(
        activity=field.activity,
        clinician=ClinicianFactory(full_name="Avery Elsewhere", territory=TerritoryFactory()),
    )

    said = client.get(field.page("door_search"), {"q": "avery"}).text

    assert mine.clinician.full_name in said
    assert other.clinician.full_name not in said


def test_the_same_form_twice_is_one_observation(client, field):
    place = RegistrationFactory(activity=field.activity, clinician=field.doctors[0])
    form = {"idempotency_key": str(uuid.uuid4())}

    for _each in range(2):
        client.post(field.page("field_check_in", place.pk), form)

    assert PresenceEvidence.objects.count() == 1


def test_one_of_mine_without_a_place_is_found_by_name_and_let_in(client, field):
    person = ClinicianFactory(full_name="Nilima Rao", territory=field.territory)
    here = field.page("field_walk_in_known", person.pk)

    assert here in client.get(field.page("field_sign_in"), {"q": person.full_name}).text
    assert person.full_name in client.get(here).text
    answer = client.post(here, follow=True)

    assert f"{person.called} is checked in." in answer.text
    assert Registration.objects.get().source == "walk_in"


def test_a_full_room_is_said_and_asks_once_more(client, field):
    field.activity.capacity = 1
    field.activity.save()
    RegistrationFactory(activity=field.activity)
    somebody = {"full_name": "Nilima Rao", "profession": "physician", "email": ""}

    refused = client.post(field.page("field_walk_in"), somebody)
    assert refused.status_code == 422
    assert "let the person in all the same" in refused.text
    client.post(field.page("field_walk_in"), {**somebody, "beyond_capacity": "on"})

    assert Registration.objects.get(clinician__full_name="Nilima Rao").beyond_capacity


def test_nobody_is_not_let_in(client, field):
    answer = client.post(field.page("field_walk_in"), {"full_name": "", "profession": "physician"})

    assert answer.status_code == 422
    assert not Registration.objects.exists()


def test_a_doctor_of_another_territory_is_not_mine_to_let_in(client, field):
    other = ClinicianFactory(territory=TerritoryFactory())

    here = reverse("field_walk_in_known", args=[field.activity.pk, other.pk])
    assert client.post(here).status_code == 404


def test_i_take_my_own_check_in_back_and_nobody_elses(client, field):
    mine = RegistrationFactory(activity=field.activity, clinician=field.doctors[0])
    said = client.post(field.page("field_check_in", mine.pk), follow=True).text
    assert field.page("field_check_in_undo", mine.pk) in said

    answer = client.post(field.page("field_check_in_undo", mine.pk), follow=True).text
    again = client.post(field.page("field_check_in_undo", mine.pk), follow=True).text

    assert f"The check-in of {mine.clinician.called} is taken back." in answer
    assert "0 of 1 of my doctors are here" in answer
    assert "There is nothing to take back." in again
    record_scan(Scan(uuid.uuid4(), field.activity.pk, mine.pk), by=SYSTEM)
    page = client.get(field.page("field_sign_in")).text
    assert "1 of 1 of my doctors are here" in page
    assert field.page("field_check_in_undo", mine.pk) not in page


def test_another_territorys_doctor_is_neither_let_in_nor_named(client, field):
    other = ClinicianFactory(
        full_name="Avery Elsewhere", territory=TerritoryFactory(), email="avery@example.org"
    )
    place = RegistrationFactory(
        activity=field.activity, clinician=ClinicianFactory(territory=TerritoryFactory())
    )

    def key():
        return {"idempotency_key": str(uuid.uuid4())}

    chosen = client.post(field.page("door_walk_ins"), {"clinician": str(other.pk), **key()})
    checked = client.post(
        field.page("door_check"), {"registration": str(place.pk), "kind": "in", **key()}
    )
    assert (chosen.status_code, checked.status_code) == (422, 404)
    assert not PresenceEvidence.objects.exists()

    told = {"full_name": "A. Elsewhere", "profession": "physician", "email": other.email}
    for name in ("field_walk_in", "door_walk_ins"):
        answer = client.post(field.page(name), {**told, **key()}, follow=True).text
        assert "A. Elsewhere" in answer
        assert "Avery" not in answer
    assert not Registration.objects.filter(clinician=other).exists()
    assert UnmatchedPerson.objects.get().email == other.email
