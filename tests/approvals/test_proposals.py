"""Two people change a route: whatever one tries alone is refused, by the database too."""

import pytest
from django.db import IntegrityError, transaction

from symposia.approvals.actions import (
    DEFAULT_STEPS,
    RouteFacts,
    agree_to_route,
    drop_proposal,
    end_route,
    propose_ending,
    propose_route,
    publish_route,
    set_route,
)
from symposia.approvals.conditions import conditions_in
from symposia.approvals.models import Route, RouteProposal, Step
from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM, Actor
from symposia.shared.refusals import Refused
from tests.factories.accounts import member

STEPS = [Step("Finance", "finance_officer", False, "budget")]
MEETING = RouteFacts("meeting", "Meeting", STEPS)
ABROAD = RouteFacts(
    "meeting", "Abroad", STEPS, code="abroad", taken_if=conditions_in("country is not IN")
)


@pytest.fixture
def one(organisation):
    set_route("meeting", name="Meeting", steps=DEFAULT_STEPS, by=SYSTEM)
    return member(organisation, "compliance_officer").actor()


@pytest.fixture
def other(organisation):
    return member(organisation, "compliance_officer").actor()


def code_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.objection.code


def test_a_proposal_changes_nothing_until_a_second_person_agrees(one, other):
    proposal = propose_route(MEETING, by=one)
    before = Route.objects.current("meeting")

    agreed = agree_to_route(proposal, by=other)

    after = Route.objects.current("meeting")
    assert (before.number, after.number) == (1, 2)
    assert [step.name for step in after.route_steps] == ["Finance"]
    assert (agreed.state, agreed.route_id) == ("agreed", after.pk)
    said = Entry.objects.filter(action__startswith="route.").values_list("action", flat=True)
    assert {"route.proposed", "route.agreed"} <= set(said)


def test_nobody_does_it_alone(one):
    proposal = propose_route(MEETING, by=one)

    assert code_of(lambda: agree_to_route(proposal, by=one)) == "own_route_proposal"
    assert code_of(lambda: publish_route(MEETING, by=one)) == "route_needs_two"
    assert code_of(lambda: end_route(Route.objects.current("meeting"), by=one)) == "route_needs_two"
    assert code_of(lambda: agree_to_route(proposal, by=SYSTEM)) == "own_route_proposal"
    assert Route.objects.current("meeting").number == 1


def test_the_database_holds_it_too(one):
    proposal = propose_route(MEETING, by=one)

    with pytest.raises(IntegrityError), transaction.atomic():
        proposal.move("agreed", decided_by_id=proposal.proposed_by_id)


def test_a_special_route_ends_by_two_people_as_well(one, other):
    agree_to_route(propose_route(ABROAD, by=one), by=other)
    special = Route.objects.in_force("meeting").first()

    proposal = propose_ending(special, by=other)
    assert code_of(lambda: agree_to_route(proposal, by=other)) == "own_route_proposal"
    agree_to_route(proposal, by=one)

    special.refresh_from_db()
    assert special.ended_at


def test_one_proposal_at_a_time_and_none_twice(one, other):
    proposal = propose_route(MEETING, by=one)

    assert code_of(lambda: propose_route(MEETING, by=other)) == "route_proposed_already"
    drop_proposal(proposal, by=other)
    assert code_of(lambda: agree_to_route(proposal, by=other)) == "route_not_proposed"
    assert code_of(lambda: drop_proposal(proposal, by=other)) == "route_not_proposed"
    assert propose_route(MEETING, by=other).is_waiting
    assert Route.objects.current("meeting").number == 1


def test_what_makes_no_route_is_refused_before_anybody_reads_it(one):
    alone = RouteFacts("lunch", "Lunch", STEPS, taken_if=conditions_in("country is IN"))

    assert code_of(lambda: propose_route(alone, by=one)) == "needs_standard_route"
    assert code_of(lambda: propose_ending(Route.objects.current("meeting"), by=one)) == (
        "needs_standard_route"
    )


def test_what_was_agreed_to_is_checked_once_more(one, other):
    abroad = propose_route(ABROAD, by=one)
    Route.objects.filter(applies_to="meeting").update(ended_at="2026-01-01T00:00Z")

    assert code_of(lambda: agree_to_route(abroad, by=other)) == "needs_standard_route"
    assert RouteProposal.objects.get(pk=abroad.pk).is_waiting


def test_only_people_propose(one):
    with pytest.raises(TypeError):
        propose_route(MEETING, by=Actor("job", None, "nightly"))
