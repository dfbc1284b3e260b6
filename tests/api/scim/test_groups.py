"""Groups of a directory give the roles that an administrator says, and no more."""

import pytest
from django.utils.timezone import now

from symposia.accounts.actions.synced_groups import map_group
from symposia.accounts.models import DirectoryGroup, Grant, Membership, Role, SyncStep
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.shared.tenancy import acting_in
from tests.api.scim.requests import (
    ENTRA_RENAMED,
    ENTRA_USER,
    GROUP,
    OKTA_RENAMED,
    joined,
    left,
    one,
)
from tests.factories.accounts import OrganisationFactory, key_of, member

DIALECTS = ["entra", "okta"]
API = "/api/v1/directory-sync"


def role(code):
    return Role.objects.get(code=code)


def made(directory, name="Event team", *members):
    people = [{"value": str(pk)} for pk in members]
    body = {"schemas": [GROUP], "displayName": name, "externalId": f"key {name}", "members": people}
    answer = directory.post("/Groups", body)
    assert answer.status_code == 201, answer.content
    return answer.json()["id"]


def mapped(pk, code, by):
    group = DirectoryGroup.objects.get(pk=pk)
    return map_group(group, role(code) if code else None, by=by.actor())


def pk_of(user):
    return str(Membership.objects.get(user=user).pk)


def roles_of(user, organisation):
    access = access_of(user, organisation, at=now())
    return sorted(each.role for each in access.granted) if access else []


def inside(directory, pk):
    return {each["value"] for each in directory.get(f"/Groups/{pk}").json().get("members", [])}


@pytest.fixture
def reader(organisation):
    return member(organisation, "executive")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_who_comes_into_a_group_gets_its_role_and_who_goes_loses_it(
    organisation, administrator, directory, reader, dialect
):
    pk = made(directory)
    mapped(pk, "coordinator", administrator)

    directory.patch(f"/Groups/{pk}", joined(dialect, pk_of(reader)))
    assert inside(directory, pk) == {pk_of(reader)}
    assert roles_of(reader, organisation) == ["coordinator", "executive"]
    assert directory.get(f"/Users/{pk_of(reader)}").json()["groups"][0]["display"] == "Event team"

    directory.patch(f"/Groups/{pk}", left(dialect, pk_of(reader)))
    assert inside(directory, pk) == set()
    assert roles_of(reader, organisation) == ["executive"]


@pytest.mark.parametrize("body", [ENTRA_RENAMED, OKTA_RENAMED], ids=DIALECTS)
def test_a_group_is_renamed_and_found_by_its_name(directory, body):
    pk = made(directory)

    assert directory.patch(f"/Groups/{pk}", body).status_code == 200

    asked = 'displayName eq "CME leads"'
    found = directory.get(f"/Groups?excludedAttributes=members&filter={asked}").json()
    [group] = found["Resources"]
    assert (group["id"], "members" in group) == (pk, False)


def test_a_role_that_is_held_otherwise_stays(organisation, administrator, directory, reader):
    by_hand = made(directory, "A", pk_of(reader))
    mapped(by_hand, "executive", administrator)
    first, second = (made(directory, name, pk_of(reader)) for name in ("B", "C"))
    for pk in (first, second):
        mapped(pk, "coordinator", administrator)

    directory.patch(f"/Groups/{by_hand}", one("remove", "members"))
    directory.delete(f"/Groups/{first}")
    assert roles_of(reader, organisation) == ["coordinator", "executive"]

    directory.put(f"/Groups/{second}", {"displayName": "C", "members": []})
    assert roles_of(reader, organisation) == ["executive"]


def test_another_role_for_a_group_reaches_its_people_at_once(
    organisation, administrator, directory, reader
):
    pk = made(directory, "A", pk_of(reader))

    mapped(pk, "coordinator", administrator)
    mapped(pk, "reviewer", administrator)
    assert roles_of(reader, organisation) == ["executive", "reviewer"]

    mapped(pk, None, administrator)
    assert roles_of(reader, organisation) == ["executive"]


def test_a_role_that_decides_waits_for_a_second_administrator(
    organisation, administrator, directory, reader
):
    member(organisation, "administrator")
    pk = made(directory)
    mapped(pk, "finance_officer", administrator)

    directory.patch(f"/Groups/{pk}", joined("entra", pk_of(reader)))

    grant = Grant.objects.get(role__code="finance_officer", membership__user=reader)
    assert grant.waits_since
    assert grant.granted_by_id == administrator.pk
    assert roles_of(reader, organisation) == ["executive"]


