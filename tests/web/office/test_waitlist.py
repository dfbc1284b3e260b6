import uuid

import pytest
from django.urls import reverse

from symposia.registrations.actions.line import set_waitlist_terms
from symposia.registrations.actions.parties import register_party
from symposia.registrations.actions.places import cancel_registration, register_clinician
from symposia.registrations.models import Registration, WaitlistTerms
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


@pytest.fixture
def full(organisation):
    """Two places: one taken; a party of two waits, and somebody behind it."""
    activity = ActivityFactory(state="open", capacity=2)
    register(activity, "Radhika Iyer")
    people = [ClinicianFactory(full_name="Nilima Rao"), ClinicianFactory(full_name="Asha Menon")]
    register_party(people, activity, name="Ward 3", source="office", by=SYSTEM)
    register(activity, "Meera Nair")
    return activity


def register(activity, name):
    clinician = ClinicianFactory(full_name=name)
    return register_clinician(clinician, activity, source="open", by=SYSTEM)


def get(client, name, *args):
    return client.get(reverse(name, args=args))


def post(client, name, *args, **values):
    return client.post(reverse(name, args=args), {"idempotency_key": uuid.uuid4(), **values})


def test_the_waitlist_says_for_each_why_no_place_is_theirs(client, coordinator, full):
    page = get(client, "activity_waitlist", full.pk).content.decode()

    assert "3 on the waitlist, 0 with an offer to answer" in page
    assert "The party needs 2, and comes together or not at all." in page
    assert "Somebody earlier in the line waits" in page
    assert "2 people wait for this." in page
    assert "Ward 3" in page
    assert "Radhika Iyer" not in page


def test_the_files_of_the_waitlist_carry_position_and_reason(client, coordinator, full):
    file = client.get(reverse("activity_waitlist_csv", kwargs={"activity_pk": full.pk}))
    lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()

    assert [line.split(",")[0] for line in lines[1:]] == ["1", "2", "3"]
    assert "Nobody is passed over." in lines[3]


def test_the_terms_are_settled_and_whoever_fits_gets_a_place(client, coordinator, full):
    answer = post(client, "waitlist_terms", full.pk, offer_hours="24", passes_over="on")

    assert answer.url == reverse("activity_waitlist", args=[full.pk])
    terms = WaitlistTerms.objects.get()
    assert (terms.offer_hours, terms.passes_over) == (24, True)
    last = Registration.objects.get(clinician__full_name="Meera Nair")
    assert last.state == "offered"
    shown = get(client, "waitlist_terms", full.pk).content.decode()
    assert 'value="24"' in shown


def test_hours_that_are_none_are_said_at_the_field(client, coordinator, full):
    answer = post(client, "waitlist_terms", full.pk, offer_hours="0")

    assert answer.status_code == 422
    assert not WaitlistTerms.objects.exists()


def test_the_waitlist_of_what_is_over_is_settled_no_more(client, coordinator, organisation):
    over = ActivityFactory(state="held")

    answer = post(client, "waitlist_terms", over.pk, offer_hours="24")

    assert "This activity is over." in answer.content.decode()


def test_an_offer_is_taken_for_somebody_who_telephones(client, coordinator, organisation):
    activity = ActivityFactory(state="open", capacity=1)
    set_waitlist_terms(activity, offer_hours=24, passes_over=False, by=SYSTEM)
    first, second = register(activity, "Radhika Iyer"), register(activity, "Meera Nair")
    cancel_registration(first, by=SYSTEM)

    page = get(client, "registration", second.pk).content.decode()
    post(client, "registration_acceptance", second.pk)
    again = client.post(
        reverse("registration_acceptance", args=[second.pk]),
        {"idempotency_key": uuid.uuid4()},
        follow=True,
    )

    second.refresh_from_db()
    assert "Confirm the place" in page
    assert second.is_confirmed
    assert "No place is offered here." in again.content.decode()


def test_the_registration_of_whoever_waits_says_why(client, coordinator, full):
    last = Registration.objects.get(clinician__full_name="Meera Nair")

    page = get(client, "registration", last.pk).content.decode()

    assert "Nobody is passed over." in page


@pytest.mark.parametrize("name", ["activity_waitlist", "waitlist_terms"])
def test_the_waitlist_of_another_organisation_does_not_exist(client, coordinator, name):
    assert get(client, name, uuid.uuid4()).status_code == 404
