from symposia.learning.models.cases import (
    Case,
    CaseMove,
    CaseQuerySet,
    CaseResult,
    CaseRun,
    CaseRunQuerySet,
    CaseVersion,
    MoveKind,
)
from symposia.learning.models.courses import (
    Course,
    CourseQuerySet,
    Lesson,
    LessonKind,
    LessonQuerySet,
    LessonReview,
    Module,
    Requirement,
)
from symposia.learning.models.studying import Confirmation, EntryKind, Progress, StudyEntry

__all__ = [
    "Case",
    "CaseMove",
    "CaseQuerySet",
    "CaseResult",
    "CaseRun",
    "CaseRunQuerySet",
    "CaseVersion",
    "Confirmation",
    "Course",
    "CourseQuerySet",
    "EntryKind",
    "Lesson",
    "LessonKind",
    "LessonQuerySet",
    "LessonReview",
    "Module",
    "MoveKind",
    "Progress",
    "Requirement",
    "StudyEntry",
]
