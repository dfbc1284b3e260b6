"""Presence checks and polls in sessions online: put up, watched, closed, their results."""

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity, DeliveryForm, Session
from symposia.attendance.actions.checks import ask_who_is_there, close_check
from symposia.attendance.asking import (
    LONGEST,
    LONGEST_OPTION,
    MOST_OPTIONS,
    SHORTEST,
    Question,
    results_of,
)
from symposia.attendance.check_lists import CHECK_ANSWERS, PRESENCE_CHECKS, state_of_check
from symposia.attendance.lists import ATTENDANCE
from symposia.attendance.models import PresenceCheck
from symposia.attendance.rules import threshold_of
from symposia.shared.refusals import Refused
from symposia.shared.times import NoSuchLocalTime, at_venue, wall_time
from symposia.web.gates import requires
from symposia.web.lists import list_context
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.asking import do
from symposia.web.parts import Fact, Step
from symposia.web.requests import UserRequest

FOLDER = "office/presence_checks"
_VIEW, _MANAGE = Permission.VIEW_ATTENDANCE, Permission.MANAGE_REGISTRATIONS


class CheckForm(forms.Form):
    """What is asked, in which session, now or at a time of it, and for how long."""

    session = forms.ChoiceField(label=gettext_lazy("Session"))
    question = forms.CharField(
        label=gettext_lazy("Question"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Empty: “Are you still there?”"),
    )
    options = forms.CharField(
        label=gettext_lazy("Answers to choose from"),
        required=False,
        max_length=(LONGEST_OPTION + 2) * MOST_OPTIONS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One a line, for a poll. Empty: only who is there."),
    )
    at = forms.TimeField(
        label=gettext_lazy("At"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=gettext_lazy("On the clock of the venue. Empty: now."),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Open for (min)"), min_value=SHORTEST, max_value=LONGEST, initial=3
    )

    def __init__(self, *args: Any, activity: Activity) -> None:
        super().__init__(*args)
        self._activity = activity
        self._sessions = {str(each.pk): each for each in Session.objects.of(activity)}
        named = [(key, each.title) for key, each in self._sessions.items() if not each.is_break]
        self.fields["session"].choices = named  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The time as an instant of the day of the session."""
        given = self.cleaned_data
        session = self._sessions.get(given.get("session", ""))
        if session and given.get("at"):
            zone = self._activity.zone
            day = wall_time(session.starts_at, zone).date()
            try:
                wall = datetime.combine(day, given["at"].replace(tzinfo=None))
                given["asked_at"] = at_venue(wall, zone)
            except NoSuchLocalTime:
                self.add_error("at", _("The clock skips this time on that day."))
        return given

    def asked(self) -> Question:
        given = self.cleaned_data
        options = [line.strip() for line in given["options"].splitlines() if line.strip()]
        return Question(
            self._sessions[given["session"]],
            given.get("asked_at") or now(),
            given["minutes"],
            given["question"],
            options,
        )


def listed(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the list: the activity, what its rule asks for, the form for another check."""
    activity = activity_or_404(request, activity_pk, _VIEW)
    return _around(request, activity, CheckForm(activity=activity))


def _around(request: UserRequest, activity: Activity, form: CheckForm) -> dict[str, Any]:
    return {
        **frame_of(request, activity, ATTENDANCE.name),
        "form": form,
        "rule": threshold_of(activity),
        "is_online": activity.delivery != DeliveryForm.IN_PERSON,
        "may_ask": request.access.holds(_MANAGE),
    }


@require_POST
@requires(Permission.MANAGE_REGISTRATIONS)
def ask_now(request: UserRequest, activity_pk: uuid.UUID) -> HttpResponse:
    """Put up a check or a poll."""
    activity = activity_or_404(request, activity_pk, _MANAGE)
    form = CheckForm(request.POST, activity=activity)
    if form.is_valid():
        try:
            made = ask_who_is_there(activity, form.asked(), by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Asked: it stands on the page of each participant."))
            return redirect(CHECK_ANSWERS.name, pk=made.pk)
    context = list_context(request, PRESENCE_CHECKS, activity_pk=activity.pk)
    context |= _around(request, activity, form)
    return render(request, f"{FOLDER}/list.html", context, status=422)


def results(request: UserRequest, pk: uuid.UUID) -> dict[str, Any]:
    """Around the answers: what was asked, and how many chose what."""
    found = _check(request, pk, _VIEW)
    steps = [Step(label, count) for label, count in results_of(found)]
    may_close = request.access.holds(_MANAGE) and now() < found.closes_at
    return {
        **frame_of(request, found.activity, ATTENDANCE.name),
        "found": found,
        "answers": [(step, _share(step.count, steps)) for step in steps],
        "facts": [
            Fact(_("State"), str(state_of_check(found))),
            Fact(_("Session"), found.session.title),
            Fact(_("By"), found.made_by_name),
        ],
        "total": sum(step.count for step in steps),
        "may_close": may_close,
    }


def _share(count: int, steps: list[Step]) -> int:
    return round(100 * count / max(1, sum(each.count for each in steps)))


@require_POST
@requires(Permission.MANAGE_REGISTRATIONS)
def close(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take no more answers."""
    found = _check(request, pk, _MANAGE)
    back = reverse(CHECK_ANSWERS.name, args=[found.pk])
    done = _("Closed: no more answers are taken.")
    return do(request, lambda: close_check(found, by=request.actor), back, done)


def _check(request: UserRequest, pk: uuid.UUID, permission: Permission) -> PresenceCheck:
    rows = PresenceCheck.objects.visible_to(request.access, permission)
    return get_object_or_404(rows.select_related("activity", "session"), pk=pk)
