"""Packages of lessons: what was found in them, a look at them, attempts and what they were told."""

import uuid
from datetime import datetime
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.learning.models import Lesson, LessonKind, Package, PackageAttempt
from symposia.learning.package_lists import ATTEMPTS
from symposia.learning.packages import commits_of, look_address, package_of, packages_of

router = Router(tags=["courses"])
list_route(router, ATTEMPTS, "/attempts")
SEES = Permission.VIEW_PEOPLE_OF_ACTIVITY


class PackageItemOut(Schema):
    """A part of a package; without an address it is a heading."""

    id: str
    title: str
    depth: int
    href: str
    is_sco: bool
    mastery: float | None


class PackageVersionOut(Schema):
    """A version of a package as its manifest described it."""

    number: int
    title: str
    standard: str
    edition: str
    files: int
    size: int
    sha256: str
    made_at: datetime
    by_name: str
    items: list[PackageItemOut]


class PackagePreviewOut(Schema):
    """Where a package can be looked at for half a day; nothing of it is kept."""

    address: str


class PackageCommitOut(Schema):
    """What a package told at one moment, whole."""

    number: int
    event_uuid: uuid.UUID
    item: str
    completion: str
    score: float | None
    is_end: bool
    at: datetime
    cmi: dict[str, Any]


class PackageAttemptOut(Schema):
    """An attempt of a learner and everything it was told, in its order."""

    id: uuid.UUID
    registration: uuid.UUID
    lesson: uuid.UUID
    number: int
    package: int
    completion: str
    score: float | None
    seconds: int
    begun_at: datetime
    ended_at: datetime | None
    version: int
    commits: list[PackageCommitOut]


@router.get("/attempts/{uuid:pk}", response=PackageAttemptOut, operation_id="package_attempt")
@allowed(Permission.VIEW_ATTENDANCE)
def attempt(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One attempt with its commits."""
    rows = PackageAttempt.objects.visible_to(request.access).select_related("package")
    found = get_object_or_404(rows, pk=pk)
    names = ("id", "number", "completion", "score", "seconds", "begun_at", "ended_at", "version")
    return {name: getattr(found, name) for name in names} | {
        "registration": found.registration_id,
        "lesson": found.lesson_id,
        "package": found.package.number,
        "commits": commits_of(found),
    }


@router.get("/{uuid:lesson_pk}", response=list[PackageVersionOut], operation_id="lesson_packages")
@allowed(SEES)
def versions(request: Any, lesson_pk: uuid.UUID) -> list[dict[str, Any]]:
    """What was found in the package of a lesson: every version, the latest first."""
    return [_version(each) for each in packages_of(_lesson(request, lesson_pk))]


@router.get("/{uuid:lesson_pk}/preview", response=PackagePreviewOut, operation_id="lesson_preview")
@allowed(SEES)
def preview(request: Any, lesson_pk: uuid.UUID) -> dict[str, str]:
    """Where the package can be looked at as learners see it."""
    lesson = _lesson(request, lesson_pk)
    package = package_of(lesson)
    if package is None or lesson.kind != LessonKind.SCORM:
        raise Http404
    return {"address": look_address(package, request.access.user_id)}


def _version(package: Package) -> dict[str, Any]:
    names = ("number", "title", "standard", "edition", "files", "size", "made_at", "by_name")
    facts = {name: getattr(package, name) for name in names}
    return facts | {"sha256": package.file.sha256, "items": package.items}


def _lesson(request: Any, pk: uuid.UUID) -> Lesson:
    return get_object_or_404(Lesson.objects.visible_to(request.access, SEES), pk=pk)
