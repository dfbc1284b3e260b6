"""How a missing check-out counts, and how long a session's code may be claimed: as the
organisation decided for a type, else as shipped."""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from django.db.models import F

from symposia.activities.models import Activity, DeliveryForm
from symposia.attendance.checking import NO_CHECKS, Checks
from symposia.attendance.models import PresenceCheck, PresenceRule

FILE = Path(__file__).resolve().with_name("no_leave.json")
THRESHOLDS = FILE.with_name("check_thresholds.json")
CLAIMS = FILE.with_name("claim_days.json")
TOLD_LATE = FILE.with_name("told_late.json")


@lru_cache(maxsize=1)
def _shipped() -> dict[str, str]:
    known = json.loads(FILE.read_text(encoding="utf-8"))
    return {"": known["otherwise"], **known["types"]}


@lru_cache(maxsize=1)
def late_after() -> timedelta:
    """From how long after it happened a check-in of the field is a question for the desk."""
    return timedelta(hours=json.loads(TOLD_LATE.read_text(encoding="utf-8"))["hours"])


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
    on = activity.wall_starts.date()
    decided = PresenceRule.objects.deciding_claims().in_force(activity.type, on)
    days = decided.claim_days if decided else None
    return shipped_claim_days(activity.type) if days is None else days


@dataclass(frozen=True)
class Threshold:
    """Which share of presence checks is answered at least, and what follows where it is not."""

    percent: int
    short: str


def shipped_threshold(type_code: str) -> Threshold:
    """What the product suggests for activities of a type."""
    known = _shipped_thresholds()
    return known.get(type_code, known[""])


@lru_cache(maxsize=1)
def _shipped_thresholds() -> dict[str, Threshold]:
    known = json.loads(THRESHOLDS.read_text(encoding="utf-8"))
    each = {"": known["otherwise"], **known["types"]}
    return {code: Threshold(**said) for code, said in each.items()}


def threshold_of(activity: Activity) -> Threshold:
    """What holds for the presence checks of an activity on its day."""
    decided = PresenceRule.objects.in_force(activity.type, activity.wall_starts.date())
    if decided and decided.checks_percent is not None:
        return Threshold(decided.checks_percent, decided.checks_short)
    return shipped_threshold(activity.type)


def checks_of(activity: Activity) -> Checks:
    """The presence checks of an activity and its threshold; nothing is asked of a room."""
    return checks_of_each({activity.pk: activity})[activity.pk]


def checks_of_each(activities: Mapping[uuid.UUID, Activity]) -> dict[uuid.UUID, Checks]:
    """The presence checks of several activities, in one statement where any is online."""
    found = dict.fromkeys(activities, NO_CHECKS)
    online = [key for key, one in activities.items() if one.delivery != DeliveryForm.IN_PERSON]
    if not online:
        return found
    asked: dict[uuid.UUID, list[PresenceCheck]] = defaultdict(list)
    rows = PresenceCheck.objects.filter(activity__in=online, closes_at__gt=F("asked_at"))
    for one in rows.order_by("asked_at", "pk"):
        asked[one.activity_id].append(one)
    for key, several in asked.items():
        rule = threshold_of(activities[key])
        found[key] = Checks(several, rule.percent, rule.short)
    return found


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
