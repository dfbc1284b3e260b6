import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from django.db.models import QuerySet

from symposia.activities.models import Activity, Verdict
from symposia.activities.reading import rows_of
from symposia.activities.reviewed import contents_by
from symposia.learning.digests import digest_of
from symposia.learning.models import (
    Confirmation,
    Course,
    Lesson,
    LessonKind,
    LessonReview,
    Module,
    Progress,
    Requirement,
)
from symposia.registrations.models import Registration
from symposia.work.files import open_stored
from symposia.work.models import StoredFile


def course_rows(activity_id: uuid.UUID) -> QuerySet[Course]:
    """How the content of an activity is studied: one row, or none."""
    return Course.objects.filter(activity=activity_id)


def course_of(activity: Activity) -> Course | None:
    """How the content of an activity is studied, where it has any."""
    return next(iter(rows_of(activity.pk, course_rows)), None)


def studied_among(activities: Iterable[Activity]) -> set[uuid.UUID]:
    """Which of some activities are studied instead of attended, by id."""
    rows = Course.objects.filter(activity__in=[each.pk for each in activities])
    return set(rows.values_list("activity_id", flat=True))


def requirement_rows(activity_id: uuid.UUID) -> QuerySet[Requirement]:
    """What learners of an activity do, in its order."""
    return Requirement.objects.of(activity_id)


def requirements_of(activity: Activity) -> list[Requirement]:
    """What learners of an activity do before its credit, in its order."""
    return rows_of(activity.pk, requirement_rows)


def lesson_rows(activity_id: uuid.UUID) -> QuerySet[Lesson]:
    """The lessons of an activity in the order in which they are studied."""
    return Lesson.objects.of(activity_id)


def review_rows(activity_id: uuid.UUID) -> QuerySet[LessonReview]:
    """What reviewers said of its lessons, the latest first."""
    rows = LessonReview.objects.filter(lesson__activity=activity_id)
    return rows.order_by("-at", "-pk")


@dataclass(frozen=True)
class Judged:
    """A lesson with what reviewers said of it as it is now, the latest first."""

    lesson: Lesson
    reviews: Sequence[LessonReview] = field(default=())
    # Its file is the last one of reviewed content that a reviewer released.
    released_as_content: bool = False

    @property
    def is_released(self) -> bool:
        if self.released_as_content:
            return True
        return bool(self.reviews) and self.reviews[0].verdict == Verdict.ACCEPTED

    @property
    def condition(self) -> str:
        if self.is_released:
            return "released"
        return "changes" if self.reviews else "waiting"


def judged(lessons: Sequence[Lesson], reviews: Iterable[LessonReview]) -> list[Judged]:
    """Lessons with the reviews of exactly what they are now."""
    said: dict[tuple[uuid.UUID, str], list[LessonReview]] = defaultdict(list)
    for review in reviews:
        said[review.lesson_id, review.digest].append(review)
    taken = [each.item for each in lessons if each.item]
    released = {
        c.latest.file_id for c in contents_by(taken) if c.is_released and c.latest is not None
    }
    return [
        Judged(each, said[each.pk, digest_of(each)], _as_content(each, released))
        for each in lessons
    ]


def _as_content(lesson: Lesson, released: Iterable[uuid.UUID]) -> bool:
    """The file alone was looked at: a lesson that shows more than it needs a review of its own."""
    alone = not (lesson.text or lesson.transcript or lesson.address or lesson.sources)
    return lesson.item_id is not None and lesson.file_id in set(released) and alone


def lessons_judged(activity: Activity) -> list[Judged]:
    """The lessons of an activity in their order, each with how reviewers judged it."""
    found = rows_of(activity.pk, lesson_rows)
    return judged(found, rows_of(activity.pk, review_rows) if found else ())


def lesson_judged(lesson: Lesson) -> Judged:
    """One lesson with how reviewers judged it as it is now."""
    reviews = LessonReview.objects.filter(lesson=lesson).order_by("-at", "-pk")
    return judged([lesson], reviews)[0]


def reviews_of(lesson: Lesson) -> list[LessonReview]:
    """Everything that reviewers said of a lesson, the latest first."""
    return list(LessonReview.objects.filter(lesson=lesson).order_by("-at", "-pk"))


@dataclass(frozen=True)
class Part:
    """A module with its lessons."""

    module: Module
    lessons: Sequence[Judged]

    @property
    def minutes(self) -> int:
        return sum(each.lesson.minutes for each in self.lessons)


def parts_of(activity: Activity) -> list[Part]:
    """The modules of an activity in their order, with their lessons."""
    by_module: dict[uuid.UUID, list[Judged]] = defaultdict(list)
    for each in lessons_judged(activity):
        by_module[each.lesson.module_id].append(each)
    return [Part(each, by_module[each.pk]) for each in Module.objects.of(activity)]


def confirmation_of(registration: Registration) -> Confirmation | None:
    """What a learner was shown before the start, once it was confirmed."""
    return Confirmation.objects.filter(registration=registration).first()


def progress_by_lesson(registration: Registration) -> dict[uuid.UUID, Progress]:
    """How far a learner is, by lesson."""
    rows = Progress.objects.filter(registration=registration)
    return {each.lesson_id: each for each in rows}


def completions_in(activity: Activity) -> Mapping[uuid.UUID, dict[uuid.UUID, Any]]:
    """When each learner was done with which lesson: by registration, by lesson."""
    found: dict[uuid.UUID, dict[uuid.UUID, Any]] = defaultdict(dict)
    rows = Progress.objects.filter(activity=activity).exclude(completed_at=None)
    for place, lesson, at in rows.values_list("registration_id", "lesson_id", "completed_at"):
        found[place][lesson] = at
    return found


def place_held(pk: uuid.UUID) -> Registration:
    """A place, held until the transaction ends: two devices of one learner are heard one after the
    other."""
    return Registration.objects.select_related("activity", "clinician").locked(pk)


def registration_studying(pk: uuid.UUID) -> Registration:
    """A place with what the pages and letters of its learner say."""
    return Registration.objects.with_people().get(pk=pk)


def lesson_file(registration_id: uuid.UUID, lesson_id: uuid.UUID) -> StoredFile | None:
    """The file of a lesson for whoever still has a place at its activity."""
    places = Registration.objects.confirmed().filter(pk=registration_id)
    rows = Lesson.objects.filter(pk=lesson_id, activity__in=places.values("activity"))
    # A package is opened part by part, and is no file to take home.
    rows = rows.exclude(kind=LessonKind.SCORM)
    found = rows.select_related("file").first()
    return found.file if found and found.file and not found.file.deleted_at else None


def open_captions(lesson: Lesson) -> IO[bytes] | None:
    """The captions of a lesson. Raises FileNotFoundError when the storage lost them."""
    return open_stored(lesson.captions) if lesson.captions else None
