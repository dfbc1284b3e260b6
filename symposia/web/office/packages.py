"""The package of a lesson in the office: what was found in it, its versions, a look at it."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Permission
from symposia.learning.models import Lesson, LessonKind
from symposia.learning.packages import look_address, package_of, packages_of
from symposia.web.gates import requires
from symposia.web.requests import UserRequest

SEES = Permission.VIEW_PEOPLE_OF_ACTIVITY
PREVIEW = "office/courses/preview.html"


def package_facts(lesson: Lesson) -> dict[str, Any]:
    """What was found in the package of a lesson, and its versions, the latest first."""
    if lesson.kind != LessonKind.SCORM:
        return {}
    found = packages_of(lesson)
    return {"package": found[0] if found else None, "packages": found}


@require_GET
@requires(SEES)
def preview(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The package as learners see it; nothing of it is kept."""
    rows = Lesson.objects.visible_to(request.access, SEES).with_content()
    lesson = get_object_or_404(rows, pk=pk)
    package = package_of(lesson)
    if package is None or lesson.kind != LessonKind.SCORM:
        raise Http404
    context = {
        "lesson": lesson,
        "package": package,
        "frame": look_address(package, request.user.pk),
        "item": request.GET.get("item", ""),
    }
    return render(request, PREVIEW, context)
