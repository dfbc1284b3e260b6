import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class StudyBegun:
    """A learner confirmed what is shown before the start, and may begin."""

    registration_id: uuid.UUID
    activity_id: uuid.UUID


@dataclass(frozen=True)
class LessonCompleted:
    """A learner is done with a lesson."""

    lesson_id: uuid.UUID
    registration_id: uuid.UUID
    activity_id: uuid.UUID


@dataclass(frozen=True)
class ContentCompleted:
    """A learner is done with every lesson that is required."""

    registration_id: uuid.UUID
    activity_id: uuid.UUID


@dataclass(frozen=True)
class CasePublished:
    """An author published a case, as this version."""

    lesson_id: uuid.UUID
    activity_id: uuid.UUID
    number: int


@dataclass(frozen=True)
class CaseEnded:
    """A learner brought a case to an end, with this score of a hundred."""

    run_id: uuid.UUID
    registration_id: uuid.UUID
    lesson_id: uuid.UUID
    percent: int


@dataclass(frozen=True)
class LessonReviewed:
    """A reviewer judged a lesson as it is now."""

    lesson_id: uuid.UUID
    activity_id: uuid.UUID
    verdict: str


@dataclass(frozen=True)
class PackageAttemptEnded:
    """An attempt at a package has its outcome: passed, completed or failed."""

    attempt_id: uuid.UUID
    lesson_id: uuid.UUID
    registration_id: uuid.UUID
    activity_id: uuid.UUID
    completion: str


@dataclass(frozen=True)
class ContributionShown:
    """What somebody said in a discussion, or about a practice, is seen by others."""

    contribution_id: uuid.UUID
    activity_id: uuid.UUID
    # Of a learner.
    registration_id: uuid.UUID | None


@dataclass(frozen=True)
class ContributionHidden:
    """A moderator hid what somebody said."""

    contribution_id: uuid.UUID
    activity_id: uuid.UUID
    registration_id: uuid.UUID | None


@dataclass(frozen=True)
class PracticePublished:
    """An editor published what a colleague shares."""

    practice_id: uuid.UUID
    activity_id: uuid.UUID
    registration_id: uuid.UUID


@dataclass(frozen=True)
class PracticeAdopted:
    """A colleague does the same, or will try it."""

    practice_id: uuid.UUID
    activity_id: uuid.UUID
    registration_id: uuid.UUID
    kind: str


@dataclass(frozen=True)
class AudienceQuestionAnswered:
    """A question of a session has its answer: in writing, or in the room."""

    question_id: uuid.UUID
    session_id: uuid.UUID
    activity_id: uuid.UUID
    in_writing: bool


@dataclass(frozen=True)
class AudienceQuestionHanded:
    """A question of a session is one for those who answer medical questions about products."""

    question_id: uuid.UUID
    activity_id: uuid.UUID


@dataclass(frozen=True)
class MedicalQuestionClosed:
    """Medical affairs answered a question about a product, or declined it, by mail."""

    question_id: uuid.UUID
    activity_id: uuid.UUID
    outcome: str


@dataclass(frozen=True)
class AudiencePollClosed:
    """A poll of a session takes no more answers."""

    poll_id: uuid.UUID
    session_id: uuid.UUID
    activity_id: uuid.UUID
