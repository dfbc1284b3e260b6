import uuid

import pytest
from django.urls import reverse

from symposia.registrations.actions.places import register_clinician
from symposia.registrations.actions.shares import ShareFacts, set_places_apart
from symposia.registrations.models import Share
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
def activity(organisation):
    return ActivityFactory(state="open", capacity=3, delivery="hybrid")


def get(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def post(client, page, *args, **values):
    return client.post(reverse(page, args=args), {"idempotency_key": uuid.uuid4(), **values})


def test_places_are_kept_for_a_profession_and_listed(client, coordinator, activity):
    answer = post(client, "share_new", activity.pk, whom="nurse", capacity="2")
    page = client.get(answer.url).content.decode()

    share = Share.objects.get()
    assert (share.name, share.profession, share.capacity) == ("Nurse", "nurse", 2)
    assert "2 free and kept for groups, 0 waiting." in page


def test_a_form_of_attendance_gets_a_limit(client, coordinator, activity):
    post(client, "share_new", activity.pk, whom="in_person", capacity="2")

    assert Share.objects.get().form == "in_person"


def test_a_group_needs_a_name(client, coordinator, activity):
    answer = post(client, "share_new", activity.pk, capacity="2")

    assert answer.status_code == 422
    assert "Say what the group is called." in answer.content.decode()


def test_what_cannot_be_kept_is_said_and_nothing_is_lost(client, coordinator, activity):
    answer = post(client, "share_new", activity.pk, name="Guests", capacity="9")

    assert "9 more cannot be kept: places free for everybody: 3." in answer.content.decode()
    assert 'value="Guests"' in answer.content.decode()
    assert not Share.objects.exists()


def test_places_are_given_back(client, coordinator, activity):
    share = set_places_apart(activity, ShareFacts(name="Guests"), 2, by=SYSTEM)

    shown = get(client, "share", share.pk).content.decode()
    answer = post(client, "share", share.pk, capacity="0")

    share.refresh_from_db()
    assert 'value="2"' in shown
    assert answer.url == reverse("activity_places", args=[activity.pk])
    assert share.capacity == 0


def test_another_number_of_places_says_whom_it_moves_and_changes_nothing(
    client, coordinator, activity
):
    for name in ("Asha", "Bina", "Chitra", "Devika"):
        person = ClinicianFactory(full_name=name)
        last = register_clinician(person, activity, source="open", by=SYSTEM)

    page = get(client, "activity_places", activity.pk, capacity="4").content.decode()
    wrong = get(client, "activity_places", activity.pk, capacity="many").content.decode()

    last.refresh_from_db()
    assert "With 4 places, 1 person who waits gets one." in page
    assert "Devika" in page
    assert "Say a whole number of places." in wrong
    assert last.is_queued


@pytest.mark.parametrize("name", ["activity_places", "share_new", "share"])
def test_the_places_of_another_organisation_do_not_exist(client, coordinator, name):
    assert get(client, name, uuid.uuid4()).status_code == 404
