import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class EvaluationAnswered:
    """A learner has answered the evaluation of an activity; what was answered is nobody's."""

    registration_id: uuid.UUID
    activity_id: uuid.UUID


@dataclass(frozen=True)
class EvaluationPrepared:
    """An activity has an evaluation now."""

    activity_id: uuid.UUID
