"""Which sessions work on which objective of their activity."""

from datetime import timedelta

import pytest

from symposia.activities.actions.cloning import CloneFacts, clone_activity
from symposia.activities.actions.planning import choose_objectives
from symposia.activities.actions.session_objectives import choose_session_objectives
from symposia.activities.actions.sessions import remove_session
from symposia.activities.models import SessionObjective
from symposia.activities.queries import frozen_of, objectives_of
from symposia.activities.serving import served_by
from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM
from tests.activities.test_actions import code_of, complete
from tests.factories.activities import SessionFactory
from tests.factories.curriculum import ObjectiveFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(organisation):
    activity = complete()
    choose_objectives(activity, [ObjectiveFactory(), ObjectiveFactory()], by=SYSTEM)
    return activity


def serving(activity):
    return [[s.title for s in each.sessions] for each in served_by(activity)]


def test_each_objective_says_which_sessions_work_on_it(activity):
    session = activity.sessions.get()
    first, _second = objectives_of(activity)

    choose_session_objectives(session, [first, first], by=SYSTEM)
    choose_session_objectives(session, [first], by=SYSTEM)

    assert serving(activity) == [[session.title], []]
    line = Entry.objects.get(action="activity.session_objectives_chosen")
    assert line.details["changes"] == [{"field": "objectives", "was": [], "now": [first.text]}]


def test_a_session_works_only_on_what_its_activity_has_promised(activity):
    session, other = activity.sessions.get(), ObjectiveFactory()
    meal = SessionFactory(activity=activity, is_break=True, creditable_minutes=0)
    first = objectives_of(activity)[0]

    foreign = code_of(lambda: choose_session_objectives(session, [other], by=SYSTEM))
    eaten = code_of(lambda: choose_session_objectives(meal, [first], by=SYSTEM))

    assert (foreign, eaten) == ("objective_not_taken_on", "break_teaches_nothing")
    assert not SessionObjective.objects.exists()


def test_what_approvers_sign_says_it_and_an_agenda_without_stays_as_it_was(activity):
    session = activity.sessions.get()
    before = frozen_of(activity)["sessions"]
    first = objectives_of(activity)[0]

    choose_session_objectives(session, [first], by=SYSTEM)

    (after,) = frozen_of(activity)["sessions"]
    assert "objectives" not in before[0]
    assert after == {**before[0], "objectives": [first.text]}


def test_an_objective_the_activity_drops_is_dropped_by_its_sessions(activity):
    session = activity.sessions.get()
    first, second = objectives_of(activity)
    choose_session_objectives(session, [first, second], by=SYSTEM)

    choose_objectives(activity, [second], by=SYSTEM)

    assert [link.objective for link in SessionObjective.objects.of(activity)] == [second]


def test_a_session_leaves_the_agenda_with_what_it_worked_on(activity):
    session = activity.sessions.get()
    choose_session_objectives(session, objectives_of(activity), by=SYSTEM)

    remove_session(session, by=SYSTEM)

    assert serving(activity) == [[], []]


@pytest.mark.parametrize(("taken", "left"), [(["objectives", "agenda"], 2), (["agenda"], 0)])
def test_a_clone_works_on_the_same_as_far_as_it_takes_it_on(activity, taken, left):
    choose_session_objectives(activity.sessions.get(), objectives_of(activity), by=SYSTEM)
    facts = CloneFacts("Again", activity.wall_starts + timedelta(weeks=52))

    copy = clone_activity(activity, facts, take=taken, by=SYSTEM)

    assert SessionObjective.objects.of(copy).count() == left
