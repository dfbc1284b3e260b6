"""What an activity still lacks, who owes it and by when: pure rules over its readings.

The rail, *Today*, the reminders, the portfolio and every disabled button say it with the same
sentence, because all of them read it here.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access
from symposia.activities.facts import Known, Stage
from symposia.activities.models import Activity, State
from symposia.activities.wall import Subject, subjects_closed
from symposia.shared.lists import Words
from symposia.shared.refusals import Objection

# How long before the activity begins a step should be taken; of the last, how long after its end.
_BEFORE: dict[Stage, timedelta] = {
    Stage.SUBMIT: timedelta(days=21),
    Stage.OPEN: timedelta(days=14),
    Stage.START: timedelta(0),
}
_AFTER = timedelta(days=30)
# The steps that are still to come, by the state an activity is in.
_TO_COME: dict[str, tuple[Stage, ...]] = {
    State.DRAFT: (Stage.SUBMIT, Stage.OPEN, Stage.START, Stage.CLOSE),
    State.RETURNED: (Stage.SUBMIT, Stage.OPEN, Stage.START, Stage.CLOSE),
    State.SUBMITTED: (Stage.OPEN, Stage.START, Stage.CLOSE),
    State.IN_APPROVAL: (Stage.OPEN, Stage.START, Stage.CLOSE),
    State.APPROVED: (Stage.OPEN, Stage.START, Stage.CLOSE),
    State.OPEN: (Stage.START, Stage.CLOSE),
    State.RUNNING: (Stage.CLOSE,),
    State.HELD: (Stage.CLOSE,),
    State.RECONCILING: (Stage.CLOSE,),
}
# Facts that others than the owner of the activity owe.
OTHERS: dict[str, Promise] = {
    "approval": _("Its approvers"),
    "rules": _("Compliance officer"),
    "bills": _("Finance officer"),
    "expenses": _("Finance officer"),
}
# What a fact tells of, where the wall may stand before it.
TELLS_OF: dict[str, Subject] = {
    "planning_disclosures": Subject.CONTENT,
    "disclosures": Subject.CONTENT,
    "content": Subject.CONTENT,
    "lessons": Subject.CONTENT,
    "budget": Subject.MONEY,
    "bills": Subject.MONEY,
    "expenses": Subject.MONEY,
    "rules": Subject.MONEY,
    "door": Subject.LEARNERS,
    "certificates": Subject.LEARNERS,
}


def facts_hidden(access: Access, mode: str) -> frozenset[str]:
    """The facts of the rail that the wall keeps from somebody in activities of that mode."""
    closed = subjects_closed(access, mode)
    return frozenset(name for name, subject in TELLS_OF.items() if subject in closed)


@dataclass(frozen=True)
class Owed:
    """One thing that is missing: which fact, the sentence, by when, by whom, where to mend it."""

    fact: str
    label: Words
    why: Objection | Words
    stage: Stage
    due_at: datetime
    # The owner of the activity, unless somebody else is named.
    owner_id: uuid.UUID | None
    owner: Words
    link: tuple[str, Sequence[Any]] | None


def owed_by(activity: Activity, known: Sequence[Known]) -> list[Owed]:
    """Everything that is missing for the steps still to come, the most urgent first."""
    coming = _TO_COME.get(activity.state, ())
    found = [_owed(activity, each, coming) for each in known]
    return sorted((each for each in found if each), key=lambda each: (each.due_at, each.fact))


def due_of(activity: Activity, stage: Stage) -> datetime:
    """Until when a step should be taken."""
    if stage == Stage.CLOSE:
        return activity.ends_at + _AFTER
    return activity.starts_at - _BEFORE[stage]


def _owed(activity: Activity, known: Known, coming: Sequence[Stage]) -> Owed | None:
    reading = known.reading
    needed = [stage for stage in coming if stage in known.fact.needed_for]
    holds_up = needed and reading.objection is not None
    if not coming or not (reading.state == "blocked" or holds_up):
        return None
    stage = needed[0] if needed else coming[0]
    others = OTHERS.get(known.fact.name) if activity.state != State.RETURNED else None
    named = reading.owner or others
    return Owed(
        known.fact.name,
        known.fact.label,
        reading.objection or reading.detail or known.fact.label,
        stage,
        due_of(activity, stage),
        None if named else activity.owner_id,
        named or str(activity.owner or ""),
        reading.link,
    )
