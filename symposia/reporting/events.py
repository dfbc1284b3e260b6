import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class SubmissionSent:
    """A file has gone to a body, or was handed in there by a person."""

    submission_id: uuid.UUID
    kind: str


@dataclass(frozen=True)
class SubmissionAnswered:
    """A body has said what it took in and what it rejected."""

    submission_id: uuid.UUID
    kind: str
    rejected: int
