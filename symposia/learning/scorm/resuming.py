"""What a runtime begins with: exactly what was left, without what belongs to the last sitting."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from symposia.learning.scorm.manifest import SCORM_12


def begins_with(
    standard: str, item: Mapping[str, Any], state: Mapping[str, Any], learner: tuple[str, str]
) -> dict[str, Any]:
    """The document of an item at its launch.

    The learner is a number that says nothing and the name. A sitting that ended without a word (a
    tab that was closed, a battery) is gone on with, as is one that was suspended.
    """
    document = deepcopy(dict(state.get("cmi", {})))
    entry = "ab-initio" if not document else ("resume" if state.get("is_suspended") else "")
    begin = _begin_12 if standard == SCORM_12 else _begin_2004
    return begin(document, item, entry, learner)


def _begin_12(
    document: dict[str, Any], item: Mapping[str, Any], entry: str, learner: tuple[str, str]
) -> dict[str, Any]:
    core = dict(document.get("core", {}))
    core.pop("session_time", None)
    core |= {"student_id": learner[0], "student_name": learner[1], "entry": entry, "exit": ""}
    core |= {"credit": "credit", "lesson_mode": "normal"}
    mastery = item["mastery"]
    student = dict(document.get("student_data", {})) | {
        "mastery_score": "" if mastery is None else f"{mastery:g}",
        "max_time_allowed": item["max_time"],
        "time_limit_action": item["time_limit_action"],
    }
    return document | {"core": core, "student_data": student, "launch_data": item["launch_data"]}


def _begin_2004(
    document: dict[str, Any], item: Mapping[str, Any], entry: str, learner: tuple[str, str]
) -> dict[str, Any]:
    document.pop("session_time", None)
    document |= {"learner_id": learner[0], "learner_name": learner[1], "entry": entry, "exit": ""}
    document |= {"credit": "credit", "mode": "normal", "launch_data": item["launch_data"]}
    for name, value in (("scaled_passing_score", "mastery"), ("completion_threshold", "threshold")):
        document[name] = "" if item[value] is None else f"{item[value]:g}"
    if item["time_limit_action"]:
        document["time_limit_action"] = item["time_limit_action"]
    if item["max_time"]:
        document["max_time_allowed"] = item["max_time"]
    return document
