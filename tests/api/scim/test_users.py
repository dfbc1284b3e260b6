"""A directory keeps the members: who comes, who changes, who leaves."""

import pytest
from django.utils.timezone import now

from symposia.accounts.actions import end_membership
from symposia.accounts.models import Grant, Membership, SyncStep, User
from symposia.accounts.open_work import open_work_of
from symposia.accounts.permissions import Permission
from symposia.accounts.queries import access_of
from symposia.audit.models import Entry
from symposia.notifications.models import Delivery
from symposia.shared.tenancy import acting_in
from tests.api.scim.requests import ENTERPRISE, ENTRA_USER, GONE, OKTA_USER, one, patch
from tests.factories.accounts import OrganisationFactory, key_of, member
from tests.factories.curriculum import GapFactory

ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"


def made(directory, body=ENTRA_USER):
    answer = directory.post("/Users", body)
    assert answer.status_code == 201, answer.content
    return answer.json()


def of(pk):
    return Membership.objects.select_related("user").get(pk=pk)


def error(answer):
    body = answer.json()
    assert answer["content-type"] == "application/scim+json"
    assert (body["schemas"], body["status"]) == ([ERROR], str(answer.status_code))
    return answer.status_code, body.get("scimType", ""), body["detail"]


@pytest.mark.parametrize("body", [ENTRA_USER, OKTA_USER], ids=["entra", "okta"])
def test_somebody_comes_and_is_found_again_as_each_directory_asks(directory, body):
    answer = directory.post("/Users", body)

    found = answer.json()
    assert answer.status_code == 201
    assert answer["location"].endswith(f"/scim/v2/Users/{found['id']}")
    assert (found["userName"], found["externalId"]) == (body["userName"], body["externalId"])
    assert (found["displayName"], found["active"]) == (body["displayName"], True)
    email = body["emails"][0]["value"]
    for asked in (
        f'userName eq "{body["userName"].upper()}"',
        f'externalId eq "{body["externalId"]}"',
        f'emails[type eq "work"].value eq "{email}"',
    ):
        listed = directory.get(f"/Users?filter={asked}").json()
        assert [each["id"] for each in listed["Resources"]] == [found["id"]]
    assert directory.get(f"/Users/{found['id']}").json() == found
    said = Entry.objects.get(action="member.taken_in")
    assert said.actor_name == "Directory sync"
    assert Delivery.objects.get(template_code="accounts.welcome").to_address == email


def test_a_name_that_is_only_given_in_parts_is_put_together(directory):
    body = {name: value for name, value in OKTA_USER.items() if name != "displayName"}

    assert made(directory, body)["displayName"] == "Omar Reyes"


def test_who_works_here_already_is_the_same_person_with_the_roles_they_have(
    organisation, directory
):
    here = member(organisation, "coordinator")
    body = ENTRA_USER | {"emails": [{"value": here.email}], "displayName": "Other", "name": {}}

    found = made(directory, body)

    assert of(found["id"]).user == here
    assert found["displayName"] == here.full_name
    assert access_of(here, organisation, at=now()).holds(Permission.INVITE)
    assert "The name stays" in SyncStep.objects.get().note


