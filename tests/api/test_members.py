import pytest
from django.utils.timezone import now

from symposia.accounts.actions import make_personal_token
from symposia.accounts.models import Grant, Membership
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member

API = "/api/v1/members"


def key(organisation, user):
    access = access_of(user, organisation, at=now())
    may = [p for p in Permission if access.holds(p)]
    _token, secret = make_personal_token(user, access, name="T", permissions=may, by=SYSTEM)
    return {"authorization": f"Bearer {secret}"}


@pytest.fixture
def administrator(organisation):
    return member(organisation, "administrator")


@pytest.fixture
def headers(organisation, administrator):
    return key(organisation, administrator)


def post(client, path, headers, **body):
    return client.post(f"{API}{path}", body, content_type="application/json", headers=headers)


def pk_of(user):
    return Membership.objects.get(user=user).pk


def test_members_are_listed_with_their_roles(client, organisation, headers):
    colleague = member(organisation, "finance_officer")

    items = client.get(API, headers=headers).json()["items"]

    [found] = [one for one in items if one["email"] == colleague.email]
    assert found["roles"] == "Finance officer"


def test_a_role_is_given_until_a_day(client, organisation, headers):
    colleague = member(organisation, "coordinator")

    made = post(client, f"/{pk_of(colleague)}/grants", headers, role="reviewer", until="2099-05-31")

    assert made.status_code == 201
    assert Grant.objects.get(pk=made.json()["id"]).valid_until.year == 2099
    unknown = post(client, f"/{pk_of(colleague)}/grants", headers, role="emperor")
    assert unknown.status_code == 404


def test_a_membership_ends_and_its_key_opens_nothing(client, organisation, headers):
    leaver = member(organisation, "administrator")
    theirs = key(organisation, leaver)

    ended = post(client, f"/{pk_of(leaver)}/ending", headers, reason="Retired.")

    assert ended.json()["ended_at"]
    assert client.get(API, headers=theirs).status_code == 401


def test_a_token_does_not_end_the_membership_of_its_owner(
    client, organisation, administrator, headers
):
    member(organisation, "administrator")

    refused = post(client, f"/{pk_of(administrator)}/ending", headers, reason="Bye.")

    assert (refused.status_code, refused.json()["code"]) == (409, "own_roles")


def test_others_may_not_and_members_elsewhere_do_not_exist(client, organisation, headers):
    other = OrganisationFactory()
    theirs = member(other, "coordinator")
    with acting_in(other.pk):
        there = pk_of(theirs)

    assert post(client, f"/{there}/ending", headers, reason="x").status_code == 404
    planner = key(organisation, member(organisation, "coordinator"))
    assert client.get(API, headers=planner).status_code == 403
