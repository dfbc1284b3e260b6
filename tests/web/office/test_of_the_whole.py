"""What holds for the whole organisation is done by whoever answers for all of it."""

import pytest
from django.urls import reverse

from symposia.accounts.models import Grant, Membership, Role
from symposia.accounts.permissions import OF_THE_WHOLE, Access, Granted, Permission
from symposia.approvals.actions import DEFAULT_STEPS, propose_route, set_route
from symposia.approvals.actions.routes import RouteFacts
from symposia.approvals.models import Route, RouteProposal, Step
from symposia.compliance.models import Restriction
from symposia.shared.actors import SYSTEM
from symposia.shared.ids import uuid7
from tests.factories.accounts import key_of, member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import TerritoryFactory

ALONE = RouteFacts("meeting", "Meeting", [Step("Finance", "finance_officer", False, "budget")])


@pytest.fixture
def proposal(organisation):
    set_route("meeting", name="Meeting", steps=DEFAULT_STEPS, by=SYSTEM)
    return propose_route(ALONE, by=member(organisation, "compliance_officer").actor())


@pytest.fixture
def regional(organisation):
    """Answers for the rules of one territory."""
    scope = {"scope_kind": "territory", "scope_id": TerritoryFactory().pk}
    return member(organisation, "compliance_officer", **scope)


def test_a_role_for_a_part_agrees_to_no_route_of_all(client, regional, proposal):
    client.force_login(regional)

    answer = client.post(reverse("route_proposal_agreement", args=[proposal.pk]))
    page = client.get(reverse("route_proposal", args=[proposal.pk]))

    assert answer.status_code == 403
    assert page.context["may_manage"] is False
    assert RouteProposal.objects.get().is_waiting
    assert Route.objects.current("meeting").route_steps[0].name == "Compliance"


def test_the_api_says_the_same(client, organisation, regional, proposal):
    headers = key_of(regional, organisation, [Permission.MANAGE_RULES])
    here = f"/api/v1/approvals/routes/proposals/{proposal.pk}"
    agreed = client.post(f"{here}/agreement", headers=headers)
    restricted = client.post(
        "/api/v1/rules/restrictions",
        {"kind": "product", "reason": "No", "from_on": "2027-01-01", "words": "Anything"},
        content_type="application/json",
        headers=headers,
    )

    assert (agreed.status_code, restricted.status_code) == (403, 403)
    assert not Restriction.objects.exists()


def test_whoever_answers_for_all_agrees(client, organisation, proposal):
    """The negative control."""
    client.force_login(member(organisation, "compliance_officer"))

    client.post(reverse("route_proposal_agreement", args=[proposal.pk]))

    assert not RouteProposal.objects.get().is_waiting


def test_an_administrator_of_one_activity_gives_no_role_and_reads_no_journal(client, organisation):
    person, role = member(organisation, "executive"), Role.objects.get(code="learner")
    scope = {"scope_kind": "activity", "scope_id": ActivityFactory().pk}
    client.force_login(member(organisation, "administrator", **scope))
    membership = Membership.objects.get(user=person)

    given = client.post(reverse("access_grant", args=[membership.pk]), {"role": str(role.pk)})

    assert given.status_code == 403
    assert not Grant.objects.filter(role=role).exists()
    for name in ("access", "journal", "journal_csv", "organisation"):
        assert client.get(reverse(name)).status_code == 403


@pytest.mark.parametrize("permission", sorted(OF_THE_WHOLE))
def test_a_part_gives_nothing_that_is_of_the_whole(permission):
    part = Granted("own", frozenset(Permission), scope_kind="activity", scope_id=uuid7())
    whole = Granted("own", frozenset({permission}))

    assert not Access(uuid7(), uuid7(), (part,)).holds(permission)
    assert Access(uuid7(), uuid7(), (part, whole)).holds(permission)
