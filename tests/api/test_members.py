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
    leaver = member(organisation, "coordinator")
    theirs = key(organisation, leaver)

    ended = post(client, f"/{pk_of(leaver)}/ending", headers, reason="Retired.")

    assert ended.json()["ended_at"]
    assert client.get("/api/v1/activities", headers=theirs).status_code == 401


def test_an_administrator_leaves_once_a_second_agrees(client, organisation, headers):
    second = member(organisation, "administrator")
    theirs = key(organisation, second)

    asked = post(client, f"/{pk_of(second)}/ending", headers, reason="Retired.").json()
    [listed] = client.get(f"{API}/changes", headers=headers).json()["items"]
    path = f"/changes/{asked['change']}"
    alone = post(client, f"{path}/agreement", headers)
    agreed = post(client, f"{path}/agreement", theirs).json()

    assert (asked["ended_at"], listed["reason"]) == (None, "Retired.")
    assert (alone.status_code, alone.json()["code"]) == (409, "asked_by_you")
    assert (agreed["kind"], agreed["state"]) == ("leaves", "agreed")
    assert client.get(API, headers=theirs).status_code == 401


def test_a_role_is_taken_and_one_that_manages_access_waits(client, organisation, headers):
    second, colleague = (member(organisation, code) for code in ("administrator", "coordinator"))

    def take(user):
        grant = Grant.objects.get(membership__user=user)
        return post(client, f"/grants/{grant.pk}/removal", headers, reason="Moved.")

    assert take(colleague).status_code == 204
    waits = take(second).json()
    dropped = post(client, f"/changes/{waits['change']}/withdrawal", headers).json()

    assert (waits["role"], dropped["state"]) == ("administrator", "dropped")
    assert not Grant.objects.filter(membership__user=colleague).exists()
    assert Grant.objects.filter(membership__user=second).exists()
    unknown = post(client, f"/changes/{waits['id']}/agreement", headers)
    assert unknown.status_code == 404


def test_a_role_that_decides_is_confirmed_by_a_second(client, organisation, headers):
    second = key(organisation, member(organisation, "administrator"))
    colleague = pk_of(member(organisation, "coordinator"))

    given = post(client, f"/{colleague}/grants", headers, role="publisher").json()
    path = f"/grants/{given['id']}/confirmation"

    assert given["waits_since"]
    assert post(client, path, headers).json()["code"] == "not_a_second"
    assert post(client, path, second).json()["waits_since"] is None


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