def test_nobody_comes_twice(directory):
    made(directory)

    status, kind, detail = error(directory.post("/Users", ENTRA_USER))

    assert (status, kind) == (409, "uniqueness")
    assert ENTRA_USER["userName"] in detail
    assert User.objects.filter(email="lena.holm@mail.example").count() == 1


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({"userName": "lena", "displayName": "Lena"}, 400, "invalidValue"),
        ({"userName": "lena@mail.example"}, 400, "invalidValue"),
        ({"displayName": "Lena"}, 400, "invalidValue"),
        (ENTRA_USER | {"active": "perhaps"}, 400, "invalidValue"),
        (ENTRA_USER | {"emails": "none"}, 400, "invalidValue"),
        (ENTRA_USER | {"emails": [{}]}, 400, "invalidValue"),
        (ENTRA_USER | {"favouriteColour": "blue"}, 400, "invalidPath"),
        (ENTRA_USER | {"displayName": {"a": [1]}}, 400, "invalidValue"),
        (ENTRA_USER | {ENTERPRISE: {"manager": {"value": "7"}}}, 400, "invalidValue"),
        (ENTRA_USER | {"title": "a\0b"}, 400, "invalidSyntax"),
        (ENTRA_USER | {"title": "half a sign \ud83d"}, 400, "invalidSyntax"),
        ([], 400, "invalidSyntax"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words_and_noted(directory, body, status, kind):
    people = User.objects.count()

    found = error(directory.post("/Users", body))

    assert found[:2] == (status, kind)
    assert User.objects.count() == people
    step = SyncStep.objects.get()
    assert (step.status, step.note, step.was_refused) == (status, found[2], True)


@pytest.mark.parametrize("levels", [600, 100_000])
def test_a_body_that_is_nested_too_deep_is_refused(directory, levels):
    body = f'{{"title": {"[" * levels}{"]" * levels}}}'

    assert error(directory.ask("post", "/Users", body))[:2] == (400, "invalidSyntax")


def test_a_body_that_is_not_json_is_refused(directory):
    assert error(directory.ask("post", "/Users", "{"))[:2] == (400, "invalidSyntax")


@pytest.mark.parametrize("body", GONE.values(), ids=GONE)
def test_who_leaves_loses_no_work_and_the_roles_rest_until_it_is_reviewed(
    organisation, administrator, directory, body
):
    lead = member(organisation, "education_lead")
    pk = Membership.objects.get(user=lead).pk
    gap = GapFactory(owner=lead)

    found = directory.patch(f"/Users/{pk}", body).json()

    gap.refresh_from_db()
    assert (found["active"], gap.owner) == (False, lead)
    assert access_of(lead, organisation, at=now()) is None
    assert of(pk).ended_at is None
    assert Grant.objects.filter(membership=pk).exists()
    told = Delivery.objects.get(template_code="accounts.left_directory")
    assert (told.to_address, str(lead) in told.subject) == (administrator.email, True)
    [left] = open_work_of(lead.pk, access_of(administrator, organisation, at=now()))
    assert left.name == "gaps"

    back = directory.patch(f"/Users/{pk}", one("Replace", "active", "True")).json()
    assert back["active"]
    assert access_of(lead, organisation, at=now()).holds(Permission.MANAGE_CURRICULUM)


def test_what_is_removed_for_good_is_not_there_any_more_and_comes_back_as_it_was(directory):
    pk = made(directory)["id"]

    assert directory.delete(f"/Users/{pk}").status_code == 204
    assert error(directory.get(f"/Users/{pk}"))[0] == 404
    assert error(directory.delete(f"/Users/{pk}"))[0] == 404
    asked = f'/Users?filter=userName eq "{ENTRA_USER["userName"]}"'
    assert directory.get(asked).json()["totalResults"] == 0
    assert of(pk).suspended_at

    again = made(directory)
    assert (again["id"], again["active"], of(pk).suspended_at) == (pk, True, None)


def test_whoever_manages_access_keeps_it_until_a_second_agrees(organisation, directory):
    second = member(organisation, "administrator")
    pk = Membership.objects.get(user=second).pk

    assert directory.delete(f"/Users/{pk}").status_code == 204

    assert of(pk).left_directory_at
    assert access_of(second, organisation, at=now()).holds(Permission.MANAGE_ACCESS)


def test_a_directory_takes_nothing_from_whoever_keeps_its_key(administrator, directory):
    pk = Membership.objects.get(user=administrator).pk

    for answer in (
        directory.delete(f"/Users/{pk}"),
        directory.patch(f"/Users/{pk}", one("replace", "title", "Chief")),
    ):
        assert error(answer)[0] == 403
    assert of(pk).left_directory_at is None


def test_a_line_is_drawn_to_the_manager_in_every_way_it_is_sent(organisation, directory):
    pk = made(directory)["id"]
    above = str(Membership.objects.get(user=member(organisation, "area_manager")).pk)
    ways = [
        one("Add", f"{ENTERPRISE}:manager", above),
        one("Replace", f"{ENTERPRISE}:manager", {"value": above}),
        one("Add", f"{ENTERPRISE}:manager", [{"$ref": "../Users/7", "value": above}]),
        one("replace", value={ENTERPRISE: {"manager": {"value": above}}}),
        one("Replace", f"{ENTERPRISE}:manager.value", above),
    ]
    for body in ways:
        found = directory.patch(f"/Users/{pk}", body).json()
        assert found[ENTERPRISE]["manager"]["value"] == above
        gone = directory.patch(f"/Users/{pk}", one("Remove", f"{ENTERPRISE}:manager")).json()
        assert ENTERPRISE not in gone


def test_name_and_address_stay_the_persons_own(directory):
    pk = made(directory)["id"]
    body = patch(
        {"op": "Replace", "path": 'emails[type eq "work"].value', "value": "other@mail.example"},
        {"op": "Replace", "path": "name.familyName", "value": "Holmgren"},
        {"op": "Replace", "path": "displayName", "value": "Lena Holmgren"},
        {"op": "Replace", "path": "userName", "value": "lena.holmgren@hospital.example"},
        {"op": "Add", "path": 'phoneNumbers[type eq "work"].value', "value": "+1 000"},
    )

    found = directory.patch(f"/Users/{pk}", body).json()

    assert found["userName"] == "lena.holmgren@hospital.example"
    assert (found["displayName"], of(pk).user.email) == ("Lena Holm", "lena.holm@mail.example")
    note = SyncStep.objects.latest("at").note
    assert "The address stays" in note
    assert "The name stays" in note


def test_the_whole_is_replaced_and_what_is_not_spoken_of_stays(organisation, directory):
    pk = made(directory)["id"]
    body = OKTA_USER | {"id": pk, "emails": ENTRA_USER["emails"], "active": False}

    found = directory.put(f"/Users/{pk}", body).json()

    assert (found["userName"], found["active"]) == (OKTA_USER["userName"], False)
    assert found["title"] == "Nurse educator"
    assert error(directory.put(f"/Users/{pk}", {"active": True}))[:2] == (400, "invalidValue")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({}, "invalidSyntax"),
        (patch(), "invalidSyntax"),
        (patch("replace"), "invalidSyntax"),
        (one("move", "title", "x"), "invalidSyntax"),
        (one("remove"), "noTarget"),
        (one("replace", value="x"), "invalidSyntax"),
        (one("replace", "shoeSize", "44"), "invalidPath"),
    ],
)
def test_a_patch_that_makes_no_sense_is_refused(directory, body, kind):
    pk = made(directory)["id"]

    assert error(directory.patch(f"/Users/{pk}", body))[:2] == (400, kind)


