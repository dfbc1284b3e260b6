from datetime import date

import pytest

from symposia.activities.actions.lifecycle import open_activity, submit_activity
from symposia.activities.actions.plans import place_in_plan
from symposia.activities.facts import read_facts
from symposia.activities.models import Activity
from symposia.approvals.parts import parts_of
from symposia.audit.models import Entry
from symposia.curriculum.actions.plans import set_planning_rule
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.activities import ActivityFactory
from tests.factories.curriculum import PlanFactory


def holding(activity, **facts):
    """A plan whose period holds the activity."""
    day = activity.wall_starts.date()
    period = {"starts_on": date(day.year, 1, 1), "ends_on": date(day.year, 12, 31)}
    return PlanFactory(**period | facts)


def reading(activity):
    known = {k.fact.name: k.reading for k in read_facts(activity)}
    return known.get("plan")


def test_an_activity_of_no_plan_shows_no_condition_until_the_rule_asks_for_one(organisation):
    activity = ActivityFactory()
    assert reading(activity) is None

    set_planning_rule(needs_plan=True, months_ahead=0, reason="Board", by=SYSTEM)

    assert reading(activity).objection.code == "no_plan"


def test_an_activity_under_an_unapproved_plan_is_neither_submitted_nor_opened(organisation):
    for state, step in (("draft", submit_activity), ("approved", open_activity)):
        activity = ActivityFactory(state="draft")
        place_in_plan(activity, holding(activity), by=SYSTEM)
        if state != "draft":
            Activity.objects.filter(pk=activity.pk).update(state="submitted")
            Activity.objects.filter(pk=activity.pk).update(state="in_approval")
            Activity.objects.filter(pk=activity.pk).update(state="approved")

        with pytest.raises(Refused) as refused:
            step(activity, by=SYSTEM)

        assert "Only what an approved plan holds may run." in str(refused.value)


def test_an_approved_plan_lets_it_go_on_and_is_part_of_what_is_signed(organisation):
    activity = ActivityFactory()
    plan = holding(activity, state="approved", approved_on=date(2026, 1, 1))

    activity = place_in_plan(activity, plan, by=SYSTEM)

    assert reading(activity).state == "done"
    assert parts_of("activity", activity.pk)["plan"] == str(plan)
    assert Entry.objects.get(action="activity.planned").details["changes"][0]["now"] == str(plan)


def test_choosing_the_same_plan_again_changes_nothing(organisation):
    activity = ActivityFactory()
    plan = holding(activity)
    place_in_plan(activity, plan, by=SYSTEM)
    place_in_plan(activity, plan, by=SYSTEM)

    assert Entry.objects.filter(action="activity.planned").count() == 1
    assert place_in_plan(activity, None, by=SYSTEM).plan is None


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"state": "ended"}, "plan_not_now"),
        ({"starts_on": date(1999, 1, 1), "ends_on": date(1999, 12, 31)}, "outside_plan"),
    ],
)
def test_an_activity_joins_only_a_living_plan_of_its_period(organisation, facts, code):
    activity = ActivityFactory()

    with pytest.raises(Refused) as refused:
        place_in_plan(activity, holding(activity, **facts), by=SYSTEM)

    assert refused.value.objection.code == code


def test_what_was_submitted_keeps_its_plan(organisation):
    activity = ActivityFactory(state="in_approval")

    with pytest.raises(Refused) as refused:
        place_in_plan(activity, holding(activity), by=SYSTEM)

    assert refused.value.objection.code == "activity_frozen"
