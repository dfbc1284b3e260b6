from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from symposia.accounts.models import Grant, Membership, MembershipInvitation, Role
from symposia.audit.models import Entry
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member


@pytest.fixture
def administrator(client, organisation):
    client.force_login(member(organisation, "administrator"))
    return client


def address(user):
    return reverse("membership_end", args=[Membership.objects.get(user=user).pk])


def test_a_membership_ends_with_a_reason_and_the_next_click_knows_it(administrator, organisation):
    leaver = member(organisation, "coordinator")
    theirs = Client()
    theirs.force_login(leaver)
    assert theirs.get(reverse("activities")).status_code == 200

    asked = administrator.get(address(leaver))
    bare = administrator.post(address(leaver), {"reason": " "})
    assert "Why the person leaves" in asked.text
    assert bare.status_code == 422
    done = administrator.post(address(leaver), {"reason": "Retired."}, follow=True)

    assert "The membership has ended." in done.text
    assert leaver.email not in administrator.get(reverse("access")).text
    assert theirs.get(reverse("activities")).status_code == 403
    assert Entry.objects.get(action="member.left").reason == "Retired."
    assert administrator.get(address(leaver)).status_code == 404


def test_nobody_ends_their_own_membership(client, organisation):
    me = member(organisation, "administrator")
    member(organisation, "administrator")
    client.force_login(me)

    answer = client.post(address(me), {"reason": "x"})

    assert answer.status_code == 422
    assert "Nobody changes their own roles" in answer.text
    assert Membership.objects.get(user=me).ended_at is None


def test_a_member_of_another_organisation_does_not_exist_here(administrator):
    other = OrganisationFactory()
    theirs = member(other, "coordinator")
    with acting_in(other.pk):
        there = address(theirs)

    assert administrator.post(there, {"reason": "x"}).status_code == 404


def test_only_whoever_manages_access_ends_a_membership(client, organisation):
    client.force_login(member(organisation, "coordinator"))

    assert client.get(address(member(organisation, "executive"))).status_code == 403


def test_a_role_is_given_until_the_end_of_a_day_on_the_clock_of_the_house(
    administrator, organisation
):
    colleague = member(organisation, "coordinator")
    to = reverse("access_grant", args=[Membership.objects.get(user=colleague).pk])
    given = {"role": str(Role.objects.get(code="reviewer").pk)}

    wrong = administrator.post(to, given | {"until": "soon"}, follow=True).text
    past = administrator.post(to, given | {"until": "2020-01-01"}, follow=True).text
    assert "year-month-day" in wrong
    assert "This day is over" in past
    assert not Grant.objects.filter(role__code="reviewer").exists()

    administrator.post(to, given | {"until": "2099-05-31"})

    until = Grant.objects.get(role__code="reviewer").valid_until
    assert until == datetime(2099, 6, 1, 3, 59, 59, tzinfo=UTC)
    assert "31 May 2099" in administrator.get(reverse("access")).text


def test_an_offer_is_made_for_a_time(administrator):
    given = {"full_name": "Noa New", "email": "noa@example.org", "until": "2099-05-31"}
    role = str(Role.objects.get(code="reviewer").pk)

    administrator.post(reverse("access_offer"), given | {"role": role})

    assert MembershipInvitation.objects.get().valid_until.year == 2099


def test_the_list_of_members_keeps_who_left(administrator, organisation):
    leaver, stays = member(organisation, "coordinator"), member(organisation, "executive")
    administrator.post(address(leaver), {"reason": "Retired."})

    everybody = administrator.get(reverse("members")).text
    here = administrator.get(reverse("members"), {"state": "here"}).text

    assert leaver.email in everybody
    assert leaver.email not in here
    assert stays.email in here
