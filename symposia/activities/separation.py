"""Marketing keeps its distance from accredited education: how near they are, by arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Session
from symposia.shared.refusals import Objection

MARKETING_COUNTS_NOTHING = Objection(
    "marketing_counts_nothing",
    _("Marketing is no education: its creditable minutes are 0."),
)
TOO_NEAR = Objection(
    "marketing_too_near",
    _(
        "“%(marketing)s” is %(minutes)s minutes from “%(education)s” in the same space;"
        " %(apart)s are asked. Move one of them, or put it into another room."
    ),
)


@dataclass(frozen=True)
class Nearness:
    """Marketing and education in one space, and the minutes that lie between them."""

    marketing: Session
    education: Session
    minutes: int


def objection_to_marketing(*, is_marketing: bool, creditable: int) -> Objection | None:
    """No minute of marketing counts for credit."""
    return MARKETING_COUNTS_NOTHING if is_marketing and creditable else None


def marketing_in(sessions: Sequence[Session]) -> list[Session]:
    """The exhibits, sessions of companies and other marketing on an agenda."""
    return [each for each in sessions if each.is_marketing]


def nearnesses(sessions: Sequence[Session]) -> list[Nearness]:
    """Every piece of marketing beside every piece of education in the same space, nearest first."""
    education = [each for each in sessions if not each.is_marketing and not each.is_break]
    found = [
        Nearness(one, other, _minutes_between(one, other))
        for one in marketing_in(sessions)
        for other in education
        if _share_space(one, other)
    ]
    return sorted(found, key=lambda near: (near.minutes, near.marketing.starts_at))


def too_near(sessions: Sequence[Session], apart: int) -> list[Nearness]:
    """Those with fewer minutes between them than a standard asks for."""
    return [near for near in nearnesses(sessions) if near.minutes < apart]


def objection_to_nearness(near: Nearness, apart: int) -> Objection:
    """What is too near to what, and what helps."""
    return TOO_NEAR.about(
        marketing=near.marketing.title,
        education=near.education.title,
        minutes=near.minutes,
        apart=apart,
    )


def _minutes_between(one: Session, other: Session) -> int:
    first, second = sorted((one, other), key=lambda each: each.starts_at)
    return max(0, (second.starts_at - first.ends_at) // timedelta(minutes=1))


def _share_space(one: Session, other: Session) -> bool:
    """One room; where a room is not named yet, nobody can say that it is another."""
    if one.place_id and other.place_id:
        return one.place_id == other.place_id
    rooms = one.room.strip().casefold(), other.room.strip().casefold()
    return not all(rooms) or rooms[0] == rooms[1]
