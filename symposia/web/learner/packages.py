"""A package in the page of its lesson: begun once, gone on with, and what it tells kept."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from symposia.learning.actions.attempts import begin_package_attempt
from symposia.learning.letters import LEARNING
from symposia.learning.models import Lesson, PackageAttempt
from symposia.learning.packages import attempt_under_way, attempts_at, package_of
from symposia.learning.scorm.tickets import (
    AttemptTicket,
    package_url,
    read_attempt_ticket,
    signed,
)
from symposia.learning.standing import Standing
from symposia.shared.refusals import Refused
from symposia.web.learner.claim import actor_of, registration_of
from symposia.web.links import personal_link
from symposia.web.package_commits import keep_told, read_told, unreadable


def package_shown(standing: Standing, lesson: Lesson) -> dict[str, Any]:
    """The package with the attempt that goes on, and those before it."""
    package = package_of(lesson)
    attempts = attempts_at(standing.registration, lesson)
    current = next((a for a in attempts[:1] if package and a.package_id == package.pk), None)
    shown: dict[str, Any] = {"package": package, "attempts": attempts, "attempt": current}
    if current is None or package is None:
        return shown
    ticket = ticket_of(current)
    parts = [each | {"state": _state(current, each)} for each in package.items]
    return shown | {
        "parts": parts if len(package.opened) > 1 else [],
        "frame": package_url(ticket),
        "ticket": signed(ticket),
        "content_origin": settings.CONTENT_ORIGIN,
    }


def _state(attempt: PackageAttempt, part: dict[str, Any]) -> str:
    return str(attempt.states.get(part["id"], {}).get("completion", "open"))


def ticket_of(attempt: PackageAttempt) -> AttemptTicket:
    """What opens this attempt, and nothing else, on the content origin."""
    ids = (attempt.organisation_id, attempt.registration_id, attempt.lesson_id, attempt.pk)
    return AttemptTicket(*ids)


@require_POST
@personal_link(LEARNING)
def begin(request: Any, pk: uuid.UUID, token: str, lesson_pk: uuid.UUID) -> HttpResponse:
    """Begin with the package, or begin again."""
    registration = registration_of(pk)
    lesson = get_object_or_404(Lesson.objects.of(registration.activity), pk=lesson_pk)
    try:
        begin_package_attempt(registration, lesson, by=actor_of(registration))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("lesson", token, lesson_pk)


@require_POST
@personal_link(LEARNING)
def commits(request: Any, pk: uuid.UUID, token: str, lesson_pk: uuid.UUID) -> HttpResponse:
    """What the frame told this page, of the attempt that its ticket and this link both name."""
    sent = read_told(request.body)
    if sent is None:
        return JsonResponse(unreadable(), status=422)
    registration = registration_of(pk)
    read = read_attempt_ticket(sent.ticket, seconds=None)
    mine = (registration.organisation_id, pk, lesson_pk)
    attempt = None
    if read and (read.organisation_id, read.registration_id, read.lesson_id) == mine:
        attempt = attempt_under_way(read.attempt_id, registration_id=pk, lesson_id=lesson_pk)
    if attempt is None:
        said = {
            "code": "not_there",
            "detail": _("This attempt is not yours. Open it again."),
        }
        return JsonResponse(said, status=404)
    return JsonResponse(keep_told(attempt, sent, by=actor_of(registration)))
