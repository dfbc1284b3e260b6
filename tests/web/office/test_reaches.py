"""A role for a part: a territory or one activity, given on the page of access and by programs."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.memberships import member_of_user
from symposia.accounts.models import Grant, MembershipInvitation, Role
from symposia.accounts.queries import access_of
from symposia.activities.models import Activity
from symposia.directory.models import Territory
from symposia.shared.tenancy import acting_in
from tests.api.test_money_rules_approvals import API, JSON, key
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client, organisation):
    client.force_login(member(organisation, "administrator"))
    return client


@pytest.fixture
def colleague(organisation):
    return member(organisation, "executive")


def role(code="door_staff"):
    return str(Role.objects.get(code=code).pk)


def reach_of(user):
    return reverse("access_grant", args=[member_of_user(user).pk])


def held(user, code="door_staff"):
    return Grant.objects.filter(membership__user=user, role__code=code)


def test_a_colleague_works_for_one_activity_alone_until_a_day(
    administrator, organisation, colleague
):
    activity = ActivityFactory()
    said = {"role": role("coordinator"), "activity": activity.number.lower(), "until": "2099-01-31"}

    page = administrator.post(reach_of(colleague), said, follow=True).text

    assert f"({activity})" in page
    grant = held(colleague, "coordinator").get()
    assert (grant.scope_kind, grant.scope_id) == ("activity", activity.pk)
    assert grant.valid_until.year == 2099
    administrator.force_login(member(organisation, "coordinator"))
    shown = administrator.get(reverse("activity_externals", args=[activity.pk])).text
    assert "Colleagues with a role here alone" in shown
    assert str(colleague) in shown


def test_a_role_for_one_activity_opens_no_other(client, organisation):
    mine, other = ActivityFactory(), ActivityFactory()
    user = member(organisation, "coordinator", scope_kind="activity", scope_id=mine.pk)

    access = access_of(user, organisation, at=now())

    assert list(Activity.objects.visible_to(access)) == [mine]
    assert other not in Activity.objects.visible_to(access)


def test_a_role_is_limited_to_a_territory(administrator, colleague):
    north = Territory.objects.create(name="North", code="north")

    page = administrator.post(
        reach_of(colleague), {"role": role(), "territory": str(north.pk)}, follow=True
    )

    assert "(North)" in page.text
    assert held(colleague).get().scope_id == north.pk


@pytest.mark.parametrize(
    ("number", "words"),
    [("ACT-1999-9999", "No activity has the number"), ("", "")],
    ids=["unknown", "none"],
)
def test_a_number_that_is_none_is_said(administrator, colleague, number, words):
    answer = administrator.post(reach_of(colleague), {"role": role(), "activity": number})

    assert answer.status_code == (422 if words else 302)
    assert held(colleague).exists() is not bool(words)
    if words:
        assert words in answer.text


def test_one_reach_is_chosen_not_two(administrator, colleague):
    north = Territory.objects.create(name="North", code="north")
    said = {"role": role(), "activity": ActivityFactory().number, "territory": str(north.pk)}

    answer = administrator.post(reach_of(colleague), said)

    assert answer.status_code == 422
    assert "not both" in answer.text


def test_somebody_is_invited_to_one_activity(administrator):
    activity = ActivityFactory()
    said = {"full_name": "Noa New", "email": "new@example.org", "role": role()}

    administrator.post(reverse("access_offer"), said | {"activity": activity.number})

    assert MembershipInvitation.objects.get().scope_id == activity.pk


def test_activities_and_members_of_others_are_none(administrator, colleague):
    with acting_in((elsewhere := OrganisationFactory()).pk):
        foreign = ActivityFactory(number="ACT-2031-0777")
        stranger = member_of_user(member(elsewhere, "executive"))

    answer = administrator.post(reach_of(colleague), {"role": role(), "activity": foreign.number})

    assert answer.status_code == 422
    assert administrator.get(reverse("access_grant", args=[stranger.pk])).status_code == 404


def test_only_who_manages_access_gives_a_role(client, organisation, colleague):
    client.force_login(member(organisation, "coordinator"))

    assert client.get(reach_of(colleague)).status_code == 403


def test_programs_give_a_role_for_one_activity(client, organisation, colleague):
    headers, activity = key(organisation, "administrator"), ActivityFactory()
    address = f"{API}/members/{member_of_user(colleague).pk}/grants"
    said = {"role": "door_staff", "activity": str(activity.pk)}

    given = client.post(address, said, JSON, headers=headers)

    assert given.status_code == 201
    assert given.json()["scope_kind"] == "activity"
    assert held(colleague).get().scope_id == activity.pk
    both = client.post(address, said | {"territory": str(activity.pk)}, JSON, headers=headers)
    assert both.json()["code"] == "two_reaches"
    unknown = said | {"activity": str(colleague.pk)}
    assert client.post(address, unknown, JSON, headers=headers).status_code == 404
