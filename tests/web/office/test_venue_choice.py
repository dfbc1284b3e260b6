import pytest
from django.urls import reverse

from symposia.activities.actions.venues import VenueFacts, add_venue
from symposia.activities.models import Activity, Venue
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory


@pytest.fixture
def company(db):
    made = OrganisationFactory(kind="company", country="IN", currency="INR", zone="Asia/Kolkata")
    with acting_in(made.pk):
        yield made


@pytest.fixture
def planner(client, company):
    user = member(company, "medical_affairs")
    client.force_login(user)
    return user


@pytest.fixture
def activity(company):
    return ActivityFactory(mode="scientific", type="round_table", city="Panaji", country="IN")


@pytest.fixture
def resort(company):
    facts = VenueFacts("Palm Shore", "Panaji", "IN", kind="resort", stars=5)
    return add_venue(facts, by=SYSTEM)


def test_the_page_shows_verdict_and_source_and_chooses(client, planner, activity, resort):
    page = reverse("activity_venue", args=[activity.pk])
    text = client.get(page).text
    assert "The venue is known for luxury or leisure." in text
    assert "Uniform Code for Pharmaceutical Marketing Practices" in text
    assert "5 stars" in text

    answer = client.post(page, {"venue": resort.pk, "seen_version": activity.version}, follow=True)

    assert "It takes place at Palm Shore." in answer.text
    assert Activity.objects.get().venue_name == "Palm Shore"
    assert (
        "known for luxury or leisure"
        in client.get(reverse("activity_rules", args=[activity.pk])).text
    )


def test_a_refusal_is_told_in_words(client, planner, activity, resort):
    page = reverse("activity_venue", args=[activity.pk])

    answer = client.post(page, {"venue": resort.pk, "seen_version": 99}, follow=True)

    assert "changed" in answer.text
    assert Activity.objects.get().venue_name != "Palm Shore"


def test_another_organisations_activity_is_not_found(client, planner, activity):
    other = activity.organisation_id

    assert client.get(reverse("activity_venue", args=[other])).status_code == 404


def test_whoever_does_not_plan_chooses_nothing(client, company, activity):
    client.force_login(member(company, "publisher"))

    assert client.get(reverse("activity_venue", args=[activity.pk])).status_code == 403


def test_a_venue_says_what_it_is_and_what_the_rules_say_of_it(client, planner, resort):
    text = client.get(reverse("venue", args=[resort.pk])).text
    assert "Resort or spa" in text
    assert "The venue is known for luxury or leisure." in text

    facts = {"name": "Hill", "city": "Pune", "country": "IN", "kind": "hotel", "stars": "4"}
    client.post(reverse("venue_new"), facts | {"is_renowned": "no"})

    made = Venue.objects.get(name="Hill")
    assert (made.kind, made.stars, made.is_renowned) == ("hotel", 4, False)
    edit = reverse("venue_edit", args=[made.pk])
    assert 'value="no" selected' in client.get(edit).text
    client.post(edit, facts | {"stars": "", "is_renowned": "", "seen_version": made.version})
    made.refresh_from_db()
    assert (made.stars, made.is_renowned) == (None, None)
