"""My day: the activities of the territory with places and allotment, and one with its guests."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Permission
from symposia.engagement.my_day import day_counts, unanswered
from symposia.insights.field import field_event, field_events, guests_of
from symposia.outreach.candidates import unanswered_by, waves_under_way
from symposia.outreach.letters import place_of
from symposia.outreach.policies import objection_to_reminding
from symposia.web.field.given import ids_of
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.requests import UserRequest

# A page for a phone; the list of the office has the rest.
MOST_GUESTS = 100


@require_GET
@requires(Permission.INVITE)
def day(request: UserRequest) -> HttpResponse:
    """What I look after, today first."""
    at = now()
    events = field_events(request.access, at=at)
    today = [each for each in events if each.is_on(at)]
    later = [each for each in events if not each.is_on(at)]
    counts = day_counts(request.access, request.user.pk)
    context = {"today": today, "later": later, "at": at, "counts": counts}
    return render(request, "field/day.html", context)


@require_GET
@requires(Permission.INVITE)
def doctors_waiting(request: UserRequest) -> HttpResponse:
    """My doctors who wish for a place and wait for an answer; of one territory where it says so."""
    named = next(iter(ids_of([request.GET.get("territory", "")])), None)
    wishes = unanswered(request.access, territory_id=named)
    return render(request, "field/unanswered.html", {"wishes": wishes})


@require_GET
@requires(Permission.INVITE)
def event(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One activity: when, where, what is free, what I may still send, and whom I have invited."""
    activity = activity_or_404(request, pk, Permission.INVITE)
    at = now()
    found = field_event(activity, request.access, at=at)
    guests = guests_of(activity, request.access)
    reached = len(unanswered_by(activity, request.access, at=at).invited)
    context = {
        "event": found,
        "activity": activity,
        "where": place_of(activity),
        "guests": guests[:MOST_GUESTS],
        "more": max(0, len(guests) - MOST_GUESTS),
        "waves": waves_under_way(activity, request.user.pk, at=at),
        "reached": reached,
        "no_reminder": objection_to_reminding(activity, reached, at=at),
    }
    return render(request, "field/event.html", context)


@require_GET
@requires(Permission.INVITE)
def waiting(request: UserRequest) -> HttpResponse:
    """What was written without a network and is sent later; the phone fills it in."""
    return render(request, "field/waiting.html", {})
