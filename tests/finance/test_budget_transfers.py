"""Money between nodes: two people, along both paths, back only by a counter-transfer."""

import pytest
from django.db import IntegrityError, transaction

from symposia.audit.models import Entry
from symposia.finance.actions.budget_transfers import (
    agree_to_transfer,
    drop_transfer,
    propose_transfer,
    take_transfer_back,
)
from symposia.finance.models import BudgetTransfer
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.approvals import access
from tests.factories.budget import node, now_of, tree
from tests.factories.directory import TerritoryFactory
from tests.factories.finance import committed, usd

pytestmark = pytest.mark.django_db


def code_of(change):
    with pytest.raises(Refused) as refused, transaction.atomic():
        change()
    return refused.value.objection.code


@pytest.fixture
def south(organisation):
    return TerritoryFactory(code="south")


@pytest.fixture
def nodes(south):
    made = tree(south, TerritoryFactory(code="west"))
    city = TerritoryFactory(code="blr", parent=south)
    made["blr"] = node("blr", "5000", made["south"], kind="territory", territory=city)
    made["pune"] = node("pune", "4000", made["west"], kind="territory")
    return made


@pytest.fixture
def people(organisation):
    return [member(organisation, "finance_officer").actor() for _n in range(2)]


def move(nodes, people, leaving, coming, amount, why="The congress moved"):
    asked = propose_transfer(nodes[leaving], nodes[coming], usd(amount), reason=why, by=people[0])
    return agree_to_transfer(asked, by=people[1])


def envelopes(nodes):
    now_of(nodes)
    return {name: (each.envelope_minor, each.given_minor) for name, each in nodes.items()}


def test_it_moves_along_both_paths_and_a_counter_transfer_brings_it_back(nodes, people):
    before = envelopes(nodes)
    moved = move(nodes, people, "blr", "pune", "1000")

    after = envelopes(nodes)
    assert after["blr"] == (400_000, 0)
    assert after["south"] == (700_000, 400_000)
    assert after["west"] == (700_000, 500_000)
    assert after["pune"] == (500_000, 0)
    assert after["all"] == before["all"]

    back = take_transfer_back(moved, reason="It moved back", by=people[1])
    assert (back.from_node, back.to_node, back.reverses) == (nodes["pune"], nodes["blr"], moved)
    assert code_of(lambda: take_transfer_back(moved, reason="Again", by=people[1])) == (
        "transfer_goes_back"
    )
    agree_to_transfer(back, by=people[0])
    assert envelopes(nodes) == before
    agreed = Entry.objects.filter(action="budget_transfer.agreed").order_by("id").first()
    assert agreed.details["from"] == "blr"
    assert agreed.details["proposed_by"] == moved.proposed_by_name


def test_a_parent_gives_to_a_child_and_a_child_gives_back(nodes, people):
    move(nodes, people, "south", "blr", "3000")
    assert envelopes(nodes)["blr"] == (800_000, 0)
    assert envelopes(nodes)["south"] == (800_000, 800_000)
    assert code_of(lambda: move(nodes, people, "south", "blr", "0.01")) == "transfer_too_much"
    move(nodes, people, "blr", "south", "8000")
    assert envelopes(nodes)["south"] == (800_000, 0)


def test_what_is_used_does_not_leave_and_two_people_are_two(nodes, south, people):
    committed(activity=ActivityFactory(state="draft", mode="scientific", territory=south))
    # 8,000 of the south: 4,250 used, 5,000 given on.
    asked = lambda *way: code_of(lambda: move(nodes, people, *way))  # noqa: E731
    assert asked("south", "west", "3000.01") == "transfer_too_much"
    assert asked("blr", "west", "5000") == "transfer_above_used"
    assert asked("blr", "blr", "1") == "transfer_to_itself"
    assert asked("blr", "cme", "1") == "transfer_across_wall"
    assert asked("blr", "west", "0") == "amount_not_positive"
    assert asked("blr", "west", "1", " ") == "transfer_reason"

    mine = propose_transfer(nodes["blr"], nodes["west"], usd("10"), reason="R", by=people[0])
    assert code_of(lambda: agree_to_transfer(mine, by=people[0])) == "own_transfer"
    assert code_of(lambda: agree_to_transfer(mine, by=SYSTEM)) == "own_transfer"
    assert code_of(lambda: take_transfer_back(mine, reason="R", by=people[1])) == (
        "transfer_not_moved"
    )
    assert code_of(lambda: drop_transfer(mine, agrees=False, by=people[1])) == "not_your_transfer"
    drop_transfer(mine, agrees=False, by=people[0])
    assert code_of(lambda: agree_to_transfer(mine, by=people[1])) == "transfer_decided"
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        other = propose_transfer(nodes["blr"], nodes["west"], usd("1"), reason="R", by=people[0])
        other.move("agreed", decided_by_id=people[0].id)


def test_what_was_proposed_and_used_meanwhile_does_not_move(nodes, south, people):
    asked = propose_transfer(nodes["south"], nodes["west"], usd("3000"), reason="R", by=people[0])
    node("kochi", "2000", nodes["south"], kind="territory")
    assert code_of(lambda: agree_to_transfer(asked, by=people[1])) == "transfer_too_much"
    assert BudgetTransfer.objects.get().is_waiting


def test_a_region_sees_the_transfers_of_its_branch(organisation, nodes, south, people):
    move(nodes, people, "blr", "pune", "10")
    move(nodes, people, "west", "pune", "10")
    regional = member(organisation, "area_manager", scope_kind="territory", scope_id=south.pk)
    seen = BudgetTransfer.objects.visible_to(access(regional, organisation))
    assert [each.from_node.code for each in seen] == ["blr"]
    officer = access(member(organisation, "finance_officer"), organisation)
    assert BudgetTransfer.objects.visible_to(officer).count() == 2
