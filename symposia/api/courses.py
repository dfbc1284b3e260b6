"""Courses of enduring activities: modules, lessons, their reviews, steps, and who is where."""

import uuid
from datetime import datetime
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.course_out import CourseOut, course_out
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.learning.actions.courses import (
    CourseFacts,
    add_module,
    begin_course,
    change_course,
    move_module,
    remove_module,
    rename_module,
)
from symposia.learning.actions.requirements import set_requirements
from symposia.learning.defaults import Asked
from symposia.learning.lists import COURSES, PROGRESS
from symposia.learning.models import Course, Module
from symposia.learning.queries import (
    course_of,
)
from symposia.learning.standing import standing_of
from symposia.learning.steps import steps_of
from symposia.registrations.models import Registration

router = Router(tags=["courses"])
list_route(router, COURSES)
list_route(router, PROGRESS, "/learners")
SEES, PLANS = Permission.VIEW_PEOPLE_OF_ACTIVITY, Permission.PLAN_ACTIVITIES


class CourseIn(Schema):
    """How the lessons are studied; `seen_version` is the version that was read."""

    is_ordered: bool = True
    method: str = Field("", max_length=500)
    needs: str = Field("", max_length=500)
    seen_version: int = Field(ge=0, le=2_000_000_000)


class TitleIn(Schema):
    """The title of a module."""

    title: str = Field(min_length=1, max_length=200)


class CoursePlaceIn(Schema):
    """Where something goes, counted from 1."""

    position: int = Field(ge=1, le=500)


class CourseStepIn(Schema):
    """A kind of requirement with its settings; the order of the list is the order."""

    kind: str = Field(max_length=20)
    settings: dict[str, int] = {}


class StepsIn(Schema):
    """What learners do before the credit."""

    steps: list[CourseStepIn] = Field(max_length=20)


class LearnerLessonOut(Schema):
    """How far a learner is in a lesson."""

    id: uuid.UUID
    title: str
    is_done: bool
    watched_percent: int
    minutes_spent: int


class LearnerStepOut(Schema):
    """A step of a learner, and what is missing of it."""

    kind: str
    is_done: bool
    missing: str


class LearnerOut(Schema):
    """Where a learner stands: the steps to the credit, and the lessons."""

    registration: uuid.UUID
    confirmed_at: datetime | None
    completed_at: datetime | None
    steps: list[LearnerStepOut]
    lessons: list[LearnerLessonOut]


@router.get("/{uuid:activity_pk}", response=CourseOut, operation_id="course")
@allowed(SEES)
def show(request: Any, activity_pk: uuid.UUID) -> dict[str, Any]:
    """The course of an activity with its modules, lessons and steps."""
    return course_out(_activity(request, activity_pk, SEES))


@router.post(
    "/{uuid:activity_pk}/beginnings", response={201: CourseOut}, operation_id="begin_course"
)
@allowed(PLANS)
def begin(request: Any, activity_pk: uuid.UUID) -> Status[dict[str, Any]]:
    """Let an enduring activity have lessons."""
    activity = _activity(request, activity_pk, PLANS)
    begin_course(activity, by=request.actor)
    return Status(201, course_out(activity))


@router.put("/{uuid:activity_pk}", response=CourseOut, operation_id="change_course")
@allowed(PLANS)
def change(request: Any, activity_pk: uuid.UUID, body: CourseIn) -> dict[str, Any]:
    """Say how the lessons are studied."""
    activity = _activity(request, activity_pk, PLANS)
    facts = CourseFacts(body.is_ordered, body.method, body.needs)
    course = _course(request, activity)
    change_course(course, facts, seen_version=body.seen_version, by=request.actor)
    return course_out(activity)


@router.put("/{uuid:activity_pk}/steps", response=CourseOut, operation_id="set_course_steps")
@allowed(PLANS)
def steps(request: Any, activity_pk: uuid.UUID, body: StepsIn) -> dict[str, Any]:
    """Say what learners do before the credit, in this order."""
    activity = _activity(request, activity_pk, PLANS)
    asked = [Asked(each.kind, each.settings) for each in body.steps]
    set_requirements(activity, asked, by=request.actor)
    return course_out(activity)


@router.post("/{uuid:activity_pk}/modules", response={201: CourseOut}, operation_id="add_module")
@allowed(PLANS)
def module_new(request: Any, activity_pk: uuid.UUID, body: TitleIn) -> Status[dict[str, Any]]:
    """Begin a module after the last one."""
    activity = _activity(request, activity_pk, PLANS)
    add_module(_course(request, activity), body.title, by=request.actor)
    return Status(201, course_out(activity))


@router.put("/modules/{uuid:pk}", response=CourseOut, operation_id="rename_module")
@allowed(PLANS)
def module_rename(request: Any, pk: uuid.UUID, body: TitleIn) -> dict[str, Any]:
    """Give a module another title."""
    module = _module(request, pk)
    rename_module(module, body.title, by=request.actor)
    return course_out(module.activity)


@router.put("/modules/{uuid:pk}/place", response=CourseOut, operation_id="move_module")
@allowed(PLANS)
def module_move(request: Any, pk: uuid.UUID, body: CoursePlaceIn) -> dict[str, Any]:
    """Put a module at another place of the order."""
    module = _module(request, pk)
    move_module(module, body.position, by=request.actor)
    return course_out(module.activity)


@router.delete("/modules/{uuid:pk}", response={204: None}, operation_id="remove_module")
@allowed(PLANS)
def module_remove(request: Any, pk: uuid.UUID) -> Status[None]:
    """Take an empty module out."""
    remove_module(_module(request, pk), by=request.actor)
    return Status(204, None)


@router.get("/learners/{uuid:pk}", response=LearnerOut, operation_id="learner_standing")
@allowed(Permission.VIEW_ATTENDANCE)
def learner(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Where the learner of a registration stands."""
    rows = Registration.objects.visible_to(request.access, Permission.VIEW_ATTENDANCE)
    found = get_object_or_404(rows.with_people(), pk=pk)
    standing = standing_of(found)
    return {
        "registration": found.pk,
        "confirmed_at": standing.confirmation and standing.confirmation.confirmed_at,
        "completed_at": standing.completed_at,
        "steps": [
            {
                "kind": each.kind.code,
                "is_done": each.stand.is_done,
                "missing": str(each.missing or ""),
            }
            for each in steps_of(found)
        ],
        "lessons": [
            {
                "id": each.pk,
                "title": each.title,
                "is_done": standing.is_done(each),
                "watched_percent": standing.watched_percent(each),
                "minutes_spent": standing.minutes_spent(each),
            }
            for each in standing.lessons
        ],
    }


def _activity(request: Any, pk: uuid.UUID, permission: Permission) -> Activity:
    seen = Course.objects.visible_to(request.access, permission)
    rows = Activity.objects.visible_to(request.access, permission)
    activity = get_object_or_404(rows, pk=pk)
    if course_of(activity) and not seen.filter(activity=activity).exists():
        raise Http404
    return activity


def _course(request: Any, activity: Activity) -> Course:
    return get_object_or_404(Course.objects.visible_to(request.access, PLANS), activity=activity)


def _module(request: Any, pk: uuid.UUID) -> Module:
    rows = Module.objects.visible_to(request.access, PLANS).select_related("activity")
    return get_object_or_404(rows, pk=pk)
