import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from symposia.shared.actors import Actor


@dataclass(frozen=True)
class RequestOpened:
    """A version of a subject waits for its first decision."""

    request_id: uuid.UUID
    subject_type: str
    subject_id: uuid.UUID


@dataclass(frozen=True)
class StepDecided:
    """One step of the route has a verdict; whoever knows better may still refuse it."""

    request_id: uuid.UUID
    subject_type: str
    subject_id: uuid.UUID
    verdict: str


@dataclass(frozen=True)
class RequestApproved:
    """Every step of the route has signed."""

    request_id: uuid.UUID
    subject_type: str
    subject_id: uuid.UUID
    by: Actor


@dataclass(frozen=True)
class RequestConfirmed:
    """What changed after the approval has every signature again."""

    request_id: uuid.UUID
    subject_type: str
    subject_id: uuid.UUID
    by: Actor


@dataclass(frozen=True)
class RequestReturned:
    """An approver wants something changed; it may be asked again."""

    request_id: uuid.UUID
    subject_type: str
    subject_id: uuid.UUID
    by: Actor
    reason: str = ""


@dataclass(frozen=True)
class ChangeRefused:
    """An approver said no to a change of what was approved; what was approved stands.

    `was` are the facts that stand, as far as they were kept.
    """

    request_id: uuid.UUID
    subject_type: str
    subject_id: uuid.UUID
    by: Actor
    reason: str = ""
    was: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RequestRefused:
    """An approver said a final no."""

    request_id: uuid.UUID
    subject_type: str
    subject_id: uuid.UUID
    by: Actor
    reason: str = ""
