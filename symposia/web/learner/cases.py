"""A case on a phone, without a script: what one sees, asks for and decides, and why that was so."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from symposia.learning.actions.case_runs import (
    ask_for_finding,
    begin_case_run,
    decide_in_case,
)
from symposia.learning.cases.reading import latest_run, playing
from symposia.learning.letters import LEARNING
from symposia.learning.models import Lesson
from symposia.learning.standing import Standing
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused
from symposia.web.case_player import scene_of
from symposia.web.learner.claim import actor_of, registration_of
from symposia.web.links import personal_link

Doing = Callable[[Registration, Lesson, Actor], Any]


def case_shown(standing: Standing, lesson: Lesson) -> dict[str, Any]:
    """What the page of a case shows: the moment where the learner is, or how it begins."""
    run = latest_run(standing.registration, lesson)
    if run is None:
        return {"scene": None, "run": None}
    now = playing(run)
    return {
        "run": run,
        "scene": scene_of(now.document, now.walk),
        "result": now.result,
        "best": run.case_version.best,
        "asked_percent": standing.settings["case_percent"],
    }


@require_POST
@personal_link(LEARNING)
def begin(request: Any, pk: uuid.UUID, token: str, lesson_pk: uuid.UUID) -> HttpResponse:
    """Begin the case, or begin it again after its end."""
    return _do(request, pk, token, lesson_pk, _begin)


def _begin(registration: Registration, lesson: Lesson, by: Actor) -> None:
    begin_case_run(registration, lesson, by=by)


@require_POST
@personal_link(LEARNING)
def ask(request: Any, pk: uuid.UUID, token: str, lesson_pk: uuid.UUID) -> HttpResponse:
    """Ask for a finding."""
    step, finding = _code(request, "step"), _code(request, "finding")

    def act(registration: Registration, lesson: Lesson, by: Actor) -> None:
        ask_for_finding(registration, lesson, step, finding, by=by)

    return _do(request, pk, token, lesson_pk, act)


@require_POST
@personal_link(LEARNING)
def decide(request: Any, pk: uuid.UUID, token: str, lesson_pk: uuid.UUID) -> HttpResponse:
    """Decide, and see what comes of it."""
    step, option = _code(request, "step"), _code(request, "option")
    if not option:
        messages.error(request, _("Choose what you would do."))
        return redirect("lesson", token, lesson_pk)

    def act(registration: Registration, lesson: Lesson, by: Actor) -> None:
        decide_in_case(registration, lesson, step, option, by=by)

    return _do(request, pk, token, lesson_pk, act)


def _do(request: Any, pk: uuid.UUID, token: str, lesson_pk: uuid.UUID, act: Doing) -> HttpResponse:
    registration = registration_of(pk)
    rows = Lesson.objects.of(registration.activity).cases()
    lesson = get_object_or_404(rows.with_content(), pk=lesson_pk)
    try:
        act(registration, lesson, actor_of(registration))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("lesson", token, lesson_pk)


def _code(request: Any, name: str) -> str:
    return str(request.POST.get(name, ""))[:12].replace("\x00", "")
