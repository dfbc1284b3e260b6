import pytest
from django.urls import reverse

from symposia.approvals.actions import DEFAULT_STEPS, rate_request, set_route
from symposia.approvals.models import ApprovalRequest, Decision, Delegation, Route, RouteProposal
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.approvals import approved, sign, submitted
from tests.web.office.test_approvals import use_factor

HEAD = {"head-applies_to": "meeting", "head-name": "Meeting", "rows": "2"}
STEPS = {
    "step0-name": "Compliance",
    "step0-role": "compliance_officer",
    "step0-meaning": "compliance",
    "step0-needs_factor": "on",
    "step1-name": "Finance",
    "step1-role": "finance_officer",
    "step1-meaning": "budget",
    "step1-beside": "on",
    "step1-covers": "budget, venue",
    "step1-only_if": "doctors above 10",
    "step1-hours": "48",
    "step1-escalates_to": "publisher",
}


@pytest.fixture
def officer(organisation, client):
    user = member(organisation, "compliance_officer")
    client.force_login(user)
    return user


def test_a_route_is_tried_on_what_was_submitted_before_it_is_in_force(
    client, organisation, officer
):
    asked = submitted(organisation)

    response = client.post(reverse("approval_route_new"), HEAD | STEPS | {"try": "1"})

    assert response.status_code == 200
    assert asked.number in response.text
    assert "Compliance → Finance" in response.text
    assert not Route.objects.filter(applies_to="meeting", version=2).exists()


def test_a_route_waits_for_a_second_person_and_is_read_back(client, organisation, officer):
    submitted(organisation)

    waits = client.post(reverse("approval_route_new"), HEAD | STEPS | {"publish": "1"}, follow=True)
    proposal = RouteProposal.objects.get()
    agreement = reverse("route_proposal_agreement", args=[proposal.pk])
    alone = client.post(agreement, follow=True)
    before = Route.objects.current("meeting").number
    second = member(organisation, "compliance_officer")
    client.force_login(second)
    client.post(agreement)
    route = Route.objects.current("meeting")
    response = client.get(reverse("approval_route", args=[route.pk]))

    assert "Waits for a second person" in waits.text
    assert "A second person reads it and agrees" in alone.text
    assert before == 1
    finance = route.route_steps[1]
    assert (route.number, route.created_by_name) == (2, str(second))
    assert (finance.covers, finance.hours, finance.beside) == (["budget", "venue"], 48, True)
    assert "doctors above 10" in response.text
    assert "version 2" in response.text


def test_a_condition_that_is_none_comes_back_with_its_line(client, organisation, officer):
    sent = HEAD | STEPS | {"step1-only_if": "doctors exceed 10", "publish": "1"}

    response = client.post(reverse("approval_route_new"), sent)

    assert response.status_code == 422
    assert "“doctors exceed 10” is not a condition" in response.text


def test_a_route_nobody_could_finish_is_refused_in_words(client, organisation, officer):
    sent = HEAD | STEPS | {"step0-only_if": "doctors above 3", "publish": "1"}

    response = client.post(reverse("approval_route_new"), sent)

    assert response.status_code == 422
    assert "At least one step must be asked for" in response.text


def test_the_next_version_starts_from_the_one_in_force(client, organisation, officer):
    set_route("meeting", name="Meeting", steps=DEFAULT_STEPS, by=SYSTEM)
    route = Route.objects.current("meeting")

    text = client.get(reverse("approval_route_edit", args=[route.pk])).text

    assert "Compliance, Finance" in text
    assert 'value="Publish"' in text


@pytest.mark.parametrize("name", ["approval_route_edit", "approval_route_new"])
def test_only_whoever_keeps_the_rules_writes_routes(client, organisation, name):
    set_route("meeting", name="Meeting", steps=DEFAULT_STEPS, by=SYSTEM)
    client.force_login(member(organisation, "finance_officer"))
    args = [Route.objects.current("meeting").pk] if name.endswith("edit") else []

    assert client.get(reverse(name, args=args)).status_code == 403


def test_a_route_of_another_organisation_is_not_there(client, officer):
    other = OrganisationFactory()
    with acting_in(other.pk):
        foreign = set_route("meeting", name="Meeting", steps=DEFAULT_STEPS, by=SYSTEM)

    assert client.get(reverse("approval_route", args=[foreign.pk])).status_code == 404