def test_a_version_is_read_once_and_changed_once(directory):
    pk = made(directory)["id"]
    tag = directory.get(f"/Users/{pk}")["etag"]

    assert directory.get(f"/Users/{pk}", **{"if-none-match": tag}).status_code == 304
    named = {"if-match": tag}
    body = one("replace", "title", "Lead nurse")
    assert directory.patch(f"/Users/{pk}", body, **named).status_code == 200
    assert error(directory.patch(f"/Users/{pk}", body, **named))[0] == 412


def test_members_are_read_page_by_page_in_few_statements(
    organisation, directory, django_assert_max_num_queries
):
    for _number in range(4):
        member(organisation, "coordinator")

    with django_assert_max_num_queries(12):
        found = directory.get("/Users?startIndex=2&count=2").json()

    assert (found["totalResults"], found["startIndex"], found["itemsPerPage"]) == (5, 2, 2)
    ids = [
        directory.get(f"/Users?startIndex={n}&count=1").json()["Resources"][0]["id"]
        for n in range(1, 6)
    ]
    assert len(set(ids)) == 5
    assert directory.get("/Users?count=0").json()["Resources"] == []
    assert error(directory.get("/Users?count=many"))[:2] == (400, "invalidValue")
    narrow = directory.get("/Users?attributes=userName&count=1").json()["Resources"][0]
    assert set(narrow) == {"schemas", "id", "userName"}


def test_a_directory_sees_and_changes_its_own_organisation_alone(directory):
    other = OrganisationFactory()
    theirs = member(other, "coordinator")
    with acting_in(other.pk):
        pk = Membership.objects.get(user=theirs).pk

    listed = directory.get("/Users").json()["Resources"]
    assert theirs.email not in {each["emails"][0]["value"] for each in listed}
    for method in ("get", "delete"):
        assert error(directory.ask(method, f"/Users/{pk}"))[0] == 404
    assert error(directory.patch(f"/Users/{pk}", GONE["okta"]))[0] == 404
    with acting_in(other.pk):
        assert of(pk).left_directory_at is None


def test_only_a_key_with_the_permission_opens_it(client, organisation, administrator):
    other = key_of(administrator, organisation, [Permission.MANAGE_ACCESS])

    for path in ("/Users", "/Groups", "/Schemas", "/ServiceProviderConfig", "/ResourceTypes"):
        assert error(client.get(f"/scim/v2{path}", headers=other))[0] == 403
        answer = client.get(f"/scim/v2{path}", headers={"authorization": "Bearer sym_x_y"})
        assert error(answer)[0] == 401
        assert answer["www-authenticate"] == "Bearer"


def test_what_the_directory_said_ends_with_the_membership(organisation, administrator, directory):
    pk = made(directory)["id"]

    end_membership(of(pk), by=administrator.actor(), reason="Retires")

    ended = of(pk)
    assert (ended.external_id, ended.directory_name) == ("", "")
    assert error(directory.get(f"/Users/{pk}"))[0] == 404
    assert made(directory)["id"] == pk
