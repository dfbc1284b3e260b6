"""Where a learner stands with the content of an activity: one reading for page, action and API."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from symposia.activities.models import Activity, EnduringTerm
from symposia.activities.origins import term_of
from symposia.learning.cases.reading import best_percents
from symposia.learning.folding import length_of
from symposia.learning.models import Confirmation, Course, Lesson, LessonKind, Progress
from symposia.learning.packages import package_outcomes
from symposia.learning.queries import (
    Part,
    confirmation_of,
    course_of,
    parts_of,
    progress_by_lesson,
)
from symposia.learning.steps import CONTENT, objection_before_step, settings_of_content
from symposia.registrations.models import Registration
from symposia.shared.refusals import Objection


@dataclass(frozen=True)
class Ends:
    """How cases and packages ended, by lesson: the best score of a hundred, the best outcome."""

    cases: Mapping[uuid.UUID, int] = field(default_factory=dict)
    packages: Mapping[uuid.UUID, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """What a learner may study, what was shown before, and how far each lesson is."""

    registration: Registration
    course: Course | None
    term: EnduringTerm | None
    parts: Sequence[Part]
    progress: dict[uuid.UUID, Progress]
    confirmation: Confirmation | None
    settings: Mapping[str, Any]
    # What comes before the content and is not done: a test, say.
    before: Objection | None
    # How cases and packages were brought to an end.
    ends: Ends = field(default_factory=Ends)

    @property
    def activity(self) -> Activity:
        return self.registration.activity

    @property
    def lessons(self) -> list[Lesson]:
        return [each.lesson for part in self.parts for each in part.lessons]

    @property
    def required(self) -> list[Lesson]:
        return [each for each in self.lessons if each.is_required]

    @property
    def missing(self) -> list[Lesson]:
        """The required lessons that are not done, in their order."""
        return [each for each in self.required if not self.is_done(each)]

    @property
    def is_complete(self) -> bool:
        return bool(self.required) and not self.missing

    @property
    def completed_at(self) -> datetime | None:
        """When the last required lesson was done, once all of them are."""
        ends = [self.progress[each.pk].completed_at for each in self.required if self.is_complete]
        return max((end for end in ends if end), default=None)

    def is_done(self, lesson: Lesson) -> bool:
        """Whether the learner is done with a lesson."""
        known = self.progress.get(lesson.pk)
        return known is not None and known.completed_at is not None

    def watched_percent(self, lesson: Lesson) -> int:
        """How much of a video was played, of a hundred."""
        return watched_percent(lesson, self.progress.get(lesson.pk))

    def minutes_spent(self, lesson: Lesson) -> int:
        """Whole minutes on task that count."""
        known = self.progress.get(lesson.pk)
        return known.seconds // 60 if known else 0

    def is_released(self, lesson: Lesson) -> bool:
        """Whether a reviewer accepted the lesson as it is, where its activity is accredited."""
        if not self.activity.is_independent:
            return True
        found = (each for part in self.parts for each in part.lessons)
        return any(each.is_released for each in found if each.lesson.pk == lesson.pk)

    @property
    def next(self) -> Lesson | None:
        """What is studied next: the first lesson that is not done, the required ones first."""
        return next(
            (each for each in [*self.missing, *self.lessons] if not self.is_done(each)), None
        )


def watched_percent(lesson: Lesson, progress: Progress | None) -> int:
    """How much of a video was played, of a hundred."""
    if progress is None or not lesson.seconds:
        return 0
    return min(100, round(100 * length_of(progress.watched) / lesson.seconds))


def standing_of(registration: Registration) -> Standing:
    """Where a learner stands with the content."""
    activity = registration.activity
    parts = parts_of(activity)
    return Standing(
        registration,
        course_of(activity),
        term_of(activity),
        parts,
        progress_by_lesson(registration),
        confirmation_of(registration),
        settings_of_content(activity),
        objection_before_step(registration, CONTENT),
        ends_of(registration, [each.lesson for part in parts for each in part.lessons]),
    )


def ends_of(registration: Registration, lessons: Iterable[Lesson]) -> Ends:
    """How somebody brought these lessons to an end; asked only for the kinds that have one."""
    kinds = {each.kind for each in lessons}
    return Ends(
        best_percents(registration) if LessonKind.CASE in kinds else {},
        package_outcomes(registration) if LessonKind.SCORM in kinds else {},
    )


def done_with_all(
    required: Iterable[uuid.UUID], completions: Mapping[uuid.UUID, Mapping[uuid.UUID, Any]]
) -> frozenset[uuid.UUID]:
    """Who is done with every required lesson, by registration; nobody while none is required."""
    wanted = set(required)
    if not wanted:
        return frozenset()
    return frozenset(place for place, done in completions.items() if wanted <= set(done))
