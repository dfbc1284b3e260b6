"""Random walks through the ledger beside a reference that knows nothing of the database: debit
equals credit to the minor unit, parents equal children, and an envelope refuses exactly what it
does not have. Each walk starts from the same tree and is rolled back; its number is its seed."""

import random
from collections import defaultdict
from dataclasses import dataclass, field

import pytest
from django.db import connection, transaction
from django.db.models import Sum

from symposia.finance.actions.budget_transfers import agree_to_transfer, propose_transfer
from symposia.finance.actions.budgets import (
    commit_budget,
    post_actual,
    release_commitments,
    reverse_entry,
)
from symposia.finance.actions.nodes import change_envelope
from symposia.finance.actions.placing import choose_node
from symposia.finance.actions.posting import Paper
from symposia.finance.models import (
    Account,
    BudgetEntry,
    BudgetLine,
    BudgetNode,
    BudgetPlace,
    NodeMonth,
)
from symposia.shared.actors import SYSTEM
from symposia.shared.money import Money
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.budget import node
from tests.factories.directory import TerritoryFactory
from tests.factories.finance import approve, estimated

pytestmark = pytest.mark.django_db
AT_THE_GATE, AT_NIGHT, STEPS = 300, 10_000, 5
PAPER = Paper("Walk", "Somebody", "INV-1")
TREE = {"all": None, "south": "all", "west": "all", "blr": "south", "pune": "west"}
ENVELOPES = {"all": 100_000, "south": 50_000, "west": 40_000, "blr": 20_000, "pune": 20_000}


@dataclass
class Reference:
    """The same tree in plain numbers, minor units throughout."""

    envelope: dict = field(default_factory=lambda: dict(ENVELOPES))
    estimate: dict = field(default_factory=dict)
    committed: dict = field(default_factory=lambda: defaultdict(int))
    actual: dict = field(default_factory=lambda: defaultdict(int))
    hangs: dict = field(default_factory=dict)

    def path(self, name):
        return [name, *(self.path(TREE[name]) if TREE[name] else [])]

    def charged(self, name):
        of = [line for line in self.estimate if name in self.path(self.hangs[line[0]])]
        return sum(max(self.committed[line], self.actual[line]) for line in of)

    def given(self, name):
        return sum(self.envelope[child] for child, parent in TREE.items() if parent == name)

    def fits(self):
        return all(
            self.charged(name) <= self.envelope[name] and self.given(name) <= self.envelope[name]
            for name in TREE
        )

    def tried(self, change):
        """Whether a change leaves every envelope whole; where it does not, nothing is changed."""
        kept = {k: dict(v) for k, v in vars(self).items()}
        change(self)
        if self.fits():
            return True
        for name, value in kept.items():
            getattr(self, name).clear()
            getattr(self, name).update(value)
        return False


