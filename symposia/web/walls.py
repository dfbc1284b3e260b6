"""The wall at the gate of a page: who may not look is told why, and the journal keeps it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localdate

from symposia.accounts.permissions import Permission
from symposia.activities.actions.wall import note_meeting
from symposia.activities.encounters import (
    Met,
    ids_in,
    is_worth_proving,
    may_be_met,
    met_by,
    subject_shown,
)
from symposia.activities.models import Activity
from symposia.activities.wall import Subject
from symposia.insights.actions import note_sight
from symposia.shared.tenancy import acting_in
from symposia.web.requests import UserRequest


def turned_away(
    request: Any, view: Any, permissions: Sequence[Permission], given: Mapping[str, Any]
) -> HttpResponse | None:
    """The page that says why, for somebody whom the wall keeps from this one."""
    subject = subject_shown(view.__module__)
    if not may_be_met(request.access, permissions, subject):
        return None
    with acting_in(request.organisation.pk, user_id=request.user.pk):
        met = _met(request, subject, permissions, given)
    if met is None:
        return None
    context = {
        "request_id": request.request_id,
        "status": 403,
        "objection": met.objection,
        "activity": met.activity,
    }
    return render(request, "errors/wall.html", context, status=403)


def _met(
    request: Any,
    subject: Subject | None,
    permissions: Sequence[Permission],
    given: Mapping[str, Any],
) -> Met | None:
    """What the wall keeps from whoever asks, and the line of the journal that says so."""
    met = met_by(request.access, permissions, ids_in(given), subject)
    if met and not getattr(request, "support_view", None):
        note_meeting(met, page=page_name(request), by=request.actor)
    return met


def page_name(request: Any) -> str:
    match = request.resolver_match
    return (match.url_name or match.route)[:80] if match else ""


def shown(request: UserRequest, activity: Activity, permission: Permission) -> None:
    """Note that the page under way shows this person names or answers of an activity."""
    if getattr(request, "support_view", None):
        return  # the journal has the page already
    if request.method == "GET" and is_worth_proving(activity.mode, permission):
        request.sights = [*getattr(request, "sights", ()), activity]  # type: ignore[attr-defined]


# Who was shown what today, as far as this process wrote it down: it need not be written again.
_kept: set[tuple[object, ...]] = set()
_MOST_KEPT = 20_000


def keep_sights(request: Any, response: HttpResponseBase) -> None:
    """Write down what the answer showed, once a day, and nothing of an answer that failed."""
    page = page_name(request)
    for activity in getattr(request, "sights", ()):
        key = (activity.pk, request.user.pk, page, localdate())
        if response.status_code < 400 and key not in _kept:
            note_sight(activity, page, by=request.actor)
            if len(_kept) >= _MOST_KEPT:
                _kept.clear()
            _kept.add(key)
