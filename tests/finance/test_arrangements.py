from decimal import Decimal

import pytest

from symposia.activities.actions.arrangements import (
    advance_arrangement,
    arrange,
    change_arrangement,
)
from symposia.activities.actions.lifecycle import return_activity
from symposia.activities.models import Activity, Arrangement
from symposia.finance.actions.budgets import commit_budget, follow_arrangements, set_estimate
from symposia.finance.arrangements import differences_of, more_than_estimated
from symposia.finance.models import BudgetLine, Category
from symposia.finance.queries import budget_of, figures_for_rules, lines_of
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.activities.test_arrangements import facts, stay
from tests.factories.activities import ActivityFactory
from tests.factories.finance import approve, estimated, usd

pytestmark = pytest.mark.django_db


def meal(activity, **more):
    return arrange(activity, facts(**more), by=SYSTEM)


def estimate_of(arrangement):
    lines = lines_of(Activity.objects.get(pk=arrangement.activity_id))
    return [str(x.estimate) for x in lines if x.line.arrangement_id == arrangement.pk]


def test_a_planned_meal_is_a_line_of_the_estimate_and_follows_it(organisation):
    each = meal(ActivityFactory())
    line = BudgetLine.objects.get()

    assert (line.category, line.description) == (Category.MEALS, "Buffet")
    assert estimate_of(each) == ["USD 2,000.00"]

    change_arrangement(each, facts(cost=usd(1800), title="Lunch"), seen_version=1, by=SYSTEM)

    assert estimate_of(each) == ["USD 1,800.00"]
    assert BudgetLine.objects.get().description == "Lunch"


def test_journeys_and_nights_belong_to_travel_and_say_for_whom(organisation):
    arrange(ActivityFactory(), stay(), by=SYSTEM)

    line = BudgetLine.objects.get()
    assert (line.category, line.description) == (Category.TRAVEL, "Buffet, Dr Meera Rao")


def test_what_is_called_off_or_costs_nothing_is_no_part_of_the_estimate(organisation):
    activity = ActivityFactory()
    each = meal(activity)
    meal(activity, cost=None)

    advance_arrangement(each, "cancelled", reason="Too dear", by=SYSTEM)

    assert BudgetLine.objects.count() == 1
    assert str(budget_of(activity).estimate) == "USD 0.00"


def test_the_estimate_written_by_hand_leaves_those_lines_alone(organisation):
    activity = estimated()
    each = meal(activity)

    set_estimate(activity, [], by=SYSTEM)

    assert str(budget_of(activity).estimate) == "USD 2,000.00"
    assert estimate_of(each) == ["USD 2,000.00"]


def approved(activity):
    approve(activity)
    commit_budget(activity, by=SYSTEM)
    return Activity.objects.get(pk=activity.pk)


def test_after_the_approval_the_line_stays_and_the_difference_is_told(organisation):
    activity = ActivityFactory()
    each = meal(activity)
    activity = approved(activity)

    change_arrangement(each, facts(cost=usd(2300)), seen_version=1, by=SYSTEM)
    new = meal(activity, cost=usd(100), title="Coffee")

    found = differences_of(activity)
    assert estimate_of(each) == ["USD 2,000.00"]
    assert {str(d.arrangement): str(d.more) for d in found} == {
        "Buffet": "USD 300.00",
        "Coffee": "USD 100.00",
    }
    assert str(more_than_estimated(found, "USD")) == "USD 400.00"
    assert estimate_of(new) == []


def test_a_plan_that_comes_back_takes_in_what_was_arranged_meanwhile(organisation):
    activity = ActivityFactory()
    each = meal(activity)
    for state in ("submitted", "in_approval"):
        activity.move(state)
    change_arrangement(each, facts(cost=usd(2300)), seen_version=1, by=SYSTEM)
    assert estimate_of(each) == ["USD 2,000.00"]

    return_activity(activity, reason="Too dear", by=SYSTEM)

    assert estimate_of(each) == ["USD 2,300.00"]


def test_what_was_submitted_is_not_changed_from_the_side(organisation):
    activity = ActivityFactory()
    meal(activity)
    activity.move("submitted")

    with pytest.raises(Refused) as refused:
        follow_arrangements(activity, by=SYSTEM)

    assert refused.value.objection.code == "estimate_fixed"


def test_rules_read_the_meal_by_those_it_is_for(organisation):
    activity = estimated(lines=[("meals", "Coffee", "80")])
    meal(activity, heads=10, cost=usd(500))

    figures = figures_for_rules(activity.pk)

    # USD 50 for each of ten, and 1 for each of the eighty who are expected.
    assert figures["meal_per_head"] == "51.00"
    assert figures["estimate_total"] == "580.00"


def test_rules_read_the_dearest_night_and_journey(organisation):
    activity = ActivityFactory()
    arrange(activity, stay(cost=usd(500)), by=SYSTEM)
    arrange(activity, stay(cost=usd(300), person="Dr Lee"), by=SYSTEM)
    meal(activity, kind="travel", person="Dr Lee", heads=2, cost=usd(900))

    figures = figures_for_rules(activity.pk)

    assert (figures["stay_per_night"], figures["travel_per_head"]) == ("250.00", "450.00")
    assert figures["travel_total"] == "1700.00"


def test_a_draft_is_counted_once_in_the_place_of_what_it_was(organisation):
    activity = ActivityFactory()
    each = meal(activity)
    draft = Arrangement.objects.get(pk=each.pk)
    draft.cost_minor = 400_000

    assert figures_for_rules(activity.pk, draft)["meal_per_head"] == "50.00"
    assert figures_for_rules(activity.pk)["meal_per_head"] == "25.00"
    assert Decimal(figures_for_rules(activity.pk, draft)["estimate_total"]) == 4000
