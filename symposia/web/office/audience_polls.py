"""Polls of an audience: prepared, opened, closed, their results for the room and by name."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from symposia.accounts.permissions import Permission
from symposia.learning.actions.audience_polls import (
    close_poll,
    open_poll,
    prepare_poll,
    remove_poll,
    show_results,
)
from symposia.learning.audience_polls import poll_read
from symposia.learning.models import AudiencePoll
from symposia.shared.refusals import Refused
from symposia.web.audience_forms import PollForm
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import frame_of
from symposia.web.office.audience import TAB, do_in_queue, session_or_404, session_page
from symposia.web.parts import Fact
from symposia.web.requests import UserRequest
from symposia.web.walls import shown

_VIEW, _MANAGE = Permission.VIEW_EVALUATIONS, Permission.MANAGE_EVALUATIONS


@require_POST
@requires(Permission.MANAGE_EVALUATIONS)
def new(request: UserRequest, activity_pk: uuid.UUID, session_pk: uuid.UUID) -> HttpResponse:
    """Prepare what a session will ask."""
    found, form = session_or_404(request, activity_pk, session_pk, _MANAGE), PollForm(request.POST)
    if form.is_valid():
        try:
            prepare_poll(found, form.facts(), by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Prepared. Open it when the room is to answer."))
            return redirect("audience_queue", found.activity_id, found.pk)
    return session_page(request, found, poll_form=form, status=422)


def results(request: UserRequest, pk: uuid.UUID) -> dict[str, Any]:
    """Around the answers by name: the poll with its results."""
    found = _poll(request, pk, _VIEW)
    return {
        **frame_of(request, found.activity, TAB),
        "read": poll_read(found),
        "facts": [
            Fact(_("State"), found.get_state_display()),
            Fact(_("Kind"), found.get_kind_display()),
            Fact(_("Session"), found.session.title),
            Fact(_("Prepared by"), found.made_by_name),
        ],
    }


@require_POST
@requires(Permission.MANAGE_EVALUATIONS)
def launch(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask it now."""
    found = _poll(request, pk, _MANAGE)
    done = _("Open: it stands on every phone and on the screen.")
    return do_in_queue(request, found, lambda: open_poll(found, by=request.actor), done)


@require_POST
@requires(Permission.MANAGE_EVALUATIONS)
def close(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take no more answers."""
    found = _poll(request, pk, _MANAGE)
    done = _("Closed: no more answers are taken.")
    return do_in_queue(request, found, lambda: close_poll(found, by=request.actor), done)


@require_POST
@requires(Permission.MANAGE_EVALUATIONS)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Let the room see the results, or take them from it."""
    found, is_shown = _poll(request, pk, _MANAGE), request.POST.get("shown") == "1"
    done = _("The room sees the results.") if is_shown else _("The room does not see the results.")

    def act() -> None:
        show_results(found, is_shown=is_shown, by=request.actor)

    return do_in_queue(request, found, act, done)


@require_POST
@requires(Permission.MANAGE_EVALUATIONS)
def remove(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take away a poll that was never asked."""
    found = _poll(request, pk, _MANAGE)
    return do_in_queue(request, found, lambda: remove_poll(found, by=request.actor), _("Removed."))


def _poll(request: UserRequest, pk: uuid.UUID, permission: Permission) -> AudiencePoll:
    rows = AudiencePoll.objects.visible_to(request.access, permission)
    found = get_object_or_404(rows.select_related("activity", "session"), pk=pk)
    shown(request, found.activity, permission)
    return found
