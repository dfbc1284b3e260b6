"""Questions and polls of the sessions of an activity: what the moderator works through, and the
screen of the room."""

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity, Session
from symposia.learning.actions.audience_questions import ask_session
from symposia.learning.audience import (
    ON_SCREEN,
    hours_of,
    queue_of,
    room_of,
    session_of_audience,
)
from symposia.learning.audience_rules import objection_to_audience
from symposia.learning.audience_versions import version_of_audience
from symposia.learning.audience_words import opening_said
from symposia.learning.models import AudiencePoll, AudienceQuestion
from symposia.shared.refusals import Refused
from symposia.web.audience_forms import AskForm, PollForm
from symposia.web.gates import requires
from symposia.web.live_parts import AGAIN, parts_if_new
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.asking import do
from symposia.web.qr import qr_svg
from symposia.web.requests import UserRequest

FOLDER, TAB = "office/audience", "activity_audience"
_VIEW, _MANAGE = Permission.VIEW_EVALUATIONS, Permission.MANAGE_EVALUATIONS


@require_GET
@requires(Permission.VIEW_EVALUATIONS)
def sessions(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The sessions of an activity with what their audience asked and was asked."""
    activity = activity_or_404(request, pk, _VIEW)
    hours = hours_of(activity)
    context = {
        **frame_of(request, activity, TAB),
        "hours": hours,
        "to_follow_up": sum(each.to_follow_up for each in hours),
    }
    return render(request, f"{FOLDER}/sessions.html", context)


def listed(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the lists of questions and of polls: the activity."""
    return frame_of(request, activity_or_404(request, activity_pk, _VIEW), TAB)


@require_GET
@requires(Permission.VIEW_EVALUATIONS)
def session(request: UserRequest, activity_pk: uuid.UUID, session_pk: uuid.UUID) -> HttpResponse:
    """The queue of questions and the polls of one session."""
    found = session_or_404(request, activity_pk, session_pk)
    return session_page(request, found)


def session_page(
    request: UserRequest, found: Session, *, status: int = 200, **forms_given: Any
) -> HttpResponse:
    """The page of a session; a form that was given stands in the place of an empty one."""
    context = {
        **_context(request, found),
        "poll_form": PollForm(),
        "ask_form": AskForm(),
        "version": version_of_audience(found, with_answers=True),
        "no_asking": objection_to_audience(
            found, said=opening_said(found, found.activity), at=now()
        ),
    }
    return render(request, f"{FOLDER}/session.html", context | forms_given, status=status)


@require_GET
@requires(Permission.VIEW_EVALUATIONS)
def changes(request: UserRequest, activity_pk: uuid.UUID, session_pk: uuid.UUID) -> HttpResponse:
    """The queue again if it has changed since the page heard of it, else nothing."""
    found = session_or_404(request, activity_pk, session_pk)
    version = version_of_audience(found, with_answers=True)
    return parts_if_new(request, version, f"{FOLDER}/parts.html", lambda: _context(request, found))


def _context(request: UserRequest, found: Session) -> dict[str, Any]:
    return {
        "session": found,
        "activity": found.activity,
        "queue": queue_of(found),
        "may_manage": request.access.holds(_MANAGE),
    }


@require_POST
@requires(Permission.MANAGE_EVALUATIONS)
def ask(request: UserRequest, activity_pk: uuid.UUID, session_pk: uuid.UUID) -> HttpResponse:
    """Put a question of the office's own, or one that came in otherwise."""
    found, form = session_or_404(request, activity_pk, session_pk, _MANAGE), AskForm(request.POST)
    if form.is_valid():
        try:
            text = form.cleaned_data["text"]
            ask_session(found, text, is_named=form.is_named, by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Asked; it waits in the queue."))
            return redirect("audience_queue", found.activity_id, found.pk)
    return session_page(request, found, ask_form=form, status=422)


@never_cache
@require_GET
@requires(Permission.VIEW_EVALUATIONS)
def screen(request: UserRequest, activity_pk: uuid.UUID, session_pk: uuid.UUID) -> HttpResponse:
    """What hangs in the room: the poll that is open or its results, else the questions."""
    found = session_or_404(request, activity_pk, session_pk)
    path = reverse("audience_arrival", args=[request.organisation.code, found.pk])
    address = f"{settings.ORIGIN}{path}"
    context = {
        **_on_screen(found),
        "picture": qr_svg(address, _("Address where it is asked and voted")),
        "address": address,
        "version": version_of_audience(found, with_answers=True),
        "again": AGAIN,
    }
    return render(request, f"{FOLDER}/screen.html", context)


@require_GET
@requires(Permission.VIEW_EVALUATIONS)
def screen_changes(
    request: UserRequest, activity_pk: uuid.UUID, session_pk: uuid.UUID
) -> HttpResponse:
    """The screen again if it has changed, else nothing."""
    found = session_or_404(request, activity_pk, session_pk)
    version = version_of_audience(found, with_answers=True)
    return parts_if_new(request, version, f"{FOLDER}/screen_part.html", lambda: _on_screen(found))


def _on_screen(found: Session) -> dict[str, Any]:
    """What everybody in the room may read: no name of anybody who did not give it."""
    room = room_of(found)
    return {
        "session": found,
        "activity": found.activity,
        "room": room,
        "read": next(iter(room.polls), None),
        "questions": room.questions[:ON_SCREEN],
        "more": len(room.questions) > ON_SCREEN,
    }


def do_in_queue(
    request: UserRequest, found: AudienceQuestion | AudiencePoll, act: Callable[[], None], done: str
) -> HttpResponse:
    """Act on a question or a poll, or say why not; back to the queue of its session."""
    back = reverse("audience_queue", args=[found.activity_id, found.session_id])
    return do(request, act, back, done)


def session_or_404(
    request: UserRequest,
    activity_pk: uuid.UUID,
    session_pk: uuid.UUID,
    permission: Permission = Permission.VIEW_EVALUATIONS,
) -> Session:
    """A session of an activity whose answers this person may see, with it."""
    activity: Activity = activity_or_404(request, activity_pk, permission)
    found = session_of_audience(activity.pk, session_pk)
    if found is None or found.is_break:
        raise Http404
    found.activity = activity
    return found
