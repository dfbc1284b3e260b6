"""What a person and an organisation have come to, with the day they came to it.

Which numbers are a milestone is dated data of ours (`milestones.json`), no rule of any body. They
are worked out from the register each time: what was revoked counts no more. Nobody is compared.
"""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from symposia.credits.models import Certificate
from symposia.directory.models import Clinician
from symposia.shared.times import day_at

SHIPPED = Path(__file__).with_name("milestones.json")
PERSON, EVERYBODY = "person", "everybody"


@dataclass(frozen=True)
class Milestone:
    """So many certificates, and the day it was."""

    of: str
    count: int
    on: date


@dataclass(frozen=True)
class Reached:
    """The milestones of a person, the latest first, and the last one of everybody together."""

    own: Sequence[Milestone]
    together: Milestone | None

    def __bool__(self) -> bool:
        return bool(self.own or self.together)


def milestones_of(user_id: uuid.UUID, zone: str) -> Reached:
    """What whoever signed in has come to in this organisation, and all of it together."""
    whole = Clinician.objects.of_people(Clinician.objects.of_user(user_id))
    mine = Certificate.objects.holding().filter(clinician__in=whole).order_by("issued_at", "pk")
    at = list(mine.values_list("issued_at", flat=True))
    own = reached(PERSON, len(at), lambda n: at[n - 1], zone)
    return Reached(own[::-1], _together(zone))


def _together(zone: str) -> Milestone | None:
    """The last one that everybody came to."""
    given = Certificate.objects.holding().order_by("issued_at", "pk").values_list("issued_at")
    count = given.count()
    last = max((n for n in _numbers(EVERYBODY) if n <= count), default=0)
    if not last:
        return None
    found = reached(EVERYBODY, last, lambda n: given[n - 1][0], zone, only=last)
    return found[-1] if found else None


def reached(
    of: str, count: int, moment_of: Any, zone: str, *, only: int | None = None
) -> list[Milestone]:
    """The milestones up to a count, each on the day of its moment, where it was one that day."""
    found = []
    for number, valid_from in _numbers(of).items():
        if number <= count and only in {None, number}:
            moment: datetime = moment_of(number)
            on = day_at(moment, zone)
            if on >= valid_from:
                found.append(Milestone(of, number, on))
    return found


@cache
def _numbers(of: str) -> dict[int, date]:
    """The numbers that are milestones of somebody, and since when."""
    shipped = json.loads(SHIPPED.read_text())
    return {
        number: date.fromisoformat(each["valid_from"])
        for each in shipped
        if each["of"] == of
        for number in each["at"]
    }
