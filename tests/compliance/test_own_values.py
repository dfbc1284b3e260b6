"""Two people set what a rule leaves to the organisation, from a day that is not past."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from symposia.audit.models import Entry
from symposia.compliance.actions.own_values import (
    OwnValue,
    agree_to_value,
    drop_value_proposal,
    propose_value,
    set_own_parameter,
)
from symposia.compliance.models import OwnParameter, RulePack, ValueProposal
from symposia.compliance.queries import pack_of
from symposia.compliance.queries.packs import own_values
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import day_here, member

pytestmark = pytest.mark.django_db
NAME = "meal_cap"


@pytest.fixture
def pack(organisation):
    return pack_of(RulePack.objects.get(code="in-ucpmp", version="2026.2"))


@pytest.fixture
def one(organisation):
    return member(organisation, "compliance_officer").actor()


@pytest.fixture
def other(organisation):
    return member(organisation, "compliance_officer").actor()


def said(value="2500", days=0, reason="Policy 7"):
    return OwnValue(value, day_here() + timedelta(days=days), reason)


def code_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.objection.code


def test_a_proposal_changes_nothing_until_a_second_person_agrees(pack, one, other):
    proposal = propose_value(pack, NAME, said(days=30), by=one)
    assert not OwnParameter.objects.exists()

    agree_to_value(proposal, by=other)

    begins = day_here() + timedelta(days=30)
    own = OwnParameter.objects.get()
    assert (own.value, own.effective_from) == ("2500", begins)
    assert (own.set_by_name, own.agreed_by_name) == (one.name, other.name)
    assert own_values(begins - timedelta(days=1)) == {}
    assert own_values(begins) == {"in-ucpmp": {NAME: "2500"}}
    told = set(Entry.objects.values_list("action", flat=True))
    assert {"rules.value_proposed", "rules.value_agreed", "rules.value_set"} <= told


def test_nobody_does_it_alone(pack, one):
    proposal = propose_value(pack, NAME, said(), by=one)
    alone = {"value": "2500", "effective_from": date(2026, 1, 1), "reason": "x"}

    assert code_of(lambda: agree_to_value(proposal, by=one)) == "own_value_proposal"
    assert code_of(lambda: agree_to_value(proposal, by=SYSTEM)) == "own_value_proposal"
    assert code_of(lambda: set_own_parameter(pack, NAME, by=one, **alone)) == "value_needs_two"
    assert not OwnParameter.objects.exists()


def test_the_database_holds_it_too(pack, one):
    proposal = propose_value(pack, NAME, said(), by=one)

    with pytest.raises(IntegrityError), transaction.atomic():
        proposal.move("agreed", decided_by_id=proposal.proposed_by_id)


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ({"days": -1}, "value_begins_in_past"),
        ({"value": "much"}, "not_an_amount"),
        ({"reason": " "}, "say_why"),
    ],
    ids=["yesterday", "no amount", "no reason"],
)
def test_what_cannot_be_proposed(pack, one, what, code):
    assert code_of(lambda: propose_value(pack, NAME, said(**what), by=one)) == code


@pytest.mark.parametrize("value", ["0", "13", "4.5", "April"])
def test_the_year_of_caps_begins_with_a_month(organisation, one, value):
    policy = pack_of(RulePack.objects.get(code="organisation-policy", version="2026.3"))

    assert code_of(lambda: propose_value(policy, "year_begins", said(value), by=one)) == (
        "not_a_month"
    )
    assert propose_value(policy, "year_begins", said("4"), by=one).value == "4"


def test_one_proposal_at_a_time_and_the_next_after_it_was_dropped(pack, one, other):
    proposal = propose_value(pack, NAME, said(), by=one)
    assert code_of(lambda: propose_value(pack, NAME, said("9"), by=other)) == (
        "value_proposed_already"
    )

    drop_value_proposal(proposal, by=other)

    assert propose_value(pack, NAME, said("9"), by=other).is_waiting
    assert code_of(lambda: drop_value_proposal(proposal, by=other)) == "value_decided_already"
    assert code_of(lambda: agree_to_value(proposal, by=other)) == "value_decided_already"


def test_a_proposal_whose_day_went_by_is_proposed_anew(pack, one, other):
    proposal = propose_value(pack, NAME, said(), by=one)
    past = day_here() - timedelta(days=1)
    ValueProposal.objects.filter(pk=proposal.pk).update(effective_from=past)

    assert code_of(lambda: agree_to_value(proposal, by=other)) == "value_begins_in_past"


def test_it_remembers_what_applied_until_then(pack, one, other):
    agree_to_value(propose_value(pack, NAME, said("2500"), by=one), by=other)

    assert propose_value(pack, NAME, said("2000", days=9), by=one).was == "2500"
