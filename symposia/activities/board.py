"""The agenda as a grid: time down in steps of five minutes, rooms across. No query, no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from symposia.activities.models import Session
from symposia.activities.queries import Slot

STEP = timedelta(minutes=5)
MARK = 6  # steps of half an hour


@dataclass(frozen=True)
class Lane:
    """A column: a room, or a second column of it where two sessions meet there."""

    name: str
    place_id: str
    slots: list[Slot]


@dataclass(frozen=True)
class Cell:
    """What stands in a lane from a step on: a session, or free time one can drop it into."""

    span: int
    at: datetime
    lane: Lane
    slot: Slot | None = None


@dataclass(frozen=True)
class Row:
    """Five minutes; `time` is said at each half hour."""

    time: datetime | None
    cells: list[Cell]


@dataclass(frozen=True)
class Board:
    """One day of an agenda."""

    day: date
    lanes: list[Lane]
    rows: list[Row]


def days_of(slots: Iterable[Slot]) -> list[date]:
    """The days on which anything takes place."""
    return sorted({slot.session.wall_starts.date() for slot in slots})


def board_of(slots: Sequence[Slot], day: date, opens: datetime, closes: datetime) -> Board:
    """The sessions of a day, lane by lane, from the first half hour to the last."""
    mine = [slot for slot in slots if slot.session.wall_starts.date() == day]
    starts = min([s.session.wall_starts for s in mine] + [opens] * (opens.date() == day))
    ends = max([wall_end(s.session) for s in mine] + [closes] * (closes.date() == day))
    first = _half_hour(starts)
    steps = -(-(ends - first) // (STEP * MARK)) * MARK
    lanes = _lanes(mine)
    columns = [_cells(lane, first, steps) for lane in lanes]
    rows = [
        Row(
            first + STEP * step if step % MARK == 0 else None,
            [column[step] for column in columns if step in column],
        )
        for step in range(steps)
    ]
    return Board(day, lanes, rows)


def wall_end(session: Session) -> datetime:
    ends: datetime = session.wall_starts + session.length
    return ends


def _half_hour(at: datetime) -> datetime:
    return at.replace(minute=at.minute // 30 * 30, second=0, microsecond=0)


def _lanes(slots: Sequence[Slot]) -> list[Lane]:
    lanes: list[Lane] = []
    for slot in sorted(slots, key=lambda s: (s.session.room, s.session.wall_starts)):
        session = slot.session
        name, place = session.room or session.track, str(session.place_id or "")
        free = next(
            (
                lane
                for lane in lanes
                if (lane.name, lane.place_id) == (name, place)
                and wall_end(lane.slots[-1].session) <= session.wall_starts
            ),
            None,
        )
        if free:
            free.slots.append(slot)
        else:
            lanes.append(Lane(name, place, [slot]))
    return lanes


def _cells(lane: Lane, first: datetime, steps: int) -> dict[int, Cell]:
    """The cells of a lane by the step they begin at; free time ends at each half hour."""
    taken: dict[int, tuple[int, Slot]] = {}
    past = 0
    for slot in lane.slots:
        begins = max((slot.session.wall_starts - first) // STEP, past)
        past = max(-(-(wall_end(slot.session) - first) // STEP), begins + 1)
        taken[begins] = (past, slot)
    cells, step = {}, 0
    while step < steps:
        if step in taken:
            until, slot = taken[step]
            cells[step] = Cell(until - step, first + STEP * step, lane, slot)
        else:
            until = min([t for t in taken if t > step] + [(step // MARK + 1) * MARK])
            cells[step] = Cell(until - step, first + STEP * step, lane)
        step = until
    return cells
