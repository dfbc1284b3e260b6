"""A state moves along its table and no other way."""

import uuid

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from symposia.activities.models import Activity, State
from symposia.shared.guards import tenant_models
from symposia.shared.planned import together
from symposia.shared.states import IllegalMove, Stateful, move_apart, move_each
from tests.factories.activities import ActivityFactory
from tests.factories.notifications import message

STATEFUL = [model for model in tenant_models() if issubclass(model, Stateful)]
TABLES = pytest.mark.parametrize("model", STATEFUL, ids=lambda m: m._meta.label)


@TABLES
def test_a_table_names_every_state_and_only_those(model):
    states = {value for value, _label in model._meta.get_field("state").choices}

    assert set(model.TRANSITIONS) == states
    assert set().union(*model.TRANSITIONS.values()) <= states


@TABLES
def test_no_state_moves_to_itself_and_each_is_reached(model):
    first = model._meta.get_field("state").default
    reached, waiting = set(), {str(first)} if first in model.TRANSITIONS else set(model.TRANSITIONS)
    while waiting:
        state = waiting.pop()
        reached.add(state)
        waiting |= {str(to) for to in model.TRANSITIONS[state]} - reached

    assert reached == {str(state) for state in model.TRANSITIONS}
    assert [state for state, to in model.TRANSITIONS.items() if state in to] == []


@TABLES
def test_one_may_move_exactly_where_the_table_says(model):
    for state, allowed in model.TRANSITIONS.items():
        one = model(state=state, organisation_id=uuid.uuid4())
        for to in model.TRANSITIONS:
            assert one.can_move(to) == (to in allowed)
            if to not in allowed:
                with pytest.raises(IllegalMove, match=model._meta.label):
                    one.move(to)
                assert one.state == state


def test_a_move_saves_what_belongs_to_it(organisation):
    activity = ActivityFactory(state=State.DRAFT)

    activity.move(State.SUBMITTED, title="As submitted")

    activity.refresh_from_db()
    assert (activity.state, activity.title) == (State.SUBMITTED, "As submitted")


def test_many_take_the_same_step_in_one_statement_or_none_does(
    organisation, django_assert_num_queries
):
    two = [ActivityFactory(state=State.DRAFT) for _number in range(2)]

    with django_assert_num_queries(1):
        move_each(two, State.SUBMITTED, title="As submitted")

    for one in two:
        one.refresh_from_db()
        assert (one.state, one.title) == (State.SUBMITTED, "As submitted")
    with pytest.raises(IllegalMove):
        move_each([ActivityFactory(state=State.DRAFT), two[0]], State.SUBMITTED)
    assert Activity.objects.filter(state=State.DRAFT).count() == 1
    move_each([], State.SUBMITTED)


def test_the_database_holds_the_same_table(organisation):
    """Past the product, with SQL by hand, a state does not jump either."""
    activity = ActivityFactory(state=State.DRAFT)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE activities_activity SET state = 'closed'")

    assert Activity.objects.get(pk=activity.pk).state == State.DRAFT


def test_every_model_with_states_is_met():
    assert len(STATEFUL) >= 5


def test_rows_move_apart_each_with_its_own_facts_or_none_does(
    organisation, django_assert_num_queries
):
    rows = [message(to_address=f"p{n}@example.org") for n in range(2)]
    moves = [("sending", {"attempts": n}) for n in (1, 2)]

    with django_assert_num_queries(1):
        move_apart(rows, moves)

    kept = type(rows[0]).objects.order_by("to_address").values_list("state", "attempts")
    assert list(kept) == [("sending", 1), ("sending", 2)]
    with pytest.raises(IllegalMove):
        move_apart(rows, moves)


def test_a_move_among_others_waits_for_them_and_keeps_to_the_table(organisation):
    row = message()
    with together():
        row.move_on("sending", attempts=3)

    row.refresh_from_db()
    assert (row.state, row.attempts) == ("sending", 3)
    with pytest.raises(IllegalMove):
        row.move_on("cancelled")
