"""Choosing a venue of the directory for an activity, with what the rules say of each."""

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from symposia.accounts.permissions import Permission
from symposia.activities.actions.venues import choose_venue
from symposia.activities.models import Venue
from symposia.activities.policies import objection_to_changing
from symposia.activities.reading import one_reading
from symposia.activities.venue_choice import candidates_for
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.requests import UserRequest


class ChoiceForm(forms.Form):
    """Which venue, on which version of the activity."""

    venue = forms.UUIDField()
    seen_version = forms.IntegerField()


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def choose(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The venues, their seats and their verdicts; choosing one fills in the place."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    form = ChoiceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        venue = get_object_or_404(
            Venue.objects.visible_to(request.access), pk=form.cleaned_data["venue"]
        )
        seen = form.cleaned_data["seen_version"]
        try:
            choose_venue(activity, venue, seen_version=seen, by=request.actor)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("activity_venue", pk)
        messages.success(request, _("It takes place at %(venue)s.") % {"venue": venue.name})
        return redirect("activity", pk)
    with one_reading():
        context = frame_of(request, activity, "activity") | {
            "candidates": candidates_for(activity),
            "objection": objection_to_changing(activity),
        }
    return render(request, "office/venues/choose.html", context)
