"""How a missing check-out counts, and how long a session's code may be claimed: as the
organisation decided for a type, else as shipped."""

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

from symposia.activities.models import Activity
from symposia.attendance.models import PresenceRule

FILE = Path(__file__).resolve().with_name("no_leave.json")
CLAIMS = FILE.with_name("claim_days.json")


@lru_cache(maxsize=1)
def _shipped() -> dict[str, str]:
    known = json.loads(FILE.read_text(encoding="utf-8"))
    return {"": known["otherwise"], **known["types"]}


def shipped_rule(type_code: str) -> str:
    """What the product suggests for activities of a type."""
    return _shipped().get(type_code, _shipped()[""])


def no_leave_of(activity: Activity) -> str:
    """The rule for a missing check-out on the day of the activity."""
    return no_leave_on(activity.type, activity.wall_starts.date())


def no_leave_on(type_code: str, on: date) -> str:
    decided = PresenceRule.objects.in_force(type_code, on)
    return decided.no_leave if decided else shipped_rule(type_code)


def shipped_claim_days(type_code: str) -> int:
    """How many days the product suggests for activities of a type."""
    known = _shipped_days()
    return known.get(type_code, known[""])


@lru_cache(maxsize=1)
def _shipped_days() -> dict[str, int]:
    known = json.loads(CLAIMS.read_text(encoding="utf-8"))
    return {"": known["otherwise"], **known["types"]}


def claim_days_of(activity: Activity) -> int:
    """For how many days after a session its code may be claimed, on the day of the activity."""
    decided = PresenceRule.objects.in_force(activity.type, activity.wall_starts.date())
    if decided and decided.claim_days is not None:
        return decided.claim_days
    return shipped_claim_days(activity.type)


def no_leave_of_each(activities: Iterable[Activity]) -> dict[str, str]:
    """The rules of several activities by their keys, in one statement."""
    several = list(activities)
    decided = list(
        PresenceRule.objects.filter(type__in={one.type for one in several}).order_by(
            "-valid_from", "-decided_at", "-pk"
        )
    )

    def rule(one: Activity) -> str:
        on = one.wall_starts.date()
        fits = (d for d in decided if d.type == one.type and d.valid_from <= on)
        found = next(fits, None)
        return found.no_leave if found else shipped_rule(one.type)

    return {str(one.pk): rule(one) for one in several}
