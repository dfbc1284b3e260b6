from datetime import timedelta

import pytest
from django.urls import reverse

from symposia.accounts.actions.members import add_member
from symposia.accounts.models import Role
from symposia.activities.models import Activity
from symposia.outreach.actions.allotments import AllotmentFacts, allot_invitations
from symposia.outreach.models import Allotment
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, UserFactory, day_here, member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory, TerritoryFactory


@pytest.fixture
def activity(organisation):
    return ActivityFactory(state="open", mode="scientific")


@pytest.fixture
def manager(client, organisation):
    client.force_login(member(organisation, "coordinator"))
    return client


@pytest.fixture
def representative(organisation):
    scope = {"scope_kind": "territory", "scope_id": TerritoryFactory().pk}
    return member(organisation, "field_representative", **scope)


def allotment_of(activity, user, quantity=5):
    facts = AllotmentFacts(quantity, day_here() + timedelta(days=3))
    return allot_invitations(activity, user, facts, by=SYSTEM)


def test_invitations_are_allotted_with_the_approved_list(manager, activity, representative):
    one, other = ClinicianFactory.create_batch(2)

    page = manager.post(
        reverse("allotment_new", args=[activity.pk]),
        {
            "representative": str(representative.pk),
            "quantity": "40",
            "until_on": (day_here() + timedelta(days=5)).isoformat(),
            "approved": f"{one.email}\n\n {other.email} ",
        },
        follow=True,
    ).text

    allotment = Allotment.objects.get()
    assert str(representative) in page
    assert {each.clinician for each in allotment.approved.all()} == {one, other}


def test_a_line_that_names_several_is_said_to(manager, activity, representative):
    ClinicianFactory.create_batch(2, email="ward@example.org")

    answer = manager.post(
        reverse("allotment_new", args=[activity.pk]),
        {
            "representative": str(representative.pk),
            "quantity": "40",
            "until_on": day_here().isoformat(),
            "approved": "ward@example.org",
        },
    )

    assert answer.status_code == 422
    assert "Several people are known by: ward@example.org" in answer.text
    assert not Allotment.objects.exists()


def test_a_line_that_names_nobody_is_said_and_nothing_is_lost(manager, activity, representative):
    answer = manager.post(
        reverse("allotment_new", args=[activity.pk]),
        {
            "representative": str(representative.pk),
            "quantity": "40",
            "until_on": day_here().isoformat(),
            "approved": "nobody@example.org",
        },
    )

    assert answer.status_code == 422
    assert "Nobody in the directory is known by: nobody@example.org" in answer.text
    assert 'value="40"' in answer.text
    assert not Allotment.objects.exists()


def test_a_second_allotment_is_refused_in_words(manager, activity, representative):
    allotment_of(activity, representative)

    answer = manager.post(
        reverse("allotment_new", args=[activity.pk]),
        {
            "representative": str(representative.pk),
            "quantity": "1",
            "until_on": day_here().isoformat(),
        },
    )

    assert "holds invitations of this activity already" in answer.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_for_any_length(
    manager, activity, count, django_assert_max_num_queries
):
    for _ in range(count):
        allotment_of(activity, UserFactory())

    with django_assert_max_num_queries(25):
        manager.get(reverse("allotments", args=[activity.pk]))


def test_a_representative_sees_the_own_allotment_and_ends_none(client, activity, representative):
    mine, theirs = allotment_of(activity, representative), allotment_of(activity, UserFactory())
    client.force_login(representative)

    page = client.get(reverse("allotment", args=[mine.pk])).text
    assert "0 <small>of 5" in page
    assert client.get(reverse("allotment", args=[theirs.pk])).status_code == 404
    assert client.post(reverse("allotment_ending", args=[mine.pk])).status_code == 403


def test_whoever_plans_elsewhere_ends_no_allotment_of_their_own(client, organisation, activity):
    here, elsewhere = TerritoryFactory(), TerritoryFactory()
    Activity.objects.filter(pk=activity.pk).update(territory=here)
    user = member(organisation, "field_representative", scope_kind="territory", scope_id=here.pk)
    scope = {"scope_kind": "territory", "scope_id": elsewhere.pk}
    add_member(user, Role.objects.get(code="area_manager"), by=SYSTEM, **scope)
    allotment = allotment_of(activity, user)
    client.force_login(user)

    page = client.get(reverse("allotment", args=[allotment.pk])).text

    assert reverse("allotment_ending", args=[allotment.pk]) not in page
    assert client.post(reverse("allotment_ending", args=[allotment.pk])).status_code == 404


def test_what_is_left_is_given_back_at_once(manager, activity, representative):
    allotment = allotment_of(activity, representative)

    manager.post(reverse("allotment_ending", args=[allotment.pk]))
    page = manager.get(reverse("allotment", args=[allotment.pk])).text

    allotment.refresh_from_db()
    assert allotment.given_back == 5
    assert "Given back" in page


def test_another_organisations_allotment_is_not_there(manager, organisation):
    other = OrganisationFactory()
    with acting_in(other.pk):
        allotment = allotment_of(ActivityFactory(state="open"), UserFactory())

    assert manager.get(reverse("allotment", args=[allotment.pk])).status_code == 404
    assert manager.post(reverse("allotment_ending", args=[allotment.pk])).status_code == 404
