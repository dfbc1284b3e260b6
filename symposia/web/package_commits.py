"""What a package tells, read with suspicion: from the page of the lesson, or from the frame."""

import json
import uuid
from typing import Annotated, Any

from django.utils.timezone import now
from django.utils.translation import gettext as _
from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from symposia.learning.actions.attempts import Committed, keep_commits
from symposia.learning.actions.studying import Heard
from symposia.learning.models import PackageAttempt
from symposia.learning.packages import is_left, latest_attempt, package_outcomes
from symposia.shared.actors import Actor
from symposia.shared.times import FIRST_COUNTED, LAST_COUNTED

MOST = 20
# Signs of one document; the longest that SCORM 2004 has to keep is 64,000 of its own.
LARGEST_DOCUMENT = 400_000
DEEPEST = 12
_Moment = Annotated[AwareDatetime, Field(ge=FIRST_COUNTED, le=LAST_COUNTED)]


class Said(BaseModel):
    """One document as the frame sent it."""

    event_uuid: uuid.UUID
    number: int = Field(ge=1, le=1_000_000)
    after: uuid.UUID | None = None
    item: str = Field(min_length=1, max_length=200)
    cmi: dict[str, Any]
    at: _Moment
    is_end: bool = False


class Sent(BaseModel):
    """What is sent at once, of which attempt, and what the device's clock says."""

    # The page of the lesson says whose it is; the frame has it in its address.
    ticket: str = Field("", max_length=400)
    sent_at: _Moment
    # Nothing, where a page only asks whether the sitting before it has said its last word.
    commits: list[Said] = Field(max_length=MOST)


def read_told(body: bytes) -> Sent | None:
    """What was sent, where it can be kept as it is; else nothing."""
    try:
        sent = Sent.model_validate_json(body)
    except (ValidationError, RecursionError):
        return None
    return sent if all(_is_kept(each.cmi) for each in sent.commits) else None


def unreadable() -> dict[str, Any]:
    """What is answered to something else."""
    return {"code": "unreadable", "detail": _("What was sent cannot be read.")}


def keep_told(attempt: PackageAttempt, sent: Sent, *, by: Actor) -> dict[str, Any]:
    """Keep what is told of an attempt; what became of each, and how the attempt stands then."""
    offset = now() - sent.sent_at
    told = [Committed(**each.model_dump() | {"at": each.at + offset}) for each in sent.commits]
    heard = keep_commits(attempt, told, by=by) if told else []
    return {"answers": [_answer(each) for each in heard]} | standing_told(attempt)


def _is_kept(document: dict[str, Any]) -> bool:
    """Whether the database can hold it: no sign and no number that is none, not long or deep."""
    try:
        words = json.dumps(document, ensure_ascii=False, allow_nan=False)
        words.encode()
    except ValueError:
        return False
    return len(words) <= LARGEST_DOCUMENT and _is_plain(document, DEEPEST)


def _is_plain(value: Any, deep: int) -> bool:
    if isinstance(value, str):
        return "\x00" not in value
    if not isinstance(value, dict | list):
        return True
    inside = [*value, *value.values()] if isinstance(value, dict) else value
    return deep > 0 and all(_is_plain(each, deep - 1) for each in inside)


def _answer(heard: Heard) -> dict[str, Any]:
    return {
        "event_uuid": str(heard.event_uuid),
        "done": heard.objection is None,
        "code": heard.objection.code if heard.objection else "",
        "said": str(heard.objection or ""),
    }


def standing_told(attempt: PackageAttempt) -> dict[str, Any]:
    """How an attempt stands: as a whole, and each of its parts."""
    found = latest_attempt(attempt.registration_id, attempt.lesson_id) or attempt
    best = package_outcomes(attempt.registration).get(attempt.lesson_id, found.completion)
    return {
        "version": found.version,
        "is_left": is_left(found),
        "completion": str(found.completion),
        "best": str(best),
        "label": found.get_completion_display(),
        "percent": found.percent,
        "items": {name: each["completion"] for name, each in found.states.items()},
    }
