"""Whoever has a place at two activities at one time is seen before they stay away from one."""

from datetime import datetime

import pytest
import time_machine
from django.urls import reverse

from symposia.shared.tenancy import acting_in
from tests.api.test_money_rules_approvals import API, key
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db


def lasting(begins, ends):
    day = "2027-03-11T"
    return {
        "wall_starts": datetime.fromisoformat(day + begins),
        "wall_ends": datetime.fromisoformat(day + ends),
    }


EVENING, LATER, NEXT = (
    lasting("18:00", "20:00"),
    lasting("19:00", "21:00"),
    lasting("20:00", "22:00"),
)


@pytest.fixture(autouse=True)
def before_the_day():
    with time_machine.travel("2027-01-10T09:00Z"):
        yield


def places(clinician, *activities, **of_each):
    return [RegistrationFactory(clinician=clinician, activity=a, **of_each) for a in activities]


def shown(client):
    return client.get(reverse("double_places")).text


@pytest.fixture
def coordinator(client, organisation):
    client.force_login(member(organisation, "coordinator"))
    return client


def activity(title, **other):
    return ActivityFactory(title=title, **{"state": "open"} | other)


def test_both_places_are_listed_each_with_the_other(coordinator):
    first, second = activity("Sepsis hour", **EVENING), activity("Stroke hour", **LATER)
    person = ClinicianFactory(full_name="Ada Moreno")
    places(person, first, second)
    places(ClinicianFactory(full_name="Robin Vale"), first)

    page = shown(coordinator)

    assert page.count(">Ada Moreno<") == 2
    assert "Robin Vale" not in page
    assert "Places at one time" in coordinator.get(reverse("calendar")).text


@pytest.mark.parametrize(
    "other",
    [NEXT, LATER | {"state": "postponed"}, LATER | {"type": "internet_enduring"}],
    ids=["one after the other", "postponed", "there all year"],
)
def test_what_keeps_nobody_away_is_not_listed(coordinator, other):
    places(
        ClinicianFactory(full_name="Ada Moreno"),
        activity("Sepsis hour", **EVENING),
        activity("Stroke hour", **other),
    )

    assert "Nobody has a place at two activities at one time." in shown(coordinator)


def test_a_place_that_was_given_up_is_none(coordinator):
    person = ClinicianFactory(full_name="Ada Moreno")
    places(person, activity("Sepsis hour", **EVENING))
    places(person, activity("Stroke hour", **LATER), state="cancelled", cancelled_because="Ill")

    assert "Ada Moreno" not in shown(coordinator)


def test_programs_read_it_and_others_see_nothing_of_it(client, organisation):
    places(ClinicianFactory(), activity("Sepsis hour", **EVENING), activity("Stroke", **LATER))
    with acting_in((elsewhere := OrganisationFactory()).pk):
        headers_of_others = key(elsewhere, "coordinator")

    mine = client.get(f"{API}/registrations/double", headers=key(organisation, "coordinator"))
    theirs = client.get(f"{API}/registrations/double", headers=headers_of_others)

    assert {each["other_number"] != each["number"] for each in mine.json()["items"]} == {True}
    assert len(mine.json()["items"]) == 2
    assert theirs.json()["items"] == []
