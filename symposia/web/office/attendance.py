"""Attendance of an activity: who is inside now, minutes of everybody, marks by hand."""

import uuid
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity, Session
from symposia.attendance.actions import mark_present
from symposia.attendance.lists import ATTENDANCE
from symposia.attendance.queries import evidence_shown, room_counts
from symposia.registrations.models import Registration
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.people import MarkForm, page_with_mark
from symposia.web.requests import UserRequest


def listed(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the list: the activity, the live numbers, the latest readings."""
    activity = activity_or_404(request, activity_pk, Permission.VIEW_ATTENDANCE)
    return {
        **frame_of(request, activity, ATTENDANCE.name),
        **_live(activity),
        "may_check_in": request.access.holds(Permission.CHECK_IN),
    }


@require_GET
@requires(Permission.VIEW_ATTENDANCE)
def live(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The numbers and the latest readings alone; the page asks for them while it is open."""
    activity = activity_or_404(request, pk, Permission.VIEW_ATTENDANCE)
    context = {"activity": activity, **_live(activity)}
    return render(request, "office/attendance/live.html", context)


def _live(activity: Activity) -> dict[str, Any]:
    """The numbers, and the latest readings: with their day, unless all are of one day."""
    latest, zone = evidence_shown(activity), ZoneInfo(activity.zone)
    return {
        "counts": room_counts(activity),
        "latest": latest,
        "is_over": activity.ends_at <= now(),
        "several_days": len({one.server_time.astimezone(zone).date() for one in latest}) > 1,
    }


@require_POST
@requires(Permission.MANAGE_REGISTRATIONS)
def mark(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """State by hand that somebody was there."""
    rows = Registration.objects.visible_to(request.access, Permission.MANAGE_REGISTRATIONS)
    found = get_object_or_404(rows.with_people(), pk=pk)
    sessions = list(Session.objects.of(found.activity))
    form = MarkForm(request.POST, sessions=sessions)
    if not form.is_valid():
        return page_with_mark(request, found, form)
    chosen = next((s for s in sessions if str(s.pk) == form.cleaned_data["session"]), None)
    try:
        mark_present(found, session=chosen, reason=form.cleaned_data["reason"], by=request.actor)
        messages.success(request, _("Marked present."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("registration", found.pk)
