"""What the documents of a runtime say of an item and of a whole attempt. Pure: no query, no clock.

SCORM 1.2 Run-Time Environment 3.4 (`cmi.core.*`), SCORM 2004 RTE 4 (`cmi.*`). A package says it and
nobody believes more than one item of one attempt of one learner by it.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from symposia.learning.models import Completion
from symposia.learning.scorm.manifest import SCORM_12

# Nobody spends longer in one attempt; what says so is no time. Seconds.
MOST_SECONDS = 1000 * 3600
_HOURS = re.compile(r"(\d{2,4}):(\d{2}):(\d{2})(\.\d{1,2})?")
_DURATION = re.compile(
    r"P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})D)?"
    r"(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9}(?:\.\d{1,3})?)S)?)?"
)
_UNITS = (365 * 86_400, 30 * 86_400, 86_400, 3600, 60, 1)
_DONE = (Completion.PASSED, Completion.COMPLETED)


@dataclass(frozen=True)
class Outcome:
    """How one item stands by its document."""

    completion: Completion = Completion.OPEN
    # From -1 to 1.
    score: float | None = None
    seconds: int = 0
    # Whether the package closed it as it does for good, and not to go on later.
    is_suspended: bool = True


def outcome_of(standard: str, item: Mapping[str, Any], cmi: Mapping[str, Any]) -> Outcome:
    """What a document says of its item; whatever is no value of the standard says nothing."""
    if not item["is_sco"]:
        return Outcome(Completion.COMPLETED)
    return _of_12(item, cmi) if standard == SCORM_12 else _of_2004(item, cmi)


def _of_12(item: Mapping[str, Any], cmi: Mapping[str, Any]) -> Outcome:
    core = _part(cmi, "core")
    points = _number(_part(core, "score").get("raw"), 0, 100)
    status = str(core.get("lesson_status", ""))
    completion = {
        "passed": Completion.PASSED,
        "completed": Completion.COMPLETED,
        "failed": Completion.FAILED,
    }.get(status, Completion.OPEN)
    mastery = item["mastery"]
    if mastery is not None and points is not None and completion != Completion.OPEN:
        completion = Completion.PASSED if points >= mastery else Completion.FAILED
    score = None if points is None else points / 100
    seconds = seconds_of(core.get("total_time"))
    return Outcome(completion, score, seconds, core.get("exit") == "suspend")


def _of_2004(item: Mapping[str, Any], cmi: Mapping[str, Any]) -> Outcome:
    score = _number(_part(cmi, "score").get("scaled"), -1, 1)
    success, is_complete = cmi.get("success_status"), cmi.get("completion_status") == "completed"
    if item["threshold"] is not None:
        measure = _number(cmi.get("progress_measure"), 0, 1)
        is_complete = is_complete if measure is None else measure >= item["threshold"]
    if item["mastery"] is not None and score is not None:
        success = "passed" if score >= item["mastery"] else "failed"
    completion = Completion.COMPLETED if is_complete else Completion.OPEN
    if success == "failed" and is_complete:
        completion = Completion.FAILED
    if success == "passed" and (is_complete or item["threshold"] is None):
        completion = Completion.PASSED
    seconds = seconds_of(cmi.get("total_time"))
    return Outcome(completion, score, seconds, cmi.get("exit") == "suspend")


def better(was: str, now: Completion) -> Completion:
    """What an item that was done stays: a package that is looked at again takes nothing back."""
    before = Completion(was)
    if before == Completion.PASSED or (before in _DONE and now not in _DONE):
        return before
    return now


def outcome_of_all(
    opened: Sequence[Mapping[str, Any]], states: Mapping[str, Mapping[str, Any]]
) -> Outcome:
    """How an attempt stands by all of its items: done once each is."""
    known = [states.get(each["id"], {}) for each in opened]
    said = [Completion(each.get("completion", Completion.OPEN)) for each in known]
    scores = [each["score"] for each in known if each.get("score") is not None]
    score = sum(scores) / len(scores) if scores else None
    seconds = min(MOST_SECONDS, sum(each.get("seconds", 0) for each in known))
    return Outcome(_of_all(said), score, seconds)


def _of_all(said: Sequence[Completion]) -> Completion:
    if not said or Completion.OPEN in said:
        return Completion.OPEN
    if Completion.FAILED in said:
        return Completion.FAILED
    return Completion.PASSED if Completion.PASSED in said else Completion.COMPLETED


def seconds_of(said: Any) -> int:
    """A time of either standard in whole seconds; 0 where it is none."""
    text = str(said or "")
    if hours := _HOURS.fullmatch(text):
        whole = int(hours[1]) * 3600 + int(hours[2]) * 60 + int(hours[3])
        return min(MOST_SECONDS, whole)
    found = _DURATION.fullmatch(text)
    if found is None:
        return 0
    parts = zip(found.groups(), _UNITS, strict=True)
    return int(min(MOST_SECONDS, sum(float(part or 0) * unit for part, unit in parts)))


def _part(of: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = of.get(name)
    return found if isinstance(found, Mapping) else {}


def _number(said: Any, least: float, most: float) -> float | None:
    try:
        number = float(str(said))
    except ValueError:
        return None
    return number if math.isfinite(number) and least <= number <= most else None