def test_a_delegation_is_given_seen_and_taken_back(client, organisation, officer):
    colleague = member(organisation, "publisher")
    sent = {
        "delegate": str(colleague.pk),
        "role": "compliance_officer",
        "starts_on": "2026-01-01",
        "ends_on": "2026-01-02",
        "reason": "On leave.",
    }
    past = client.post(reverse("delegation_new"), sent)
    days = {"starts_on": "2099-01-01", "ends_on": "2099-01-09"}
    client.post(reverse("delegation_new"), sent | days)
    given = Delegation.objects.get()

    listed = client.get(reverse("delegations")).text
    shown = client.get(reverse("delegation", args=[given.pk])).text
    client.post(reverse("delegation_end", args=[given.pk]))

    given.refresh_from_db()
    assert past.status_code == 422
    assert str(colleague) in listed
    assert "On leave." in shown
    assert given.ended_at


def test_a_delegation_of_two_others_is_not_there(client, organisation, officer):
    a, b = member(organisation, "publisher"), member(organisation, "finance_officer")
    given = Delegation.objects.create(
        giver_id=a.pk,
        giver_name="A",
        delegate_id=b.pk,
        delegate_name="B",
        starts_on="2099-01-01",
        ends_on="2099-01-02",
        reason="On leave.",
    )
    client.force_login(member(organisation, "medical_affairs"))

    assert client.get(reverse("delegation", args=[given.pk])).status_code == 404


def low(organisation, rules_hash="a" * 64):
    asked = submitted(organisation)
    return rate_request(asked.pk, risk="1", note="", rules_hash=rules_hash, by=SYSTEM)


def test_low_risk_is_decided_together_with_a_signature_each(client, organisation, officer):
    asked = [low(organisation), low(organisation)]
    use_factor(client, officer)
    page = client.get(reverse("approval_batch")).text
    seen = [f"{each.pk}:{each.frozen_hash}:0" for each in asked]

    client.post(reverse("approval_batch_sign"), {"seen": seen, "reason": "Small and in order."})

    assert all(each.number in page for each in asked)
    assert [d.reason for d in Decision.objects.all()] == ["Small and in order."] * 2
    assert {r.step.name for r in ApprovalRequest.objects.all()} == {"Finance"}


def test_without_a_fresh_factor_nothing_is_decided_together(client, organisation, officer):
    asked = [low(organisation), low(organisation)]
    seen = [f"{each.pk}:{each.frozen_hash}:0" for each in asked]

    client.post(reverse("approval_batch_sign"), {"seen": seen, "reason": "Small."})

    assert not Decision.objects.exists()


def test_other_rules_or_more_risk_are_never_decided_together(client, organisation, officer):
    asked = [low(organisation), low(organisation, "b" * 64)]
    risky = submitted(organisation)
    rate_request(risky.pk, risk="2", note="", rules_hash="a" * 64, by=SYSTEM)
    use_factor(client, officer)
    page = client.get(reverse("approval_batch")).text
    seen = [f"{each.pk}:{each.frozen_hash}:0" for each in asked]

    client.post(reverse("approval_batch_sign"), {"seen": seen, "reason": "Small."})

    assert "Nothing to decide together" in page
    assert not Decision.objects.exists()


def test_the_signatures_print_as_pdf(client, organisation, officer):
    asked = approved(organisation)

    response = client.get(reverse("approval_paper", args=[asked.pk]))
    again = client.get(reverse("approval_paper", args=[asked.pk]))

    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert response.content == again.content


def test_the_review_says_who_one_signs_for(client, organisation, officer):
    finance = member(organisation, "finance_officer")
    asked = submitted(organisation)
    sign(asked, member(organisation, "compliance_officer"), organisation)
    Delegation.objects.create(
        giver_id=finance.pk,
        giver_name=str(finance),
        delegate_id=officer.pk,
        delegate_name=str(officer),
        starts_on="2020-01-01",
        ends_on="2099-01-01",
        reason="On leave.",
    )

    text = client.get(reverse("approval", args=[asked.pk])).text

    assert f"You sign in the place of {finance}" in text
