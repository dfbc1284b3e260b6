"""The lessons on a phone: what is told before the start, then the modules with what is done."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_POST

from symposia.learning.actions.studying import confirm_start
from symposia.learning.letters import LEARNING
from symposia.learning.models import Lesson, Module
from symposia.learning.notice import notice_of
from symposia.learning.policies import objection_to_beginning, objection_to_studying
from symposia.learning.standing import Standing, standing_of
from symposia.shared.refusals import Objection, Refused
from symposia.web.learner.claim import actor_of, registration_of
from symposia.web.links import personal_link

PAGE, BEFORE = "learner/course/course.html", "learner/course/before.html"


@dataclass(frozen=True)
class Row:
    """A lesson as the list shows it: done, begun, open, or why it is not."""

    lesson: Lesson
    is_done: bool
    percent: int
    minutes: int
    objection: Objection | None


@dataclass(frozen=True)
class Part:
    """A module with its rows."""

    module: Module
    rows: list[Row]


@require_GET
@personal_link(LEARNING)
def show(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """The modules and lessons; before anything was confirmed, what is told before the start."""
    standing = standing_of(registration_of(pk))
    objection = objection_to_beginning(standing, at=now())
    context: dict[str, Any] = {
        "token": token,
        "activity": standing.activity,
        "standing": standing,
        "objection": objection,
    }
    if standing.confirmation is None:
        notice = notice_of(standing.activity)
        context |= {"sections": notice.as_json(), "sha256": notice.sha256}
        return render(request, BEFORE, context)
    context["parts"] = parts_shown(standing)
    return render(request, PAGE, context)


@require_POST
@personal_link(LEARNING)
def confirm(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """Keep what was shown, and begin."""
    registration = registration_of(pk)
    seen = request.POST.get("sha256", "")
    try:
        confirm_start(registration, seen=seen, by=actor_of(registration))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("course", token)


@require_GET
@personal_link(LEARNING)
def told(request: Any, pk: uuid.UUID, token: str) -> HttpResponse:
    """What was confirmed, as it was shown then."""
    standing = standing_of(registration_of(pk))
    confirmed = standing.confirmation
    if confirmed is None:
        return redirect("course", token)
    context = {
        "token": token,
        "activity": standing.activity,
        "confirmation": confirmed,
        "sections": confirmed.shown,
    }
    return render(request, BEFORE, context)


def parts_shown(standing: Standing) -> list[Part]:
    """The modules with their lessons as this learner has them."""
    at = now()
    return [
        Part(
            part.module,
            [
                Row(
                    each.lesson,
                    standing.is_done(each.lesson),
                    standing.watched_percent(each.lesson),
                    standing.minutes_spent(each.lesson),
                    objection_to_studying(standing, each.lesson, at=at),
                )
                for each in part.lessons
            ],
        )
        for part in standing.parts
    ]
