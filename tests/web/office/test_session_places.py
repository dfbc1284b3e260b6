import uuid

import pytest
from django.urls import reverse

from symposia.registrations.actions.replies import register_with_sessions
from symposia.registrations.actions.sessions import set_session_places
from symposia.registrations.models import SessionChoice, SessionPlaces
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.directory import ClinicianFactory


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


@pytest.fixture
def congress(organisation):
    return ActivityFactory(state="open", capacity=9, minutes=480)


@pytest.fixture
def workshop(congress):
    session = SessionFactory(activity=congress, minutes=60, title="Ultrasound workshop")
    set_session_places(session, 1, by=SYSTEM)
    return session


def get(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def post(client, page, *args, **values):
    return client.post(reverse(page, args=args), {"idempotency_key": uuid.uuid4(), **values})


def register(congress, workshop, name="Radhika Iyer"):
    clinician = ClinicianFactory(full_name=name)
    return register_with_sessions(clinician, congress, [workshop.pk], source="office", by=SYSTEM)


def test_a_session_gets_places_of_its_own_and_is_listed(client, coordinator, congress):
    session = SessionFactory(activity=congress, title="Suturing")
    before = get(client, "activity_sessions", congress.pk).text

    answer = post(client, "session_places", session.pk, capacity="30")

    assert "Give it places of its own" in before
    page = client.get(answer.url).text
    assert "Suturing" in page
    assert "Give it places of its own" not in page
    assert SessionPlaces.objects.get().capacity == 30


def test_an_empty_number_opens_the_session_to_everybody(client, coordinator, workshop):
    assert 'value="1"' in get(client, "session_places", workshop.pk).text

    post(client, "session_places", workshop.pk, capacity="")

    assert not SessionPlaces.objects.exists()


def test_fewer_than_are_taken_are_refused_in_words(client, coordinator, congress, workshop):
    register(congress, workshop)

    answer = post(client, "session_places", workshop.pk, capacity="0")

    assert answer.status_code == 422
    assert "1 place of this session is taken; it cannot have 0." in answer.text


def test_who_comes_to_which_session_is_listed_with_the_place_in_line(
    client, coordinator, congress, workshop
):
    register(congress, workshop)
    register(congress, workshop, "Kiran Shah")

    page = get(client, "activity_session_people", congress.pk, q="Kiran").text

    assert "Kiran Shah" in page
    assert "On the waitlist" in page
    assert "Radhika Iyer" not in page
    file = get(client, "activity_people_csv", congress.pk).getvalue().decode()
    assert "Ultrasound workshop" in file


def test_the_office_settles_the_sessions_of_somebody(client, coordinator, congress, workshop):
    made = register(congress, workshop)
    page = get(client, "registration", made.pk).text
    form = get(client, "registration_sessions", made.pk).text

    post(client, "registration_sessions", made.pk)

    assert "Ultrasound workshop" in page
    assert "checked" in form
    assert not SessionChoice.objects.current().exists()


@pytest.mark.parametrize("name", ["session_places", "registration_sessions"])
def test_what_is_not_mine_does_not_exist(client, coordinator, name):
    assert get(client, name, uuid.uuid4()).status_code == 404


def test_whoever_only_reads_changes_nothing(client, organisation, workshop):
    client.force_login(member(organisation, "publisher"))

    answer = post(client, "session_places", workshop.pk, capacity="5")

    assert answer.status_code in {403, 404}
    assert SessionPlaces.objects.get().capacity == 1
