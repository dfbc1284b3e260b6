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
    "Confirmation",
    "Course",
    "CourseQuerySet",
    "EntryKind",
    "Lesson",
    "LessonKind",
    "LessonQuerySet",
    "LessonReview",
    "Module",
    "Progress",
    "Requirement",
    "StudyEntry",
]
