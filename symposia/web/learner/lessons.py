"""One lesson on any device: where it was left, what counts, and what a dead network kept back."""

import uuid
from typing import Annotated, Any, Literal

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from symposia.activities.models import Activity
from symposia.activities.reading import one_reading
from symposia.learning.actions.studying import Heard, Told, complete_lesson, keep_studying
from symposia.learning.letters import LEARNING
from symposia.learning.models import Lesson, LessonKind
from symposia.learning.policies import (
    objection_inside,
    objection_to_being_done,
    objection_to_completing,
    objection_to_studying,
)
from symposia.learning.queries import open_captions, progress_by_lesson
from symposia.learning.standing import Standing, ends_of, standing_of, watched_percent
from symposia.learning.steps import settings_of_content
from symposia.learning.texts import blocks_of
from symposia.registrations.models import Registration
from symposia.shared.refusals import Refused
from symposia.shared.times import FIRST_COUNTED, LAST_COUNTED
from symposia.web.content.lessons import lesson_url
from symposia.web.learner.cases import case_shown
from symposia.web.learner.claim import actor_of, registration_of
from symposia.web.learner.packages import package_shown
from symposia.web.links import personal_link

PAGE, CASE = "learner/course/lesson.html", "learner/cases/case.html"
MOST = 50
_Moment = Annotated[AwareDatetime, Field(ge=FIRST_COUNTED, le=LAST_COUNTED)]
_Seconds = Annotated[float, Field(ge=0, le=86_400, allow_inf_nan=False)]


class Said(BaseModel):
    """One thing as the device kept it."""

    event_uuid: uuid.UUID
    kind: Literal["heard", "done"]
    at: _Moment
    seconds: _Seconds = 0
    place: int = Field(0, ge=0, le=1_000_000)
    watched_from: _Seconds | None = None
    watched_to: _Seconds | None = None


class Outbox(BaseModel):
    """What a device brings, and what its clock says now."""

    sent_at: _Moment
    entries: list[Said] = Field(max_length=MOST)


@require_GET
@personal_link(LEARNING)
def show(request: Any, pk: uuid.UUID, token: str, lesson_pk: uuid.UUID) -> HttpResponse:
    """The lesson at the place where it was left."""
    with one_reading():
        standing = standing_of(registration_of(pk))
    lesson = _lesson(standing.activity, lesson_pk)
    objection = objection_to_studying(standing, lesson, at=now())
    context = {
        "token": token,
        "activity": standing.activity,
        "standing": standing,
        "lesson": lesson,
        "objection": objection,
        "is_done": standing.is_done(lesson),
        "percent": standing.watched_percent(lesson),
        "watch_percent": standing.settings["watch_percent"],
        "after": _after(standing, lesson),
    }
    if objection is None:
        context |= _content(standing, lesson)
        if lesson.is_case:
            context |= case_shown(standing, lesson)
    return render(request, CASE if lesson.is_case else PAGE, context)


def _content(standing: Standing, lesson: Lesson) -> dict[str, Any]:
    known = standing.progress.get(lesson.pk)
    is_package = lesson.kind == LessonKind.SCORM
    shown = package_shown(standing, lesson) if is_package else {}
    has_file = lesson.file_id and not is_package
    return shown | {
        "place": known.place if known else 0,
        "seconds": known.seconds if known else 0,
        "source": lesson_url(standing.registration, lesson) if has_file else "",
        "blocks": blocks_of(lesson.text),
        "transcript": blocks_of(lesson.transcript),
        "cited": [line for line in lesson.sources.splitlines() if line.strip()],
        "not_yet": objection_to_being_done(standing, lesson),
    }


def _after(standing: Standing, lesson: Lesson) -> Lesson | None:
    """The next one in the order."""
    ids = [each.pk for each in standing.lessons]
    following = standing.lessons[ids.index(lesson.pk) + 1 :]
    return following[0] if following else None


@require_POST
@personal_link(LEARNING)
def complete(request: Any, pk: uuid.UUID, token: str, lesson_pk: uuid.UUID) -> HttpResponse:
    """Say that one is done with the lesson, without a script."""
    registration = registration_of(pk)
    lesson = _lesson(registration.activity, lesson_pk)
    try:
        complete_lesson(registration, lesson, by=actor_of(registration))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("lesson", token, lesson_pk)
    return redirect("course", token)


@require_POST
@personal_link(LEARNING)
def progress(request: Any, pk: uuid.UUID, token: str, lesson_pk: uuid.UUID) -> HttpResponse:
    """What a device tells of studying, each thing once; answers for each what became of it."""
    registration = registration_of(pk)
    lesson = _lesson(registration.activity, lesson_pk)
    try:
        body = Outbox.model_validate_json(request.body)
    except ValidationError:
        detail = _("What this device sent cannot be read.")
        return JsonResponse({"code": "unreadable", "detail": detail}, status=422)
    offset = now() - body.sent_at
    told = [Told(**each.model_dump() | {"at": each.at + offset}) for each in body.entries]
    heard = keep_studying(registration, lesson, told, by=actor_of(registration))
    return JsonResponse({"answers": [_answer(each) for each in heard]} | _now(registration, lesson))


def _answer(heard: Heard) -> dict[str, Any]:
    return {
        "event_uuid": str(heard.event_uuid),
        "done": heard.objection is None,
        "said": str(heard.objection or ""),
    }


def _now(registration: Registration, lesson: Lesson) -> dict[str, Any]:
    known = progress_by_lesson(registration).get(lesson.pk)
    settings = settings_of_content(registration.activity)
    inside = objection_inside(lesson, settings, ends_of(registration, [lesson]))
    return {
        "completed": known is not None and known.completed_at is not None,
        "percent": watched_percent(lesson, known),
        "seconds": known.seconds if known else 0,
        "not_yet": str(objection_to_completing(lesson, known, settings, inside=inside) or ""),
    }


@require_GET
@personal_link(LEARNING)
def captions(request: Any, pk: uuid.UUID, token: str, lesson_pk: uuid.UUID) -> HttpResponse:
    """The captions of a video, for whoever may study it."""
    standing = standing_of(registration_of(pk))
    lesson = _lesson(standing.activity, lesson_pk)
    if objection_to_studying(standing, lesson, at=now()):
        raise Http404
    opened = open_captions(lesson)
    if opened is None:
        raise Http404
    with opened:
        return HttpResponse(opened.read(), content_type="text/vtt; charset=utf-8")


@require_GET
@personal_link(LEARNING)
def file(request: Any, pk: uuid.UUID, token: str, lesson_pk: uuid.UUID) -> HttpResponseBase:
    """To the file on the content origin, for whoever may study the lesson."""
    standing = standing_of(registration_of(pk))
    lesson = _lesson(standing.activity, lesson_pk)
    is_taken_home = lesson.file_id and lesson.kind != LessonKind.SCORM
    if not is_taken_home or objection_to_studying(standing, lesson, at=now()):
        raise Http404
    return redirect(lesson_url(standing.registration, lesson))


def _lesson(activity: Activity, pk: uuid.UUID) -> Lesson:
    rows = Lesson.objects.of(activity)
    return get_object_or_404(rows.with_content(), pk=pk)


def next_href(standing: Standing, token: str) -> str:
    """Where the learner goes on: the next lesson, or the list of them."""
    following = standing.next if standing.confirmation else None
    if following is None:
        return reverse("course", args=[token])
    return reverse("lesson", args=[token, following.pk])
