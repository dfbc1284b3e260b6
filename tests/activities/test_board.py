import uuid
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from symposia.activities.board import STEP, board_of, days_of
from symposia.activities.models import Session
from symposia.activities.queries import Slot

NOBODY = uuid.UUID(int=0)
NINE = datetime.fromisoformat("2027-03-11T09:00")


def slot(after, minutes, room="A"):
    starts = NINE + timedelta(minutes=after)
    values = {"title": f"S{after}", "wall_starts": starts, "minutes": minutes, "room": room}
    return Slot(Session(organisation_id=NOBODY, **values), [])


def board(*slots, minutes=120):
    return board_of(list(slots), NINE.date(), NINE, NINE + timedelta(minutes=minutes))


def shown(made):
    return [cell.slot for row in made.rows for cell in row.cells if cell.slot]


def test_a_session_stands_at_its_time_in_its_room():
    talk, other = slot(10, 35), slot(0, 60, room="B")

    made = board(talk, other)

    assert [lane.name for lane in made.lanes] == ["A", "B"]
    cell = next(c for c in made.rows[2].cells if c.slot is talk)
    assert (cell.span, cell.at) == (7, NINE + timedelta(minutes=10))
    assert [row.time for row in made.rows[:7] if row.time] == [NINE, NINE + timedelta(minutes=30)]


def test_two_sessions_in_one_room_at_one_time_stand_side_by_side():
    made = board(slot(0, 30), slot(10, 30), slot(30, 30))

    assert [(lane.name, len(lane.slots)) for lane in made.lanes] == [("A", 2), ("A", 1)]


def test_free_time_ends_at_each_half_hour_so_that_it_can_be_dropped_into():
    made = board(slot(45, 15), minutes=60)

    cells = [cell for row in made.rows for cell in row.cells]
    assert [(c.span, bool(c.slot)) for c in cells] == [(6, False), (3, False), (3, True)]


def test_the_days_of_an_agenda_are_in_order():
    assert days_of([slot(24 * 60, 10), slot(0, 10)]) == [
        NINE.date(),
        NINE.date() + timedelta(days=1),
    ]


@given(
    st.lists(
        st.tuples(st.integers(0, 500), st.integers(1, 180), st.sampled_from(["A", "B", ""])),
        min_size=1,
        max_size=8,
    )
)
def test_whatever_the_agenda_each_session_is_shown_once_and_each_lane_is_full(drawn):
    slots = [slot(*each) for each in drawn]

    made = board(*slots)

    assert sorted(map(id, shown(made))) == sorted(map(id, slots))
    for lane in made.lanes:
        cells = [cell for row in made.rows for cell in row.cells if cell.lane is lane]
        assert sum(cell.span for cell in cells) >= len(made.rows)
        ends = [cell.at + STEP * cell.span for cell in cells]
        assert all(end == after.at for end, after in zip(ends, cells[1:], strict=False))
