"""How far a learner is along what an activity asks for, and what has to be done first."""

import uuid
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from symposia.activities.models import Activity
from symposia.learning.models import Requirement
from symposia.learning.queries import requirements_of
from symposia.registrations.models import Registration
from symposia.registrations.requirements import RequirementKind, Stand, requirement_kind
from symposia.shared.refusals import Objection

CLAIM, CONTENT, DISCUSSION, REGISTER = "claim", "content", "discussion", "register"


@dataclass(frozen=True)
class Step:
    """A requirement of an activity and how far one learner is with it."""

    requirement: Requirement
    kind: RequirementKind
    stand: Stand

    @property
    def missing(self) -> Objection | None:
        return None if self.stand.is_done else self.kind.missing


def known_requirements(activity: Activity) -> list[tuple[Requirement, RequirementKind]]:
    """What an activity asks for, each with its kind, in its order."""
    found = [(each, requirement_kind(each.kind)) for each in requirements_of(activity)]
    return [(each, kind) for each, kind in found if kind is not None]


def steps_of(registration: Registration) -> list[Step]:
    """Every requirement with how far this learner is, in the order of the activity."""
    return list(_steps(registration))


def _steps(registration: Registration) -> Iterator[Step]:
    for each, kind in known_requirements(registration.activity):
        yield Step(each, kind, kind.stand(registration, each.settings))


def asks_for_steps(activity: Activity) -> bool:
    """Whether an activity says what is done before its credit."""
    return bool(requirements_of(activity))


def objection_before_step(registration: Registration, code: str) -> Objection | None:
    """The first thing that is missing before a requirement of that kind, or before the claim."""
    for step in _steps(registration):
        if step.kind.code in {code, CLAIM}:
            return None
        if step.missing:
            return step.missing
    return None


def settings_of_content(activity: Activity) -> Mapping[str, Any]:
    """How much of the content counts as done, as the activity says."""
    kind = requirement_kind(CONTENT)
    usual = {each.name: each.default for each in kind.settings} if kind else {}
    asked = [each.settings for each in requirements_of(activity) if each.kind == CONTENT]
    return usual | (asked[0] if asked else {})


def missing_in(activity: Activity) -> Callable[[uuid.UUID], Objection | None]:
    """What each learner of an activity has to do before the claim, by registration; read for all
    of them in few statements."""
    done: list[tuple[RequirementKind, Collection[uuid.UUID]]] = [
        (kind, kind.done_in(activity, each.settings))
        for each, kind in known_requirements(activity)
        if kind.code != CLAIM
    ]

    def missing(registration_id: uuid.UUID) -> Objection | None:
        return next((kind.missing for kind, who in done if registration_id not in who), None)

    return missing
