from datetime import UTC, datetime, timedelta

import pytest

from symposia.activities.agenda import clashes, creditable_minutes
from symposia.activities.models import Session
from symposia.shared.tenancy import INSTALLATION

START = datetime(2027, 3, 11, 23, 30, tzinfo=UTC)


def session(after, minutes, creditable=None, room="", title="S"):
    starts_at = START + timedelta(minutes=after)
    return Session(
        organisation_id=INSTALLATION,
        title=title,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        minutes=minutes,
        creditable_minutes=minutes if creditable is None else creditable,
        room=room,
    )


@pytest.mark.parametrize(
    ("sessions", "minutes"),
    [
        ([], 0),
        ([session(0, 40), session(40, 30)], 70),
        ([session(0, 40), session(40, 15, creditable=0), session(55, 30)], 70),
        ([session(0, 60), session(0, 60), session(30, 60)], 90),
        ([session(0, 60, creditable=45)], 45),
        ([session(0, 60), session(10, 20)], 60),
        ([session(30, 30), session(0, 30)], 60),
    ],
    ids=[
        "nothing",
        "one after the other",
        "a break counts nothing",
        "simultaneous sessions count once",
        "less than the slot",
        "one inside the other",
        "in any order",
    ],
)
def test_creditable_minutes(sessions, minutes):
    assert creditable_minutes(sessions) == minutes


def test_a_room_holds_one_session_at_a_time():
    first, second = session(0, 40, room="Hall A"), session(30, 30, room="hall a")

    assert [c.what for c in clashes([first, second], {})] == ["Hall A"]


def test_a_person_teaches_in_one_session_at_a_time():
    first, second, third = session(0, 40), session(30, 30), session(60, 10)
    people = {first.pk: ["Dr Rao"], second.pk: ["Dr Rao", "Dr Bhat"], third.pk: ["Dr Rao"]}

    assert [(c.first, c.second, c.what) for c in clashes([first, second, third], people)] == [
        (first, second, "Dr Rao")
    ]


def test_sessions_that_touch_do_not_clash():
    assert clashes([session(0, 30, room="A"), session(30, 30, room="A")], {}) == []
