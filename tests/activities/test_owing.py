"""Who owes what by when: rules over readings, without a database."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from symposia.activities.facts import Fact, Known, Reading, Stage
from symposia.activities.models import State
from symposia.activities.owing import due_of, owed_by
from symposia.shared.ids import uuid7
from symposia.shared.refusals import Objection

STARTS = datetime(2027, 3, 11, 18, 30, tzinfo=UTC)
ENDS = STARTS + timedelta(minutes=90)
MISSING = Objection("missing", "The agenda of %(what)s has no session.")


def activity(state=State.DRAFT):
    return SimpleNamespace(
        state=state, starts_at=STARTS, ends_at=ENDS, owner_id=uuid7(), owner="Asha Kulkarni"
    )


def known(name, reading, *needed):
    return Known(Fact(name, name.title(), lambda _activity: None, frozenset(needed)), reading)


def blocked(name="agenda", *needed, **more):
    return known(name, Reading("blocked", MISSING, ("activity_agenda", ["x"]), **more), *needed)


def test_what_is_done_owes_nothing():
    assert owed_by(activity(), [known("agenda", Reading("done"), Stage.SUBMIT)]) == []


def test_the_owner_of_the_activity_owes_what_nobody_else_does():
    it = activity()
    (owed,) = owed_by(it, [blocked("agenda", Stage.SUBMIT)])

    assert (owed.owner_id, owed.owner) == (it.owner_id, "Asha Kulkarni")
    assert owed.why is MISSING
    assert owed.link == ("activity_agenda", ["x"])


def test_whoever_the_reading_names_owes_it():
    (owed,) = owed_by(activity(), [blocked("disclosures", Stage.START, owner="Dr Rao")])

    assert (owed.owner_id, owed.owner) == (None, "Dr Rao")


@pytest.mark.parametrize(
    ("state", "needed", "stage", "due"),
    [
        (State.DRAFT, Stage.SUBMIT, Stage.SUBMIT, STARTS - timedelta(days=21)),
        (State.DRAFT, Stage.OPEN, Stage.OPEN, STARTS - timedelta(days=14)),
        (State.APPROVED, Stage.OPEN, Stage.OPEN, STARTS - timedelta(days=14)),
        (State.OPEN, Stage.START, Stage.START, STARTS),
        (State.HELD, Stage.CLOSE, Stage.CLOSE, ENDS + timedelta(days=30)),
        # What nothing is held up by is due with the step that comes next.
        (State.APPROVED, Stage.SUBMIT, Stage.OPEN, STARTS - timedelta(days=14)),
    ],
)
def test_it_is_due_when_the_step_it_holds_up_is(state, needed, stage, due):
    (owed,) = owed_by(activity(state), [blocked("agenda", needed)])

    assert (owed.stage, owed.due_at) == (stage, due)
    assert due_of(activity(state), stage) == due


@pytest.mark.parametrize("state", [State.CLOSED, State.CANCELLED])
def test_nothing_is_owed_once_it_is_over_and_done_with(state):
    assert owed_by(activity(state), [blocked("agenda", Stage.SUBMIT)]) == []


def test_what_waits_without_holding_anything_up_is_not_owed():
    assert owed_by(activity(), [known("milestones", Reading("waiting"))]) == []


def test_what_holds_up_a_step_is_owed_even_where_it_only_waits():
    again = Reading("now", Objection("asked_again", "It waits again."))

    (owed,) = owed_by(activity(State.APPROVED), [known("approval", again, Stage.OPEN)])

    assert owed.owner_id is None


def test_the_most_urgent_comes_first():
    found = owed_by(activity(), [blocked("b", Stage.START), blocked("a", Stage.SUBMIT)])

    assert [each.fact for each in found] == ["a", "b"]
