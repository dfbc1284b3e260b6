from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from symposia.activities.actions.arrangements import (
    ArrangementFacts,
    advance_arrangement,
    arrange,
    change_arrangement,
)
from symposia.activities.actions.lifecycle import cancel_activity
from symposia.activities.arranged import fault_of, logistics_of, people_around
from symposia.activities.models import Activity, Arrangement, ArrangementState
from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM
from symposia.shared.money import Money
from symposia.shared.refusals import Refused
from symposia.shared.states import IllegalMove
from tests.factories.activities import ActivityFactory, SessionFactory, SessionFacultyFactory

pytestmark = pytest.mark.django_db
EVENING = datetime.fromisoformat("2027-03-11T18:30")


def facts(kind="catering", **more):
    known = {
        "title": "Buffet",
        "supplier": "Bay Kitchen",
        "wall_starts": EVENING,
        "heads": 80,
        "cost": Money(Decimal(2000), "USD"),
    }
    return ArrangementFacts(kind, **known | more)


def arranged(activity=None, **more):
    return arrange(activity or ActivityFactory(), facts(**more), by=SYSTEM)


def stay(**more):
    nights = {"wall_starts": EVENING, "wall_ends": EVENING + timedelta(days=2)}
    return facts("stay", **{"person": "Dr Meera Rao", "heads": 1, **nights, **more})


def code_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.objection.code


def test_a_meal_is_planned_with_its_cost_per_head(organisation):
    meal = arranged()

    assert meal.state == ArrangementState.PLANNED
    assert str(meal.per_head) == "USD 25.00"
    assert Entry.objects.filter(action="arrangement.planned", subject_id=meal.pk).exists()


def test_a_stay_costs_so_much_a_night(organisation):
    night = arrange(ActivityFactory(), stay(cost=Money(Decimal(500), "USD")), by=SYSTEM)

    assert (night.nights, str(night.per_night)) == (2, "USD 250.00")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"title": " "}, "arrangement_title"),
        ({"kind": "travel"}, "arrangement_person"),
        ({"kind": "stay", "person": "Dr Rao", "wall_ends": None}, "arrangement_nights"),
        ({"wall_ends": EVENING - timedelta(minutes=1)}, "arrangement_order"),
        ({"wall_starts": None, "wall_ends": EVENING}, "arrangement_order"),
        ({"cost": Money(Decimal(1), "INR")}, "arrangement_currency"),
        ({"cost": Money(Decimal(-1), "USD")}, "arrangement_cost"),
    ],
)
def test_what_does_not_fit_together_is_refused(organisation, wrong, code):
    assert code_of(lambda: arranged(**wrong)) == code
    assert not Arrangement.objects.exists()


def test_a_session_of_another_activity_is_refused(organisation):
    assert code_of(lambda: arranged(session=SessionFactory())) == "arrangement_session"


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_nothing_is_arranged_for_what_is_over(organisation, state):
    assert code_of(lambda: arranged(ActivityFactory(state=state))) == "arranging_over"


def test_it_is_requested_confirmed_and_delivered(organisation):
    meal = arranged()

    for to in ("requested", "confirmed", "delivered"):
        meal = advance_arrangement(meal, to, by=SYSTEM)

    actions = (
        Entry.objects.filter(subject_id=meal.pk).order_by("pk").values_list("action", flat=True)
    )
    assert [a.partition(".")[2] for a in actions] == [
        "planned",
        "requested",
        "confirmed",
        "delivered",
    ]


@pytest.mark.parametrize("path", [("delivered",), ("confirmed", "requested")])
def test_no_step_is_left_out_or_taken_back(organisation, path):
    meal = arranged()
    for to in path[:-1]:
        meal = advance_arrangement(meal, to, by=SYSTEM)

    assert code_of(lambda: advance_arrangement(meal, path[-1], by=SYSTEM)) == "arrangement_step"
    with pytest.raises(IllegalMove):
        meal.move(path[-1])


def test_the_database_holds_the_same_table_of_steps(organisation):
    meal = arranged()

    with pytest.raises(IntegrityError), transaction.atomic():
        Arrangement.objects.filter(pk=meal.pk).update(state="delivered")


def test_nobody_is_asked_without_a_name_and_nothing_called_off_without_a_reason(organisation):
    meal = arranged(supplier="")

    assert code_of(lambda: advance_arrangement(meal, "requested", by=SYSTEM)) == (
        "arrangement_supplier"
    )
    assert code_of(lambda: advance_arrangement(meal, "cancelled", by=SYSTEM)) == (
        "arrangement_reason"
    )
    off = advance_arrangement(meal, "cancelled", reason="Too dear", by=SYSTEM)
    assert code_of(lambda: change_arrangement(off, facts(), seen_version=2, by=SYSTEM)) == (
        "arrangement_settled"
    )


def test_a_change_says_what_it_changed_and_overwrites_nobody(organisation):
    meal = arranged()

    changed = change_arrangement(meal, facts(heads=60), seen_version=1, by=SYSTEM)

    assert (changed.heads, changed.version) == (60, 2)
    entry = Entry.objects.get(action="arrangement.changed")
    assert [c["field"] for c in entry.details["changes"]] == ["heads"]
    assert code_of(lambda: change_arrangement(meal, facts(), seen_version=1, by=SYSTEM)) == (
        "changed_meanwhile"
    )


def test_a_change_of_nothing_is_none(organisation):
    meal = arranged()

    assert change_arrangement(meal, facts(), seen_version=1, by=SYSTEM).version == 1


def test_what_is_booked_for_an_activity_that_is_off_must_be_called_off(organisation):
    activity = ActivityFactory()
    meal = advance_arrangement(arranged(activity), "requested", by=SYSTEM)
    assert fault_of(meal, activity) is None

    activity = cancel_activity(activity, reason="Strike", by=SYSTEM)

    assert fault_of(meal, activity).code == "arrangement_stands"
    off = advance_arrangement(meal, "cancelled", reason="Strike", by=SYSTEM)
    assert fault_of(off, activity) is None


@pytest.mark.parametrize(
    ("kind", "days", "is_wrong"),
    [
        ("catering", 0, False),
        ("catering", 1, True),
        ("travel", 3, False),
        ("travel", 4, True),
        ("travel", -3, False),
        ("travel", -4, True),
    ],
)
def test_what_lies_outside_the_days_of_its_activity_is_told(organisation, kind, days, is_wrong):
    activity = ActivityFactory()
    at = EVENING + timedelta(days=days)
    each = arranged(activity, kind=kind, person="Dr Rao", wall_starts=at)

    found = fault_of(each, activity)

    assert (found is not None) == is_wrong


def test_the_sum_leaves_out_what_was_called_off(organisation):
    activity = ActivityFactory()
    arranged(activity)
    off = arranged(activity, cost=Money(Decimal(999), "USD"))
    arranged(activity, cost=None)
    advance_arrangement(off, "cancelled", reason="Too dear", by=SYSTEM)

    found = logistics_of(Activity.objects.get(pk=activity.pk), "USD")

    assert str(found.cost) == "USD 2,000.00"
    assert (len(found.rows), len(found.standing)) == (3, 2)


def test_one_arranges_for_those_who_teach(organisation):
    activity = ActivityFactory()
    SessionFacultyFactory(session=SessionFactory(activity=activity), name="Dr Meera Rao")

    assert [p.name for p in people_around(activity)] == []
