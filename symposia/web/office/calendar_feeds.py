"""Personal addresses that calendar programs read, and an activity as a file for a calendar."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.actions.calendar import make_feed, revoke_feed, rotate_feed
from symposia.activities.feeds import entries_from, file_name, items_of
from symposia.activities.models import Activity, CalendarFeed, Series
from symposia.audit.queries import entries_about
from symposia.notifications.feeds import feed_calendar
from symposia.shared.refusals import Refused
from symposia.web.gates import answers_with_a_secret, requires
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest


class FeedForm(forms.Form):
    """What an address is for; what it shows are the filters it was made with."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        help_text=gettext_lazy("As you know it: my phone, the wall in the office."),
    )
    filters = forms.CharField(widget=forms.HiddenInput, max_length=500, required=False)


def listed(request: UserRequest) -> dict[str, Any]:
    """The form beside one's own addresses; filters of the calendar one comes from go with it."""
    query = request.GET.copy()
    for name in ("q", "sort", "after", "before", "view", "on", "region"):
        query.pop(name, None)
    return {"form": FeedForm(initial={"filters": query.urlencode()[:500]})}


@answers_with_a_secret("calendar_feeds")
@never_cache
@require_POST
@requires(Permission.VIEW_ACTIVITIES)
def make(request: UserRequest) -> HttpResponse:
    """The address is on this answer and nowhere else."""
    form = FeedForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give it a name that you will know it by."))
        return redirect("calendar_feeds")
    said = form.cleaned_data
    try:
        feed, secret = make_feed(
            request.user, name=said["name"], filters=said["filters"], by=request.actor
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("calendar_feeds")
    return _page(request, feed, secret)


@require_GET
@requires(Permission.VIEW_ACTIVITIES)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """When it was made and read; its address is not shown again."""
    return _page(request, _feed(request, pk))


@answers_with_a_secret("calendar_feeds")
@never_cache
@require_POST
@requires(Permission.VIEW_ACTIVITIES)
def rotate(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Another address; the old one answers no more."""
    try:
        feed, secret = rotate_feed(_feed(request, pk), by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("calendar_feed", pk)
    return _page(request, feed, secret)


@require_POST
@requires(Permission.VIEW_ACTIVITIES)
def revoke(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    try:
        revoke_feed(_feed(request, pk), by=request.actor)
        messages.success(request, _("The address no longer works."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("calendar_feeds")


@require_GET
@requires(Permission.VIEW_ACTIVITIES)
def activity_file(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One activity for one's own calendar."""
    activity = activity_or_404(request, pk)
    content = feed_calendar(activity.title, items_of(entries_from([activity])))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(activity)}"'
    return response


@require_GET
@requires(Permission.VIEW_ACTIVITIES)
def series_file(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Every session of a series for one's own calendar."""
    series = get_object_or_404(Series.objects.visible_to(request.access), pk=pk)
    mine = Activity.objects.visible_to(request.access)
    sessions = mine.filter(pk__in=series.occasions.values("activity")).order_by("starts_at", "pk")
    content = feed_calendar(series.title, items_of(entries_from(sessions)))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{series.number}.ics"'
    return response


def _page(request: UserRequest, feed: CalendarFeed, secret: str = "") -> HttpResponse:
    address = settings.ORIGIN + reverse("calendar_subscription", args=[secret]) if secret else ""
    context = {
        "feed": feed,
        "address": address,
        "entries": history_of(entries_about(feed.pk)[:50]),
    }
    return render(request, "office/calendar/feed.html", context)


def _feed(request: UserRequest, pk: uuid.UUID) -> CalendarFeed:
    return get_object_or_404(CalendarFeed.objects.of(request.user.pk), pk=pk)
