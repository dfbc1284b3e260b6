"""The budget tree: where money hangs, how it rolls up, and that nobody overruns a cap."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from symposia.activities.events import ActivityChanged
from symposia.audit.models import Entry
from symposia.finance.actions.budgets import (
    commit_budget,
    post_actual,
    release_commitments,
    reverse_entry,
    set_estimate,
)
from symposia.finance.actions.nodes import change_envelope, remove_node, rename_node
from symposia.finance.actions.placing import choose_node, hang_those_that_hang_nowhere
from symposia.finance.actions.posting import Paper
from symposia.finance.models import BudgetLine, BudgetNode, BudgetPlace, NodeMonth
from symposia.finance.tree import burn_of, near_caps, node_by_rule, shown_node, unplaced
from symposia.shared.actors import SYSTEM
from symposia.shared.events import announce
from symposia.shared.money import Money
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.approvals import access
from tests.factories.budget import node, now_of, tree
from tests.factories.directory import TerritoryFactory
from tests.factories.finance import approve, committed, estimated, spent, usd

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
    return tree(south, TerritoryFactory(code="west"))


def meeting(territory=None, **more):
    return ActivityFactory(state="draft", mode="scientific", territory=territory, **more)


def sums(each):
    return (each.estimate_minor, each.committed_minor, each.actual_minor, each.charged_minor)


def test_money_hangs_on_the_deepest_node_that_is_for_it_and_counts_on_all_above(nodes, south):
    bengaluru = TerritoryFactory(code="blr", parent=south)
    heart = node("south-heart", "4500", nodes["south"], kind="brand", product="Cardivan")
    activity = estimated(meeting(bengaluru, product="cardivan"))
    other = estimated(meeting(bengaluru, product="Else"))

    assert BudgetPlace.objects.get(activity=activity).node == heart
    assert BudgetPlace.objects.get(activity=other).node == nodes["south"]

    approve(activity)
    commit_budget(activity, by=SYSTEM)
    spent(BudgetLine.objects.of(activity)[0], "1900.00")  # 100.00 more than was promised

    for each in (heart, *now_of(nodes).values()):
        each.refresh_from_db()
    assert sums(heart) == (425_000, 425_000, 190_000, 435_000)
    assert sums(nodes["south"]) == sums(nodes["all"]) == (850_000, 425_000, 190_000, 435_000)
    assert sums(nodes["west"]) == (0, 0, 0, 0)
    months = NodeMonth.objects.filter(node=nodes["all"]).values_list("charged_minor", flat=True)
    assert list(months) == [435_000]


def test_what_is_taken_back_leaves_every_node(nodes, south):
    activity = committed(activity=meeting(south))
    posting = spent(BudgetLine.objects.of(activity)[0], "1900.00")

    reverse_entry(posting, reason="Twice", by=SYSTEM)
    assert sums(now_of(nodes)["all"]) == (425_000, 425_000, 0, 425_000)

    release_commitments(activity, reason="Called off", by=SYSTEM)
    assert sums(now_of(nodes)["all"]) == (425_000, 0, 0, 0)


def test_a_node_that_is_full_refuses_and_names_no_figure_of_what_is_above(nodes, south):
    estimated(first := meeting(south))
    approve(first)
    commit_budget(first, by=SYSTEM)
    second = estimated(meeting(south))
    approve(second)

    with pytest.raises(Refused) as refused, transaction.atomic():
        commit_budget(second, by=SYSTEM)
    assert refused.value.objection.code == "node_full"
    assert "3,750 USD left of 8,000 USD" in str(refused.value)

    # Spent at the root itself, the root is full while the region is not.
    change_envelope(nodes["south"], usd("9000"), reason="More", by=SYSTEM)
    hall = committed(activity=meeting())
    lines = BudgetLine.objects.of(hall)
    post_actual(lines[0], usd("13200"), _paper(), by=SYSTEM)
    with pytest.raises(Refused) as refused, transaction.atomic():
        commit_budget(second, by=SYSTEM)
    assert refused.value.objection.code == "node_above_full"
    assert "20,000" not in str(refused.value)


def _paper():
    return Paper("Hall", "Bay Hotels", "INV-1")


def test_the_database_itself_refuses_what_overruns_a_node(nodes):
    rows = BudgetNode.objects.filter(pk=nodes["south"].pk)
    with pytest.raises(IntegrityError, match="not_overrun"), transaction.atomic():
        rows.update(charged_minor=F("envelope_minor") + 1)
    with pytest.raises(IntegrityError, match="gives_on"), transaction.atomic():
        rows.update(given_minor=F("envelope_minor") + 1)


def test_a_node_narrows_its_parent_and_takes_what_it_does_not_say(nodes, south):
    quarter = node(
        *("south-q1", "1000", nodes["south"]),
        kind="period",
        starts_on=date(2027, 1, 1),
        ends_on=date(2027, 3, 31),
    )
    assert (quarter.territory, quarter.depth) == (south, 3)
    assert node_by_rule(meeting(south)) == quarter
    assert node_by_rule(meeting(south, minutes=60, wall_starts=_day(2027, 4, 2))) == nodes["south"]

    wrong = {
        "node_code_taken": ("south", "1", nodes["all"], {}),
        "node_nameless": (" ", "1", nodes["all"], {}),
        "parent_has_less": ("rest", "1000.01", nodes["all"], {}),
        "node_outside": ("x", "1", nodes["south"], {"territory": TerritoryFactory(code="x")}),
        "node_days": ("y", "1", nodes["all"], {"starts_on": date(2027, 1, 1)}),
        "wrong_currency": ("z", "1", nodes["all"], {"currency": "EUR"}),
    }
    for code, (name, envelope, parent, more) in wrong.items():
        assert code_of(lambda: node(name, envelope, parent, **more)) == code  # noqa: B023
    late = {"starts_on": date(2027, 3, 1), "ends_on": date(2027, 4, 30)}
    assert code_of(lambda: node("w", "1", quarter, **late)) == "node_outside"


def _day(*day):
    return datetime(*day, 18, 30)  # noqa: DTZ001  # a wall time


def test_an_envelope_is_never_less_than_what_is_used(nodes, south):
    committed(activity=meeting(south))
    refused = lambda money, why="Less": code_of(  # noqa: E731
        lambda: change_envelope(nodes["south"], usd(money), reason=why, by=SYSTEM)
    )
    assert refused("4249.99") == "node_needs_more"
    assert refused("9000.01") == "parent_has_less"
    assert refused("8500", " ") == "node_reason"
    assert code_of(lambda: remove_node(nodes["south"], by=SYSTEM)) == "node_in_use"

    change_envelope(nodes["south"], usd("4250"), reason="Less", by=SYSTEM)
    assert now_of(nodes)["all"].given_minor == 1_525_000
    assert Entry.objects.filter(action="budget_node.envelope_changed").get().reason == "Less"

    remove_node(nodes.pop("west"), by=SYSTEM)
    assert now_of(nodes)["all"].given_minor == 925_000
    rename_node(nodes["south"], "The south", by=SYSTEM)
    assert now_of(nodes)["south"].name == "The south"


def test_a_person_hangs_it_elsewhere_with_a_reason_and_no_rule_takes_it_back(nodes, south):
    activity = committed(activity=meeting(south))
    move = lambda to, why="Their idea": choose_node(  # noqa: E731
        activity, nodes[to], reason=why, by=SYSTEM
    )
    assert code_of(lambda: move("south")) == "on_node_already"
    assert code_of(lambda: move("west", "")) == "node_reason"
    assert code_of(lambda: move("cme")) == "other_side_of_wall"

    move("west")
    now_of(nodes)
    assert sums(nodes["south"]) == (0, 0, 0, 0)
    assert sums(nodes["west"]) == sums(nodes["all"]) == (425_000, 425_000, 0, 425_000)

    announce(ActivityChanged(activity.pk, ("territory",)))
    assert BudgetPlace.objects.get().node == nodes["west"]
    assert Entry.objects.get(action="budget_place.chosen").details["before"] == "south"


def test_another_territory_takes_its_money_along_where_there_is_room(nodes, south):
    activity = committed(activity=meeting(south))
    activity.territory = nodes["west"].territory
    activity.save()
    announce(ActivityChanged(activity.pk, ("territory",)))
    assert sums(now_of(nodes)["west"])[3] == 425_000

    change_envelope(nodes["south"], usd("4000"), reason="Less", by=SYSTEM)
    activity.territory = south
    activity.save()
    announce(ActivityChanged(activity.pk, ("territory",)))
    assert sums(now_of(nodes)["west"])[3] == 425_000
    assert sums(nodes["south"])[3] == 0


def test_what_began_before_its_node_is_found_afterwards(organisation, south):
    activity = estimated(meeting(south))
    officer = access(member(organisation, "finance_officer"), organisation)
    assert list(unplaced(officer)) == [activity]

    top = node("all", "9000")
    assert hang_those_that_hang_nowhere([activity], by=SYSTEM) == 1
    top.refresh_from_db()
    assert (top.estimate_minor, list(unplaced(officer))) == (425_000, [])


def test_a_region_sees_its_branch_and_independent_money_stays_behind_the_wall(
    organisation, nodes, south
):
    committed(activity=meeting(south))
    education = committed(activity=ActivityFactory(state="draft"), lines=(("venue", "H", "4600"),))
    assert BudgetPlace.objects.get(activity=education).node == nodes["cme"]

    def seen(role, **scope):
        reach = access(member(organisation, role, **scope), organisation)
        rows = BudgetNode.objects.shown_to(reach).order_by("code")
        return reach, {each.code: (each.seen_envelope, each.seen_charged) for each in rows}

    _reach, all_of_it = seen("finance_officer")
    assert all_of_it["all"] == (2_000_000, 885_000)
    assert all_of_it["cme"] == (500_000, 460_000)

    brand, outside = seen("brand_manager")
    assert outside == {
        "all": (1_500_000, 425_000),
        "south": (800_000, 425_000),
        "west": (600_000, 0),
    }
    assert [each.code for each in near_caps(brand)] == []
    assert shown_node(brand, nodes["cme"].pk) is None

    _reach, region = seen("area_manager", scope_kind="territory", scope_id=south.pk)
    assert region == {"south": (800_000, 425_000)}
    _reach, door = seen("door_staff")
    assert door == {}

    officer = access(member(organisation, "finance_officer"), organisation)
    assert [each.code for each in near_caps(officer)] == ["cme"]
    whole = now_of(nodes)["all"]
    charged = lambda who: {b.charged for b in burn_of(who, whole, 1) if not b.is_ahead}  # noqa: E731
    assert max(charged(officer)) == 885_000
    assert max(charged(brand)) == 425_000


def test_nodes_of_another_organisation_do_not_exist(nodes):
    other = OrganisationFactory()
    with acting_in(other.pk):
        assert not BudgetNode.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_racing_writers_never_overrun_a_cap():
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        region = TerritoryFactory(code="south")
        top = node("all", "1000")
        south = node("south", "1000", top, territory=region)
        lines = []
        for _n in range(8):
            activity = committed(activity=meeting(region), lines=(("venue", "H", "0.01"),))
            lines.append(BudgetLine.objects.of(activity).get())
    assert _race(organisation, lines, "300") == 3
    with acting_in(organisation.pk):
        south.refresh_from_db()
        assert south.charged_minor == 90_000 + 5
        # Negative control: whoever looks and then writes, without holding the row, overruns it.
        BudgetNode.objects.update(charged_minor=0)
    start, looked = threading.Barrier(2), threading.Barrier(2)

    def careless(_n):
        try:
            start.wait()
            with acting_in(organisation.pk):
                each = BudgetNode.objects.get(pk=south.pk)
                fits = each.charged_minor + 60_000 <= each.envelope_minor
                looked.wait()
                if fits:
                    BudgetNode.objects.filter(pk=south.pk).update(
                        charged_minor=F("charged_minor") + 60_000
                    )
        except IntegrityError:
            return "held by the constraint"
        else:
            return fits
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(map(str, pool.map(careless, range(2)))) == ["True", "held by the constraint"]


def _race(organisation, lines, amount):
    """How many of these posted it, all at once."""
    start = threading.Barrier(len(lines))

    def hand(line):
        try:
            start.wait()
            with acting_in(organisation.pk):
                post_actual(line, Money(Decimal(amount), "USD"), _paper(), by=SYSTEM)
        except Refused:
            return 0
        else:
            return 1
        finally:
            connection.close()

    with ThreadPoolExecutor(len(lines)) as pool:
        return sum(pool.map(hand, lines))


def test_an_estimate_alone_is_counted_and_refuses_nothing(nodes, south):
    activity = estimated(meeting(south), lines=(("venue", "Palace", "50000"),))
    assert sums(now_of(nodes)["south"]) == (5_000_000, 0, 0, 0)
    set_estimate(activity, [], by=SYSTEM)
    assert sums(now_of(nodes)["south"]) == (0, 0, 0, 0)


def test_a_burn_says_each_month_of_a_period_and_an_even_pace(organisation, nodes, south):
    officer = access(member(organisation, "finance_officer"), organisation)
    committed(activity=meeting(south))
    months = burn_of(officer, nodes["south"], 1_200_000)
    assert len(months) == 12
    assert (months[0].even, months[-1].even) == (pytest.approx(101_917, abs=60), 1_200_000)
    assert max(each.charged for each in months) == 425_000


def test_an_activity_that_changes_sides_takes_its_money_across_the_wall(nodes, south):
    activity = estimated(meeting(south))
    assert BudgetPlace.objects.get(activity=activity).node == nodes["south"]
    activity.mode = "independent"
    activity.save(update_fields=["mode"])
    announce(ActivityChanged(activity.pk, ("mode",)))

    made = now_of(nodes)
    assert BudgetPlace.objects.get(activity=activity).node == made["cme"]
    assert (made["south"].estimate_minor, made["cme"].estimate_minor) == (0, 425_000)
    assert (made["all"].estimate_minor, made["all"].apart_estimate_minor) == (425_000, 425_000)

    activity.mode = "scientific"
    activity.save(update_fields=["mode"])
    announce(ActivityChanged(activity.pk, ("mode",)))
    made = now_of(nodes)
    assert (made["all"].estimate_minor, made["all"].apart_estimate_minor) == (425_000, 0)
