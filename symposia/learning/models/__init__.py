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
from symposia.learning.models.packages import (
    Completion,
    Package,
    PackageAttempt,
    PackageAttemptQuerySet,
    PackageCommit,
    PackageFile,
)
from symposia.learning.models.studying import Confirmation, EntryKind, Progress, StudyEntry

__all__ = [
    "Completion",
    "Confirmation",
    "Course",
    "CourseQuerySet",
    "EntryKind",
    "Lesson",
    "LessonKind",
    "LessonQuerySet",
    "LessonReview",
    "Module",
    "Package",
    "PackageAttempt",
    "PackageAttemptQuerySet",
    "PackageCommit",
    "PackageFile",
    "Progress",
    "Requirement",
    "StudyEntry",
]
