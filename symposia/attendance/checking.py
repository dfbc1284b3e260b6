"""What presence checks say of minutes that were seen online: pure, like the fold it follows.

Whoever was online while a check was open is due an answer. Where fewer than the share that the rule
asks for were given in a session, what was seen online in that session counts up to the last answer,
or only if the desk says so. What was seen in the room needs no answer.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from symposia.attendance.presence import ONLINE, Observation, Slot, Stay, Times, merged_times

CAPPED, BY_DESK = "capped", "desk"
ANSWER = "poll"


class Asked(Protocol):
    """What is read of a check."""

    session_id: uuid.UUID
    asked_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class Checks:
    """The checks of an activity, and what its rule says of them."""

    asked: Sequence[Asked] = ()
    percent: int = 0
    short: str = BY_DESK


NO_CHECKS = Checks()


class Unproven(NamedTuple):
    """Times online in a session that too few answers prove."""

    session_id: uuid.UUID
    times: tuple[tuple[datetime, datetime], ...]
    answered: int
    due: int
    by_desk: bool


def proven_stays(
    stays: Sequence[Stay], seen: Iterable[Observation], sessions: Sequence[Slot], checks: Checks
) -> tuple[list[Stay], tuple[Unproven, ...]]:
    """The stays without what is not proven, and what that is."""
    answers = [one for one in seen if one.source == ANSWER]
    left, unproven = list(stays), []
    for slot in sessions:
        due = [one for one in checks.asked if one.session_id == slot.id and _is_due(one, stays)]
        given = [_answer_to(one, answers) for one in due]
        told = [at for at in given if at]
        if not due or len(told) * 100 >= checks.percent * len(due):
            continue
        is_capped = checks.short == CAPPED
        begins = max(told, default=slot.starts_at) if is_capped else slot.starts_at
        taken = _within(left, begins, slot.ends_at)
        if taken:
            left = [part for stay in left for part in _outside(stay, begins, slot.ends_at)]
            unproven.append(Unproven(slot.id, taken, len(told), len(due), not is_capped))
    return left, tuple(unproven)


def _is_due(one: Asked, stays: Sequence[Stay]) -> bool:
    return any(
        stay.way == ONLINE and stay.starts_at < one.closes_at and stay.ends_at > one.asked_at
        for stay in stays
    )


def _answer_to(one: Asked, answers: Sequence[Observation]) -> datetime | None:
    times = [
        answer.occurred_at
        for answer in answers
        if answer.session_id == one.session_id
        and one.asked_at <= answer.occurred_at < one.closes_at
    ]
    return min(times, default=None)


def _within(
    stays: Sequence[Stay], begins: datetime, ends: datetime
) -> tuple[tuple[datetime, datetime], ...]:
    online: Times = merged_times(stay for stay in stays if stay.way == ONLINE)
    cut = [(max(a, begins), min(b, ends)) for a, b in online]
    return tuple((a, b) for a, b in cut if a < b)


def _outside(stay: Stay, begins: datetime, ends: datetime) -> list[Stay]:
    """What lies before and behind; whole, where it was not online or not then."""
    if stay.way != ONLINE or stay.ends_at <= begins or stay.starts_at >= ends:
        return [stay]
    before = stay._replace(ends_at=begins, is_open=False)
    behind = stay._replace(starts_at=ends)
    return [part for part in (before, behind) if part.starts_at < part.ends_at]