def test_nobody_gives_themselves_a_role_by_a_group(organisation, administrator, directory):
    other = member(organisation, "administrator")
    pk = made(directory)
    mapped(pk, "coordinator", other)

    for person in (administrator, other):  # who keeps the key, and who said what the group gives
        answer = directory.patch(f"/Groups/{pk}", joined("okta", pk_of(person)))
        assert answer.status_code == 200
        assert roles_of(person, organisation) == ["administrator"]
        assert f"{person} keeps the connection" in SyncStep.objects.latest("at").note


def test_a_role_that_manages_access_is_kept_until_a_second_agrees(
    organisation, administrator, directory, reader
):
    pk = made(directory)
    mapped(pk, "administrator", administrator)
    directory.patch(f"/Groups/{pk}", joined("okta", pk_of(reader)))
    assert roles_of(reader, organisation) == ["administrator", "executive"]

    directory.patch(f"/Groups/{pk}", left("okta", pk_of(reader)))

    assert roles_of(reader, organisation) == ["administrator", "executive"]
    assert "until a second administrator agrees" in SyncStep.objects.latest("at").note


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({"displayName": ""}, 400, "invalidValue"),
        ({"displayName": "event TEAM"}, 409, "uniqueness"),
        ({"displayName": "B", "members": [{"value": "7"}]}, 400, "invalidValue"),
        ({"displayName": "B", "members": [{"value": 7}]}, 400, "invalidValue"),
        ({"displayName": "B", "colour": "blue"}, 400, "invalidPath"),
    ],
)
def test_a_group_that_cannot_be_kept_is_refused(directory, body, status, kind):
    made(directory)

    answer = directory.post("/Groups", body)

    assert (answer.status_code, answer.json().get("scimType")) == (status, kind)
    assert DirectoryGroup.objects.count() == 1


def test_who_is_in_a_group_is_asked_as_references_are_checked(directory, reader):
    pk = made(directory, "A", pk_of(reader))
    asked = f'id eq "{pk}" and members eq "{pk_of(reader)}"'

    assert directory.get(f"/Groups?filter={asked}").json()["totalResults"] == 1
    directory.patch(f"/Groups/{pk}", one("replace", "members", []))
    assert directory.get(f"/Groups?filter={asked}").json()["totalResults"] == 0


def test_groups_of_another_organisation_do_not_exist_here(client, directory):
    other = OrganisationFactory()
    with acting_in(other.pk):
        theirs = DirectoryGroup.objects.create(display_name="Theirs")

    assert directory.get(f"/Groups/{theirs.pk}").status_code == 404
    assert directory.get("/Groups/seven").status_code == 404
    assert directory.get("/Groups").json()["totalResults"] == 0


def test_an_administrator_maps_a_group_by_a_program(
    client, organisation, administrator, directory, reader
):
    pk = made(directory, "A", pk_of(reader))
    headers = key_of(administrator, organisation, [Permission.MANAGE_ACCESS])

    def put(body):
        path = f"{API}/groups/{pk}/role"
        return client.put(path, body, content_type="application/json", headers=headers)

    found = put({"role": "coordinator"}).json()
    assert (found["role"], found["notes"]) == ("coordinator", [])
    assert roles_of(reader, organisation) == ["coordinator", "executive"]
    assert put({"role": "emperor"}).status_code == 404
    assert put({}).json()["role"] is None
    [listed] = client.get(f"{API}/groups", headers=headers).json()["items"]
    assert (listed["name"], listed["people"]) == ("A", "1")
    steps = client.get(f"{API}/steps", headers=headers).json()["items"]
    assert [each["of"] for each in steps] == ["A"]


def test_what_a_service_can_do_is_described(directory):
    config = directory.get("/ServiceProviderConfig").json()
    assert config["patch"] == config["etag"] == {"supported": True}
    assert config["bulk"]["supported"] is False
    for path in ("/Schemas", "/ResourceTypes"):
        listed = directory.get(path).json()
        assert listed["totalResults"] == len(listed["Resources"])
        for each in listed["Resources"]:
            assert directory.get(f"{path}/{each['id']}").json()["id"] == each["id"]
        assert directory.get(f"{path}/none").status_code == 404
    assert ENTRA_USER["schemas"][0] in {
        each["id"] for each in directory.get("/Schemas").json()["Resources"]
    }
