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


@dataclass(frozen=True)
class QuestionPublished:
    """Tests ask another version of a question of the bank from now on."""

    question_id: uuid.UUID


@dataclass(frozen=True)
class QuestionRetired:
    """A question of the bank is asked no more."""

    question_id: uuid.UUID


@dataclass(frozen=True)
class AttemptFinished:
    """A learner has handed in an attempt at a test, or its time was over."""

    registration_id: uuid.UUID
    activity_id: uuid.UUID
    purpose: str
    passed: bool | None
    attempt_id: uuid.UUID


@dataclass(frozen=True)
class KnowledgeTestOpened:
    """Learners of an activity can take a test now."""

    activity_id: uuid.UUID
    purpose: str


@dataclass(frozen=True)
class AttemptsAllowed:
    """One learner may take a test that is open so many times more than everybody."""

    registration_id: uuid.UUID
    activity_id: uuid.UUID
    purpose: str
    attempts: int


@dataclass(frozen=True)
class CommitmentsGiven:
    """A learner has written down what they want to change in practice."""

    registration_id: uuid.UUID
    activity_id: uuid.UUID


@dataclass(frozen=True)
class SessionsEvaluated:
    """A learner has answered the questions of sessions; what was answered is nobody's."""

    registration_id: uuid.UUID
    activity_id: uuid.UUID
    session_ids: tuple[uuid.UUID, ...]
