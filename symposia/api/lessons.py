"""Lessons of courses: written with their files, put in their place, judged by a reviewer."""

import uuid
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.actions.content_reviews import ReviewFacts, Upload
from symposia.activities.models import Activity, ContentItem, Verdict
from symposia.activities.queries import objectives_of
from symposia.api.course_out import LessonOut, lesson_out
from symposia.api.gates import allowed
from symposia.learning.actions.lesson_reviews import review_lesson
from symposia.learning.actions.lessons import (
    LessonFacts,
    add_lesson,
    change_lesson,
    move_lesson,
    remove_lesson,
)
from symposia.learning.lesson_rules import LARGEST_VIDEO
from symposia.learning.models import Lesson, LessonKind, Module
from symposia.learning.queries import lesson_judged

router = Router(tags=["courses"])
SEES, PLANS = Permission.VIEW_PEOPLE_OF_ACTIVITY, Permission.PLAN_ACTIVITIES


class LessonPlaceIn(Schema):
    """Where a lesson goes: its module and the place in it."""

    module: uuid.UUID
    position: int = Field(ge=1, le=500)


class LessonIn(Schema):
    """A lesson; files come beside it, `item` is released content whose file is taken."""

    kind: LessonKind
    title: str = Field(min_length=1, max_length=200)
    minutes: int = Field(ge=1, le=600)
    is_required: bool = True
    text: str = Field("", max_length=100_000)
    address: str = Field("", max_length=500, pattern=r"^(https?://[^\s]+)?$")
    transcript: str = Field("", max_length=100_000)
    description: str = Field("", max_length=300)
    sources: str = Field("", max_length=10_000)
    objective: uuid.UUID | None = None
    item: uuid.UUID | None = None


class NewLessonIn(LessonIn):
    """A new lesson and the module it belongs to."""

    module: uuid.UUID


class LessonChangeIn(LessonIn):
    """A lesson as it is from now on; `seen_version` is the version that was read."""

    seen_version: int = Field(ge=0, le=2_000_000_000)


class LessonReviewIn(Schema):
    """A verdict on a lesson as it was read: `digest` is the hash of its content then."""

    digest: str = Field(max_length=64)
    verdict: Verdict
    checklist: dict[str, str]
    note: str = Field("", max_length=4000)


@router.post("", response={201: LessonOut}, operation_id="add_lesson")
@allowed(PLANS)
def lesson_new(
    request: Any,
    body: Form[NewLessonIn],
    file: File[UploadedFile | None] = None,
    captions: File[UploadedFile | None] = None,
) -> Status[dict[str, Any]]:
    """Put a lesson after the last one of a module."""
    rows = Module.objects.visible_to(request.access, PLANS).select_related("activity")
    module = get_object_or_404(rows, pk=body.module)
    facts = _facts(request, module.activity, body, file, captions)
    made = add_lesson(module, facts, by=request.actor)
    return Status(201, lesson_out(lesson_judged(_lesson(request, made.pk, PLANS))))


@router.get("/{uuid:pk}", response=LessonOut, operation_id="lesson")
@allowed(SEES)
def lesson(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One lesson, and how a reviewer judged it as it is."""
    return lesson_out(lesson_judged(_lesson(request, pk, SEES)))


@router.post("/{uuid:pk}/changes", response=LessonOut, operation_id="change_lesson")
@allowed(PLANS)
def lesson_change(
    request: Any,
    pk: uuid.UUID,
    body: Form[LessonChangeIn],
    file: File[UploadedFile | None] = None,
    captions: File[UploadedFile | None] = None,
) -> dict[str, Any]:
    """Change a lesson; what is shown differently is reviewed anew."""
    found = _lesson(request, pk, PLANS)
    facts = _facts(request, found.activity, body, file, captions)
    change_lesson(found, facts, seen_version=body.seen_version, by=request.actor)
    return lesson_out(lesson_judged(_lesson(request, pk, PLANS)))


@router.put("/{uuid:pk}/place", response=LessonOut, operation_id="move_lesson")
@allowed(PLANS)
def lesson_move(request: Any, pk: uuid.UUID, body: LessonPlaceIn) -> dict[str, Any]:
    """Put a lesson at another place, in its module or another of the same activity."""
    found = _lesson(request, pk, PLANS)
    module = get_object_or_404(Module.objects.of(found.activity_id), pk=body.module)
    return lesson_out(lesson_judged(move_lesson(found, module, body.position, by=request.actor)))


@router.delete("/{uuid:pk}", response={204: None}, operation_id="remove_lesson")
@allowed(PLANS)
def lesson_remove(request: Any, pk: uuid.UUID) -> Status[None]:
    """Take a lesson out that nobody studied."""
    remove_lesson(_lesson(request, pk, PLANS), by=request.actor)
    return Status(204, None)


@router.post("/{uuid:pk}/reviews", response={201: LessonOut}, operation_id="review_lesson")
@allowed(SEES)
def review(request: Any, pk: uuid.UUID, body: LessonReviewIn) -> Status[dict[str, Any]]:
    """Give a verdict on a lesson exactly as it was read."""
    found = _lesson(request, pk, SEES)
    said = ReviewFacts(body.verdict, body.checklist, body.note)
    review_lesson(found, said, seen_digest=body.digest, by=request.actor)
    return Status(201, lesson_out(lesson_judged(found)))


def _facts(
    request: Any,
    activity: Activity,
    body: LessonIn,
    file: UploadedFile | None,
    captions: UploadedFile | None,
) -> LessonFacts:
    said = body.dict(exclude={"seen_version", "module", "objective", "item"})
    promised = {each.pk: each for each in objectives_of(activity)}
    if body.objective and body.objective not in promised:
        raise Http404
    items = ContentItem.objects.visible_to(request.access, PLANS).of(activity)
    return LessonFacts(
        **said,
        objective=promised[body.objective] if body.objective else None,
        item=get_object_or_404(items, pk=body.item) if body.item else None,
        file=_upload(file),
        captions=_upload(captions),
    )


def _upload(sent: UploadedFile | None) -> Upload | None:
    return Upload(sent.name or "", sent.read(LARGEST_VIDEO + 1)) if sent else None


def _lesson(request: Any, pk: uuid.UUID, permission: Permission) -> Lesson:
    rows = Lesson.objects.visible_to(request.access, permission)
    return get_object_or_404(rows.with_content(), pk=pk)
