import pytest
from django.urls import reverse

from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.curriculum import GapFactory
from tests.factories.directory import ClinicianFactory


def search(client, text):
    return client.get(reverse("search"), {"q": text})


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


def test_a_number_of_an_activity_or_a_gap_is_opened_at_once(client, organisation, coordinator):
    activity, gap = ActivityFactory(), GapFactory()

    assert search(client, activity.number.lower()).url == reverse("activity", args=[activity.pk])
    assert search(client, f" {gap.number} ").url == reverse("gap", args=[gap.pk])


def test_words_list_what_they_may_mean_by_kind(client, organisation, coordinator):
    ActivityFactory(title="Stroke care for Brennan ward")
    ClinicianFactory(full_name="Maeve Brennan")

    page = search(client, "brennan").content.decode()

    assert page.index("Maeve Brennan") < page.index("Stroke care for Brennan ward")


def test_nobody_finds_what_their_role_may_not_open(client, organisation):
    ClinicianFactory(full_name="Maeve Brennan", npi="1234567893")
    client.force_login(member(organisation, "door_staff"))

    for text in ("brennan", "1234567893"):
        assert "Brennan" not in search(client, text).content.decode().replace(f'"{text}"', "")


def test_nothing_of_another_organisation_is_found(client, organisation, coordinator):
    with acting_in(OrganisationFactory().pk):
        foreign = ActivityFactory(title="Foreign meeting")

    for text in ("foreign", foreign.number):
        page = search(client, text)
        assert page.status_code == 200
        assert "Foreign meeting" not in page.content.decode()


def test_an_empty_or_odd_question_is_no_error(client, organisation, coordinator):
    for text in ("", "   ", "%", "_", "'", "\0", "a" * 5000, "🙂", "1" * 300):
        assert search(client, text).status_code == 200
