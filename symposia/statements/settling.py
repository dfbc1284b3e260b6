"""What a store makes of a statement before it keeps it: an id, its moments, lists where the
standard wants lists, and who vouches for it."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from symposia.shared.ids import uuid7
from symposia.statements.checking.walking import At
from symposia.statements.checking.words import moment, written


def settled(
    sent: Mapping[str, Any], authority: Mapping[str, Any], stored: datetime, version: str
) -> dict[str, Any]:
    """The statement as it is kept; what is sent as `stored` and `authority` does not count."""
    whole = _listed(sent)
    whole["id"] = str(uuid.UUID(sent["id"])) if "id" in sent else str(uuid7())
    whole["stored"] = written(stored)
    whole["authority"] = authority
    whole.setdefault("version", version)
    whole.setdefault("timestamp", whole["stored"])
    if not version.startswith("1."):
        _in_utc(whole)
    return whole


def instant_of(text: str) -> datetime:
    """The instant of a timestamp that was checked."""
    return moment(At(text, "timestamp"))


def _in_utc(told: dict[str, Any]) -> None:
    """Since 2.0 a store writes moments of another offset anew in UTC."""
    if "timestamp" in told and not told["timestamp"].upper().endswith("Z"):
        told["timestamp"] = written(instant_of(told["timestamp"]))


def _listed(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Context activities are lists, also where one was sent alone; within a statement too."""
    told = dict(sent)
    around = told.get("context", {}).get("contextActivities")
    if around:
        told["context"] = told["context"] | {
            "contextActivities": {
                role: each if isinstance(each, list) else [each] for role, each in around.items()
            }
        }
    if told.get("object", {}).get("objectType") == "SubStatement":
        told["object"] = _listed(told["object"])
    return told
