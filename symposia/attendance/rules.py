"""How a missing check-out counts, and how long a session's code may be claimed: as the
organisation decided for a type, else as shipped."""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
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
    return _threshold(activity.type, decided)


def _threshold(type_code: str, decided: PresenceRule | None) -> Threshold:
    if decided and decided.checks_percent is not None:
        return Threshold(decided.checks_percent, decided.checks_short)
    return shipped_threshold(type_code)


@dataclass(frozen=True)
class Counting:
    """How minutes of one activity are counted: a missing check-out, and its presence checks."""

    no_leave: str
    checks: Checks


def counting_of(activity: Activity) -> Counting:
    """How the minutes of an activity are counted on its day."""
    return counting_of_each({activity.pk: activity})[activity.pk]


def counting_of_each(activities: Mapping[uuid.UUID, Activity]) -> dict[uuid.UUID, Counting]:
    """How the minutes of several activities are counted, in two statements however many."""
    types = {one.type for one in activities.values()}
    decided = list(PresenceRule.objects.filter(type__in=types).newest_first())
    asked = _asked_at(activities.values())

    def counting(one: Activity) -> Counting:
        on = one.wall_starts.date()
        fits = (each for each in decided if each.type == one.type and each.valid_from <= on)
        rule = next(fits, None)
        no_leave = rule.no_leave if rule else shipped_rule(one.type)
        if one.pk not in asked:
            return Counting(no_leave, NO_CHECKS)
        share = _threshold(one.type, rule)
        return Counting(no_leave, Checks(asked[one.pk], share.percent, share.short))

    return {key: counting(one) for key, one in activities.items()}


def _asked_at(activities: Iterable[Activity]) -> Mapping[uuid.UUID, Sequence[PresenceCheck]]:
    """The presence checks of several activities; nothing is asked of a room."""
    online = [one.pk for one in activities if one.delivery != DeliveryForm.IN_PERSON]
    rows = PresenceCheck.objects.filter(activity__in=online, closes_at__gt=F("asked_at"))
    asked: dict[uuid.UUID, list[PresenceCheck]] = defaultdict(list)
    for one in rows.order_by("asked_at", "pk"):
        asked[one.activity_id].append(one)
    return asked
