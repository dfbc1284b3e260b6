"""The page of somebody who leaves: every kind of work, who goes on, what stands against it."""

import pytest
from django.urls import reverse

from symposia.accounts.models import Membership
from symposia.accounts.permissions import Permission
from symposia.audit.models import Entry
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, key_of, member
from tests.factories.curriculum import GapFactory, PlanFactory


@pytest.fixture
def administrator(client, organisation):
    made = member(organisation, "administrator")
    client.force_login(made)
    return made


@pytest.fixture
def leaver(organisation):
    return member(organisation, "education_lead")


@pytest.fixture
def work(leaver):
    return GapFactory(owner=leaver, title="Door to needle"), PlanFactory(owner=leaver)


def address(user, name="membership_end"):
    return reverse(name, args=[Membership.objects.get(user=user).pk])


def test_checking_changes_nothing_and_says_what_stands_against_it(
    client, organisation, administrator, leaver, work
):
    reader = member(organisation, "executive")
    choice = {"reason": "Retires", "successor": str(reader.pk), "step": "check"}

    page = client.post(address(leaver), choice).text

    assert f"{reader} has no role to go on with it." in page
    assert "shall be so" in page
    assert Membership.objects.get(user=leaver).ended_at is None
    refused = client.post(address(leaver), choice | {"step": ""})
    assert refused.status_code == 422
    assert "Retires" in refused.text
    client.post(address(leaver), choice | {"step": "", "in_spite": "on"})
    assert Membership.objects.get(user=leaver).ended_at


def test_another_one_is_named_for_one_kind(client, organisation, administrator, leaver, work):
    gap, plan = work
    first, second = (member(organisation, "education_lead") for _ in range(2))
    chosen = {"successor": str(first.pk), "for_plans": str(second.pk), "for_gaps": "nobody"}

    checked = client.post(address(leaver), {"reason": "R", "step": "check"} | chosen).text
    assert "Nothing stands against it." in checked
    client.post(address(leaver), {"reason": "R"} | chosen)

    gap.refresh_from_db()
    plan.refresh_from_db()
    assert (gap.owner, plan.owner) == (leaver, second)


def test_only_whoever_can_go_on_is_offered_for_a_kind(
    client, organisation, administrator, leaver, work
):
    reader, lead = member(organisation, "executive"), member(organisation, "education_lead")

    field = client.get(address(leaver)).text.split('name="for_gaps"')[1].split("</select>")[0]

    assert str(lead.pk) in field
    assert str(reader.pk) not in field


def test_what_moves_is_a_file(client, organisation, administrator, leaver, work):
    lead = member(organisation, "education_lead")

    file = client.get(address(leaver, "leaving_preview"), {"successor": str(lead.pk)})

    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Kind of work,What,Who goes on,What stands against it"
    assert f"Gaps,1 that you may not see,{lead}," in lines
    assert Entry.objects.get(action="list.exported").details["list"] == "leaving"


def test_the_preview_of_another_organisation_does_not_exist(client, administrator):
    other = OrganisationFactory()
    theirs = member(other, "coordinator")
    with acting_in(other.pk):
        there = address(theirs, "leaving_preview")

    assert client.get(there).status_code == 404


def test_a_program_sees_what_would_move_and_moves_it(
    client, organisation, administrator, leaver, work
):
    reader, lead = member(organisation, "executive"), member(organisation, "education_lead")
    headers = key_of(administrator, organisation, [Permission.MANAGE_ACCESS])
    at = f"/api/v1/members/{Membership.objects.get(user=leaver).pk}/ending"

    def post(path, **body):
        return client.post(at + path, body, content_type="application/json", headers=headers)

    said = {"successor": str(reader.pk), "otherwise": {"plans": str(lead.pk)}}
    shown = {each["kind"]: each for each in post("/rehearsal", **said).json()}
    assert shown["gaps"]["against"] == [f"{reader} has no role to go on with it."]
    assert (shown["plans"]["against"], shown["plans"]["successor"]) == ([], str(lead.pk))
    assert post("/rehearsal", otherwise={"dreams": None}).json()["code"] == "work_unknown"
    refused = post("", reason="Retires", **said)
    assert (refused.status_code, refused.json()["code"]) == (409, "stands_against_successor")
    assert post("", reason="Retires", in_spite=True, **said).json()["ended_at"]
