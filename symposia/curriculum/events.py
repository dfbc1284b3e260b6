import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class GapRecorded:
    """Somebody wrote down that practice falls short somewhere."""

    gap_id: uuid.UUID


@dataclass(frozen=True)
class GapClosed:
    """Evidence shows that practice changed; nobody plans for this gap any more."""

    gap_id: uuid.UUID


@dataclass(frozen=True)
class ObjectiveRemoved:
    """An objective is about to go; who relies on it may refuse."""

    objective_id: uuid.UUID


@dataclass(frozen=True)
class GuidelineSuperseded:
    """A newer guideline took its place; whoever cites the old one has it for review."""

    guideline_id: uuid.UUID
    newer_id: uuid.UUID


@dataclass(frozen=True)
class PlanApproved:
    """What the plan holds may run."""

    plan_id: uuid.UUID


@dataclass(frozen=True)
class PlanEnded:
    """Nothing more is planned under it."""

    plan_id: uuid.UUID


@dataclass(frozen=True)
class MeetingHeld:
    """A curriculum review took place; its minutes and decisions are kept."""

    meeting_id: uuid.UUID


@dataclass(frozen=True)
class NewsDecided:
    """Somebody decided what a piece of accreditor news means for the organisation."""

    news_id: uuid.UUID
    decision: str
