"""What each row of a log would do, and why not: shown before anything is kept."""

import uuid
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from symposia.attendance.logs.tables import Table
from symposia.attendance.logs.times import read_times
from symposia.attendance.matching import Because, Candidate, Match, Said, identity_of, match_of
from symposia.work.models import Outcome

# Whoever runs the meeting is no learner; some vendors write it behind the name.
_HOSTS = frozenset({"host", "organizer", "organiser", "co-host", "cohost"})
# What lies further from the activity belongs to another meeting.
_AROUND = timedelta(hours=12)


@dataclass(frozen=True)
class Frame:
    """What every row is judged against."""

    activity_id: uuid.UUID
    starts_at: datetime
    ends_at: datetime
    zone: str
    candidates: Sequence[Candidate]
    codes: Mapping[str, uuid.UUID] = field(default_factory=dict)
    known: AbstractSet[uuid.UUID] = frozenset()


@dataclass(frozen=True)
class Row:
    """One row with what would come of it."""

    line: int
    outcome: Outcome
    reason: str
    said: Said
    joined: datetime | None = None
    left: datetime | None = None
    match: Match | None = None
    event_uuid: uuid.UUID | None = None

    @property
    def is_kept(self) -> bool:
        return self.outcome == Outcome.NEW


def judge_rows(table: Table, columns: Mapping[str, int], frame: Frame) -> list[Row]:
    """Every row of a table, in its order."""

    def cells(name: str) -> list[str]:
        place = columns.get(name)
        return [row[place] if place is not None and place < len(row) else "" for row in table.rows]

    joined = read_times(cells("joined"), frame.zone, near=frame.starts_at)
    left = read_times(cells("left"), frame.zone, near=frame.ends_at)
    named = zip(
        *(cells(name) for name in ("name", "email", "institution", "code", "role")), strict=True
    )
    judged: list[Row] = []
    seen: set[uuid.UUID | None] = set()
    for number, (name, email, institution, code, role) in enumerate(named):
        said = Said(_without_role(name), email if "@" in email else "", institution)
        row = _judged(
            Row(table.first_line + number, Outcome.NEW, "", said, joined[number], left[number]),
            frame,
            has_times="joined" in columns,
            is_host=role.casefold() in _HOSTS or _role_in(name) in _HOSTS,
            place=frame.codes.get(code.strip().upper()),
            seen=seen,
        )
        judged.append(row)
        seen.add(row.event_uuid)
    return judged


def _judged(  # what is known of one row
    row: Row,
    frame: Frame,
    *,
    has_times: bool,
    is_host: bool,
    place: uuid.UUID | None,
    seen: AbstractSet[uuid.UUID | None],
) -> Row:
    if is_host:
        return _with(row, Outcome.SKIPPED, "host")
    if not (row.said.name or row.said.email or place):
        return _with(row, Outcome.REJECTED, "no_name")
    if has_times and (problem := _time_problem(row, frame)):
        return _with(row, Outcome.REJECTED, problem)
    match = Match(place, Because.TICKET) if place else match_of(row.said, frame.candidates)
    event_uuid = _event_uuid(row, frame, place)
    reason = "" if place or match.is_sure else "to_decide"
    made = Row(row.line, Outcome.NEW, reason, row.said, row.joined, row.left, match, event_uuid)
    if event_uuid in seen:
        return _with(made, Outcome.SKIPPED, "twice")
    return _with(made, Outcome.UNCHANGED, "known") if event_uuid in frame.known else made


def _time_problem(row: Row, frame: Frame) -> str:
    if row.joined is None or row.left is None:
        return "no_time"
    if row.left <= row.joined:
        return "ends_first"
    too_far = row.left < frame.starts_at - _AROUND or row.joined > frame.ends_at + _AROUND
    return "other_day" if too_far else ""


def _event_uuid(row: Row, frame: Frame, place: uuid.UUID | None) -> uuid.UUID:
    """The same row of the same meeting is the same observation, in whichever file it comes."""
    times = [at.isoformat() if at else "" for at in (row.joined, row.left)]
    who = str(place) if place else identity_of(row.said)
    return uuid.uuid5(frame.activity_id, "|".join([who, *times]))


def _with(row: Row, outcome: Outcome, reason: str) -> Row:
    return replace(row, outcome=outcome, reason=reason)


def _role_in(name: str) -> str:
    _before, bracket, inside = name.rpartition("(")
    return inside.rstrip(")").casefold().strip() if bracket else ""


def _without_role(name: str) -> str:
    return name.rpartition("(")[0].strip() if _role_in(name) in _HOSTS else name