class Walk:
    """Steps of one walk on both sides."""

    def __init__(self, world, seed):
        self.chance = random.Random(seed)  # noqa: S311  # a walk, not a secret
        self.world, self.reference = world, Reference()
        self.posted = []
        for activity in world["activities"]:
            name = world["hangs"][activity.pk]
            for line, minor in world["lines"][activity.pk]:
                key = (activity.pk, line.pk)
                self.reference.hangs[activity.pk] = name
                self.reference.estimate[key] = minor

    def step(self):
        steps = (self.commit, self.spend, self.spend, self.reverse, self.release)
        self.chance.choice((*steps, self.hang, self.enlarge, self.move))()

    def both(self, act, change):
        """Act, and see that the ledger refuses exactly what the reference says does not fit."""
        fits, made = self.reference.tried(change), None
        try:
            with transaction.atomic():
                made, is_taken = act(), True
        except Refused:
            is_taken = False
        assert is_taken == fits
        return made

    def activity(self):
        return self.chance.choice(self.world["activities"])

    def keys(self, activity):
        return [(activity.pk, line.pk) for line, _m in self.world["lines"][activity.pk]]

    def commit(self):
        activity = self.activity()

        def change(reference):
            for key in self.keys(activity):
                reference.committed[key] = reference.estimate[key]

        self.both(lambda: commit_budget(activity, by=SYSTEM), change)

    def release(self):
        activity = self.activity()

        def change(reference):
            for key in self.keys(activity):
                reference.committed[key] = 0

        self.both(lambda: release_commitments(activity, reason="R", by=SYSTEM), change)

    def spend(self):
        activity = self.activity()
        line, _minor = self.chance.choice(self.world["lines"][activity.pk])
        minor = self.chance.choice([1, 99, self.chance.randint(1, 15_000)])

        def change(reference):
            reference.actual[activity.pk, line.pk] += minor

        amount = Money.from_minor(minor, "USD")
        made = self.both(lambda: post_actual(line, amount, PAPER, by=SYSTEM), change)
        if made:
            self.posted.append((made, (activity.pk, line.pk), minor))

    def reverse(self):
        if not self.posted:
            return
        posting, key, minor = self.posted.pop(self.chance.randrange(len(self.posted)))

        def change(reference):
            reference.actual[key] -= minor

        self.both(lambda: reverse_entry(posting, reason="R", by=SYSTEM), change)

    def hang(self):
        activity, name = self.activity(), self.chance.choice(list(TREE))
        if self.reference.hangs[activity.pk] == name:
            return

        def change(reference):
            reference.hangs[activity.pk] = name

        there = self.node(name)
        self.both(lambda: choose_node(activity, there, reason="R", by=SYSTEM), change)

    def enlarge(self):
        name = self.chance.choice(list(TREE))
        minor = self.chance.randint(0, 110_000)

        def change(reference):
            reference.envelope[name] = minor

        money, there = Money.from_minor(minor, "USD"), self.node(name)
        self.both(lambda: change_envelope(there, money, reason="R", by=SYSTEM), change)

    def move(self):
        leaving, coming = self.chance.sample(list(TREE), 2)
        minor = self.chance.randint(1, 30_000)
        ends = (self.node(leaving), self.node(coming))
        lose = set(self.reference.path(leaving)) - set(self.reference.path(coming))
        gain = set(self.reference.path(coming)) - set(self.reference.path(leaving))

        def change(reference):
            for name in lose:
                reference.envelope[name] -= minor
            for name in gain:
                reference.envelope[name] += minor

        def act():
            first, second = self.world["people"]
            amount = Money.from_minor(minor, "USD")
            asked = propose_transfer(*ends, amount, reason="R", by=first)
            return agree_to_transfer(asked, by=second)

        self.both(act, change)

    def node(self, name):
        return BudgetNode.objects.get(pk=self.world["nodes"][name])

    def check(self):
        """What the ledger says, from its entries up, and the reference beside it."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert BudgetEntry.objects.aggregate(all=Sum("amount_minor"))["all"] in (0, None)
        entries = BudgetEntry.objects.totals()
        for key in self.reference.estimate:
            told = [entries.get((key[1], account), 0) for account in _OWN]
            wanted = (self.reference.estimate, self.reference.committed, self.reference.actual)
            assert told == [each[key] for each in wanted]
        nodes = {each.code: each for each in BudgetNode.objects.all()}
        own = {
            name: sums
            for name, *sums in BudgetPlace.objects.values("node__code")
            .annotate(*(Sum(f"{each}_minor") for each in _SUMS))
            .values_list("node__code", *(f"{each}_minor__sum" for each in _SUMS))
        }
        months = dict(NodeMonth.objects.values_list("node__code").annotate(Sum("charged_minor")))
        for name, each in nodes.items():
            children = [nodes[child] for child, parent in TREE.items() if parent == name]
            for place, what in enumerate(_SUMS):
                mine = own.get(name, [0] * len(_SUMS))[place]
                beneath = sum(getattr(child, f"{what}_minor") for child in children)
                assert getattr(each, f"{what}_minor") == mine + beneath, (name, what)
            assert each.given_minor == sum(child.envelope_minor for child in children)
            assert each.envelope_minor == self.reference.envelope[name]
            assert each.charged_minor == self.reference.charged(name) == months.get(name, 0)


_OWN = (Account.ESTIMATE, Account.COMMITMENT, Account.ACTUAL)
_SUMS = ("estimate", "committed", "actual", "charged")


@pytest.fixture
def world(organisation):
    """A tree, and four approved activities on it of which nothing is promised yet."""
    nodes, territories = {}, {"all": None}
    for name, parent in TREE.items():
        if parent is not None:
            territories[name] = TerritoryFactory(code=name, parent=territories[parent])
        money, above = f"{ENVELOPES[name] / 100:.2f}", nodes.get(parent)
        nodes[name] = node(name, money, above, territory=territories[name])
    made = {
        "nodes": {name: each.pk for name, each in nodes.items()},
        "people": [member(organisation, "finance_officer").actor() for _n in range(2)],
        "activities": [],
        "lines": {},
        "hangs": {},
    }
    for where in ("all", "south", "south", "west"):
        activity = ActivityFactory(state="draft", mode="scientific", territory=territories[where])
        estimated(activity, lines=(("venue", "Hall", "90.00"), ("meals", "Dinner", "60.01")))
        approve(activity)
        lines = list(BudgetLine.objects.of(activity))
        made["activities"].append(activity)
        made["hangs"][activity.pk] = where
        made["lines"][activity.pk] = list(zip(lines, (9_000, 6_001), strict=True))
    return made


def walk(world, seeds):
    for seed in seeds:
        point = transaction.savepoint()
        each = Walk(world, seed)
        for _n in range(STEPS):
            each.step()
        each.check()
        transaction.savepoint_rollback(point)


def test_three_hundred_walks_keep_the_ledger_and_the_caps(world):
    walk(world, range(AT_THE_GATE))


@pytest.mark.nightly
def test_ten_thousand_walks_keep_the_ledger_and_the_caps(world):
    walk(world, range(AT_THE_GATE, AT_THE_GATE + AT_NIGHT))


def test_a_walk_whose_entry_is_lost_is_found(world):
    """The negative control: a node that forgets one posting."""
    each = Walk(world, 1)
    each.commit()
    BudgetNode.objects.filter(charged_minor__gt=0).update(charged_minor=0)
    with pytest.raises(AssertionError):
        each.check()
