"""Geometry of somebody's presence over the sessions of a day: bands, and the times under them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from symposia.attendance.folding import CLAIMED, MARKED, ONLINE, ROOM, Presence
from symposia.web import formats

WIDTH, LEFT, LANE, TOP = 720, 76, 26, 22
_HOUR, _LEAST = timedelta(hours=1), timedelta(minutes=15)
_MOST_MARKS = 8
_WAYS = (ROOM, ONLINE, MARKED, CLAIMED)


class Slotted(Protocol):
    """A session as the timeline draws it."""

    title: str
    starts_at: datetime
    ends_at: datetime
    creditable_minutes: int


@dataclass(frozen=True)
class Bar:
    """One stretch of time on a lane; `kind` names its colour."""

    x: str
    y: str
    width: str
    kind: str
    says: str


@dataclass(frozen=True)
class Mark:
    """A full hour, or a part of one."""

    x: str
    clock: str


@dataclass(frozen=True)
class Lane:
    """One way of being there."""

    label: str
    y: str


@dataclass(frozen=True)
class Drawn:
    """Everything of the drawing, and the same as rows of a table."""

    height: int
    foot: str
    end: str
    start: str
    bands: list[Bar]
    bars: list[Bar]
    lanes: list[Lane]
    marks: list[Mark]
    rows: list[tuple[str, str, str]]
    describes: str


def presence_drawn(presence: Presence, sessions: Sequence[Slotted], zone: str) -> Drawn | None:
    """The bands of the sessions, and on lanes under them when somebody was there, and how."""
    times = [t for s in sessions for t in (s.starts_at, s.ends_at)]
    times += [t for s in presence.stays for t in (s.starts_at, s.ends_at)]
    if not times:
        return None
    scale = _Scale(min(times), max(times), zone)
    ways = [way for way in _WAYS if any(s.way == way for s in presence.stays)]
    lanes = [Lane(_("Sessions"), _at(TOP + 15))]
    lanes += [Lane(_word(way), _at(TOP + LANE * (n + 1) + 15)) for n, way in enumerate(ways)]
    foot = TOP + LANE * len(lanes) + 4
    rows = list(_rows(presence, scale))
    return Drawn(
        height=foot + 22,
        foot=_at(foot),
        end=_at(WIDTH),
        start=_at(LEFT),
        bands=list(_bands(sessions, scale)),
        bars=list(_bars(presence, ways, scale)),
        lanes=lanes,
        marks=scale.marks(),
        rows=rows,
        describes="; ".join(f"{how}: {when}" for how, when, _note in rows),
    )


class _Scale:
    """Where an instant is on the drawing, and how it is written."""

    def __init__(self, begins: datetime, ends: datetime, zone: str) -> None:
        self.zone = ZoneInfo(zone)
        self.begins, self.length = begins, max(ends - begins, _LEAST)

    def x(self, at: datetime) -> float:
        return LEFT + (WIDTH - LEFT) * ((at - self.begins) / self.length)

    def clock(self, at: datetime) -> str:
        return formats.clock(at.astimezone(self.zone))

    def stretch(self, begins: datetime, ends: datetime) -> str:
        return f"{self.clock(begins)}–{self.clock(ends)}"  # noqa: RUF001 - a range

    def marks(self) -> list[Mark]:
        """Full hours, or as many of them as can be read."""
        step = _HOUR * max(1, -(-(self.length // _HOUR) // _MOST_MARKS))
        if self.length < 2 * _HOUR:
            step = _HOUR / 2
        local = self.begins.astimezone(self.zone)
        at = local.replace(minute=0, second=0, microsecond=0)
        found = []
        while at - self.begins <= self.length:
            if at >= self.begins:
                found.append(Mark(_at(self.x(at)), self.clock(at)))
            at += step
        return found


def _bands(sessions: Sequence[Slotted], scale: _Scale) -> Iterator[Bar]:
    for session in sessions:
        kind = "f-soft" if session.creditable_minutes else "track"
        says = f"{session.title}, {scale.stretch(session.starts_at, session.ends_at)}"
        yield _bar(session.starts_at, session.ends_at, TOP + 2, kind, says, scale)


def _bars(presence: Presence, ways: Sequence[str], scale: _Scale) -> Iterator[Bar]:
    kinds = {ROOM: "f1", ONLINE: "f2", MARKED: "f3", CLAIMED: "f3"}
    for stay in presence.stays:
        y = TOP + LANE * (ways.index(stay.way) + 1) + 2
        kind = "f-rest" if stay.is_open else kinds[stay.way]
        says = f"{_word(stay.way)}, {scale.stretch(stay.starts_at, stay.ends_at)}"
        yield _bar(stay.starts_at, stay.ends_at, y, kind, says, scale)


def _bar(  # a rectangle and its words
    begins: datetime, ends: datetime, y: int, kind: str, says: str, scale: _Scale
) -> Bar:
    x = scale.x(begins)
    return Bar(_at(x), _at(y), _at(max(scale.x(ends) - x - 1, 2)), kind, says)


def _rows(presence: Presence, scale: _Scale) -> Iterator[tuple[str, str, str]]:
    for stay in presence.stays:
        note = _("no check-out") if stay.is_open else ""
        yield _word(stay.way), scale.stretch(stay.starts_at, stay.ends_at), note


def _word(way: str) -> str:
    words = {ROOM: _("In the room"), ONLINE: _("Online"), MARKED: _("By hand")}
    return {**words, CLAIMED: _("By code")}[way]


def _at(length: float) -> str:
    """A length as SVG reads it, whatever the reader's decimal sign."""
    return f"{length:.1f}"
