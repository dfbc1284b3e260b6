"""Today: what needs this person, what comes up, whom they wait for."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Permission
from symposia.insights.today import (
    Need,
    coming_up,
    needs_of,
    rows_needing,
    waiting_on_others,
)
from symposia.insights.told_at_once import TOLD_AT_ONCE
from symposia.web.gates import requires
from symposia.web.requests import UserRequest
from symposia.web.shell import counts

PAGE = "office/today/today.html"


@require_GET
@requires(Permission.VIEW_TODAY)
def today(request: UserRequest) -> HttpResponse:
    at = now()
    needs = needs_of(request.access, at=at)
    context = {
        "greeting": _greeting(request, at),
        "groups": _groups(needs, at),
        "count": len(needs),
        "late": sum(need.is_late(at) for need in needs),
        "at": at,
        "upcoming": coming_up(request.access, at=at),
        "waiting": waiting_on_others(request.access),
        "may_plan": request.access.holds(Permission.PLAN_ACTIVITIES),
    }
    return render(request, PAGE, context)


@counts("today")
def open_needs(request: Any) -> list[QuerySet[Any]]:
    """What `needs_of` would find; failed messages are one need, as are bad addresses
    and reports to bodies."""
    rows = rows_needing(request.access, at=now())
    return [each[:1] if name in TOLD_AT_ONCE else each for name, each in rows.items()]


def _greeting(request: UserRequest, at: datetime) -> str:
    """By the clock where the organisation is."""
    hour = at.astimezone(ZoneInfo(request.user.zone or request.organisation.zone)).hour
    words = _("Good morning, %s") if hour < 12 else _("Good afternoon, %s")
    return (_("Good evening, %s") if hour >= 18 else words) % str(request.user)


def _groups(needs: list[Need], at: datetime) -> list[dict[str, Any]]:
    bounds = (
        (_("Overdue"), datetime.min.replace(tzinfo=at.tzinfo), at),
        (_("This week"), at, at + timedelta(days=7)),
        (_("Later"), at + timedelta(days=7), datetime.max.replace(tzinfo=at.tzinfo)),
    )
    groups = []
    for label, start, end in bounds:
        entries = [_entry(need, at) for need in needs if start <= need.due_at < end]
        if entries:
            groups.append({"label": label, "entries": entries})
    return groups


def _entry(need: Need, at: datetime) -> dict[str, Any]:
    return {
        "need": need,
        "href": reverse(need.url_name, args=[need.key] if need.key else []),
        "tone": "stop" if need.is_late(at) else need.tone,
        "when": when_due(need, at),
        "is_late": need.is_late(at),
    }


def when_due(need: Need, at: datetime) -> str:
    """How far away the day is, counted in days of the calendar as a person counts them."""
    days = (localdate(need.due_at) - localdate(at)).days
    if days == 0:
        return _("today")
    if need.is_late(at):
        return ngettext("%d day late", "%d days late", -days) % -days
    return _("tomorrow") if days == 1 else ngettext("in %d day", "in %d days", days) % days
