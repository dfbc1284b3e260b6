"""What the directory knows of a venue is told to the rules, and shown while one chooses."""

import pytest

from symposia.activities.actions.venues import VenueFacts, add_room, add_venue, choose_venue
from symposia.activities.models import Activity
from symposia.activities.venue_choice import candidates_for, said_of_venue
from symposia.activities.venue_facts import facts_of_venue, known_of
from symposia.compliance.models import OwnParameter
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.activities import ActivityFactory

pytestmark = pytest.mark.django_db
PLACE = {"venue_name": "Palm Shore", "city": "Panaji", "country": "IN"}


@pytest.fixture
def company(db):
    made = OrganisationFactory(kind="company", country="IN", currency="INR", zone="Asia/Kolkata")
    with acting_in(made.pk):
        yield made


def house(name="Palm Shore", city="Panaji", country="IN", **more):
    return add_venue(VenueFacts(name, city, country, **more), by=SYSTEM)


def meeting(**facts):
    return ActivityFactory(mode="scientific", type="round_table", **PLACE | facts)


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ({}, {}),
        ({"kind": "resort"}, {"venue_kind": "resort", "venue_is_luxury": True}),
        (
            {"kind": "resort", "is_renowned": False},
            {"venue_kind": "resort", "venue_is_luxury": True},
        ),
        ({"kind": "hotel", "stars": 4}, {"venue_kind": "hotel", "venue_stars": 4}),
        ({"is_renowned": False}, {"venue_is_luxury": False}),
        ({"kind": "hotel", "is_renowned": True}, {"venue_kind": "hotel", "venue_is_luxury": True}),
    ],
    ids=["nothing said", "a resort", "a resort is one", "a hotel", "modest", "a famous hotel"],
)
def test_what_rules_are_told_of_a_venue(company, said, known):
    assert known_of(house(**said)) == known


def test_the_venue_of_an_activity_is_known_by_its_name_and_city(company):
    house(kind="resort")

    assert facts_of_venue(meeting(venue_name="PALM shore").pk)["venue_is_luxury"] is True
    assert facts_of_venue(meeting(city="Pune").pk) == {}
    assert facts_of_venue(meeting(delivery="online").pk) == {}


def test_each_venue_is_judged_with_its_source(company):
    house(kind="resort", stars=5)
    modest = house("Hill House", kind="centre", is_renowned=False)
    abroad = house("Lake House", "Kandy", "LK", is_renowned=False)
    add_room(modest, name="Hall", seats=40, by=SYSTEM)

    found = {each.venue.name: each for each in candidates_for(meeting(expected_attendance=50))}

    assert found["Palm Shore"].result == "block"
    said = found["Palm Shore"].said[0]
    assert (said.rule, said.message) == ("IN-6", "The venue is known for luxury or leisure.")
    assert "Uniform Code" in said.citation
    assert found["Hill House"].result == "pass"
    assert (found["Hill House"].seats, found["Hill House"].is_too_small) == (40, True)
    assert found[abroad.name].said[0].rule == "IN-1"


@pytest.mark.parametrize(("stars", "result"), [(4, "pass"), (5, "block"), (None, "pass")])
def test_an_own_cap_of_stars_speaks_from_its_day(company, stars, result):
    house(kind="hotel", stars=stars, is_renowned=False)
    OwnParameter.objects.create(
        pack_code="organisation-policy",
        name="most_stars",
        value="4",
        effective_from="2020-01-01",
        reason="Policy 7",
        set_by_name="Meera",
    )

    assert candidates_for(meeting())[0].result == result


def test_the_nearest_come_first(company):
    house("A far house", "Kochi")
    house("Near house")

    assert [each.venue.name for each in candidates_for(meeting())] == ["Near house", "A far house"]


def test_a_venue_by_itself_is_judged_too(company):
    assert said_of_venue(house(kind="entertainment"), meeting().wall_starts.date())[0].result == (
        "block"
    )


def test_choosing_fills_in_the_place(company):
    there, activity = house("Hill House", "Pune", address="8 Hill Road"), meeting()

    choose_venue(activity, there, seen_version=activity.version, by=SYSTEM)

    activity = Activity.objects.get()
    assert (activity.venue_name, activity.venue_address) == ("Hill House", "8 Hill Road")
    assert (activity.city, activity.country) == ("Pune", "IN")


@pytest.mark.parametrize(
    ("state", "retired", "code"),
    [("open", False, "activity_frozen"), ("draft", True, "venue_retired")],
)
def test_what_is_not_chosen(company, state, retired, code):
    there, activity = house(), meeting(state=state)
    if retired:
        there.retired_at, there.retired_because = activity.starts_at, "Closed"
        there.save()

    with pytest.raises(Refused) as refused:
        choose_venue(activity, there, seen_version=activity.version, by=SYSTEM)

    assert refused.value.objection.code == code
