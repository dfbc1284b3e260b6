"""Courses and lessons as the API tells them."""

import uuid
from typing import Any

from ninja import Schema

from symposia.activities.models import Activity
from symposia.learning.digests import digest_of
from symposia.learning.queries import Judged, course_of, parts_of, requirements_of


class CourseStepOut(Schema):
    """A kind of requirement with its settings."""

    kind: str
    settings: dict[str, int]


class LessonOut(Schema):
    """A lesson as it stands; `condition` says how a reviewer judged it as it is."""

    id: uuid.UUID
    module: uuid.UUID
    position: int
    kind: str
    title: str
    minutes: int
    is_required: bool
    condition: str
    digest: str
    version: int


class ModuleOut(Schema):
    """A module and its lessons in their order."""

    id: uuid.UUID
    title: str
    position: int
    lessons: list[LessonOut]


class CourseOut(Schema):
    """The course of an activity; version 0 has none."""

    activity: uuid.UUID
    is_ordered: bool
    method: str
    needs: str
    version: int
    steps: list[CourseStepOut]
    modules: list[ModuleOut]


def course_out(activity: Activity) -> dict[str, Any]:
    """The course of an activity with its modules, lessons and steps."""
    course = course_of(activity)
    return {
        "activity": activity.pk,
        "is_ordered": course.is_ordered if course else True,
        "method": course.method if course else "",
        "needs": course.needs if course else "",
        "version": course.version if course else 0,
        "steps": requirements_of(activity),
        "modules": [
            {
                "id": part.module.pk,
                "title": part.module.title,
                "position": part.module.position,
                "lessons": [lesson_out(each) for each in part.lessons],
            }
            for part in parts_of(activity)
        ],
    }


def lesson_out(judged: Judged) -> dict[str, Any]:
    """A lesson and how a reviewer judged it as it is."""
    names = ("position", "kind", "title", "minutes", "is_required", "version")
    lesson = judged.lesson
    return {name: getattr(lesson, name) for name in names} | {
        "id": lesson.pk,
        "module": lesson.module_id,
        "condition": judged.condition,
        "digest": digest_of(lesson),
    }
