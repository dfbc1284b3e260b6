"""A room with fewer seats than people are expected is seen before the day."""

import pytest
from django.urls import reverse

from symposia.activities.actions.venues import VenueFacts, add_room, add_venue
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.api.test_money_rules_approvals import API, key
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory, SessionFactory

pytestmark = pytest.mark.django_db


def in_a_room(seats, **of_activity):
    """A session of an activity in a room of its own."""
    venue = add_venue(VenueFacts(f"Harbour {seats}", "Boston", "US"), by=SYSTEM)
    room = add_room(venue, name="Hall A", seats=seats, by=SYSTEM)
    activity = ActivityFactory(**{"expected_attendance": 80} | of_activity)
    return SessionFactory(activity=activity, title="Opening", place=room, room="Hall A")


@pytest.fixture
def coordinator(client, organisation):
    client.force_login(member(organisation, "coordinator"))
    return client


def shown(client):
    return client.get(reverse("small_rooms")).text


def test_a_room_with_too_few_seats_is_listed_with_both_numbers(coordinator):
    session = in_a_room(40)

    page = shown(coordinator)

    assert session.activity.number in page
    assert "Harbour 40" in page
    assert "Rooms too small" in coordinator.get(reverse("venues")).text


@pytest.mark.parametrize(
    ("seats", "of_activity"),
    [
        (80, {}),
        (None, {}),
        (40, {"expected_attendance": 0}),
        (40, {"state": "cancelled"}),
        (40, {"type": "internet_enduring"}),
    ],
    ids=["enough", "unknown", "nobody expected", "called off", "there all year"],
)
def test_what_fits_or_is_not_known_is_not_listed(coordinator, seats, of_activity):
    in_a_room(seats, **of_activity)

    assert "Every room that is kept has a seat" in shown(coordinator)


def test_of_sessions_side_by_side_nobody_knows_who_comes_to_which(coordinator):
    session = in_a_room(40)
    SessionFactory(activity=session.activity, title="The other")

    assert "Every room that is kept has a seat" in shown(coordinator)


def test_programs_read_it_and_others_see_nothing_of_it(client, organisation):
    in_a_room(40)
    with acting_in((elsewhere := OrganisationFactory()).pk):
        of_others = key(elsewhere, "coordinator")

    mine = client.get(f"{API}/venues/too-small", headers=key(organisation, "coordinator"))
    theirs = client.get(f"{API}/venues/too-small", headers=of_others)

    assert [(each["seats"], each["expected"]) for each in mine.json()["items"]] == [("40", "80")]
    assert theirs.json()["items"] == []
