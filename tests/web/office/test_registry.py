"""The public register in the office: look up, compare, take over, add."""

import uuid

import pytest
from django.urls import reverse

from symposia.directory.actions.clinicians import add_identifier
from symposia.directory.models import Clinician, RegistryLoad, Scheme
from symposia.shared.actors import SYSTEM
from tests.directory.register import entry, written_by_the_owner
from tests.factories.accounts import member
from tests.factories.directory import ClinicianFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client, organisation):
    client.force_login(member(organisation, "coordinator"))
    with written_by_the_owner():
        yield client


def post(client, name, *args, **said):
    return client.post(reverse(name, args=args), said | {"idempotency_key": uuid.uuid4()})


def test_without_a_register_nobody_is_said_to_be_missing_from_it(coordinator):
    page = coordinator.get(reverse("registry"), {"q": "nobody"}).text

    assert "No register is loaded" in page
    assert "Nobody found" not in page


def test_a_person_is_looked_up_and_added(coordinator):
    made = entry()
    RegistryLoad.objects.create(file_name="npidata.csv", sha256="0" * 64, told_on="2026-11-08")
    entry(number="1679576722", full_name="JONAS MEERA", display_name="Jonas Meera")
    here = reverse("registry")

    page = coordinator.get(here, {"q": "rao me"}).text
    assert "Meera Joshi Rao" in page
    assert "Jonas" not in page
    assert "Nobody found" in coordinator.get(here, {"q": "nobody"}).text
    added = post(coordinator, "registry_add", made.number)

    assert added.url == reverse("clinician", args=[Clinician.objects.get().pk])
    assert "Meera Joshi Rao</a>" in coordinator.get(here, {"q": made.number}).text
    again = post(coordinator, "registry_add", made.number)
    assert again.url == here


def test_fields_are_taken_over_from_the_page_of_a_person(coordinator):
    made = entry()
    person = ClinicianFactory(full_name="Meera Joshi Rao", city="Salem")
    add_identifier(person, scheme=Scheme.NPI, number=made.number, by=SYSTEM)
    here = reverse("clinician_registry", args=[person.pk])
    assert 'value="city"' in coordinator.get(here).text

    answer = post(coordinator, "clinician_registry_fill", person.pk, field=["city"])

    person.refresh_from_db()
    assert (answer.url, person.city) == (here, "Boston")
    assert 'value="city"' not in coordinator.get(here).text


def test_whoever_has_no_number_is_shown_who_it_may_be(coordinator):
    entry()
    person = ClinicianFactory(full_name="Meera Rao")

    page = coordinator.get(reverse("clinician_registry", args=[person.pk])).text

    assert "1234567893" in page
