"""The steps of an activity: the usual next one by a button, the others with a reason."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.actions.lifecycle import (
    NewDate,
    cancel_activity,
    close_activity,
    hold_activity,
    open_activity,
    postpone_activity,
    reconcile_activity,
    reschedule_activity,
    start_activity,
    submit_activity,
)
from symposia.activities.models import Activity
from symposia.activities.signed import asked_again_by
from symposia.registrations.queries import seats_of
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.activity_forms import NewDateForm, ReasonForm
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.office.asking import warned_of
from symposia.web.requests import UserRequest

PAGE = "office/activities/step.html"
STEPS: dict[str, Callable[..., Activity]] = {
    "submit": submit_activity,
    "open": open_activity,
    "start": start_activity,
    "hold": hold_activity,
    "reconcile": reconcile_activity,
    "close": close_activity,
}
DONE = {
    "submit": gettext_lazy("Submitted. Its approvers have been asked."),
    "open": gettext_lazy("Open: people can be invited and can register."),
    "start": gettext_lazy("It is running."),
    "hold": gettext_lazy("Held. Attendance can be reconciled now."),
    "reconcile": gettext_lazy("The books are being closed."),
    "close": gettext_lazy("Closed."),
}


@require_POST
@requires(Permission.PLAN_ACTIVITIES)
def take(request: UserRequest, pk: uuid.UUID, step: str) -> HttpResponse:
    """Take the step the activity waits for, or say why not."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    if step not in STEPS:
        raise Http404
    try:
        STEPS[step](activity, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, str(DONE[step]))
    return redirect("activity", activity.pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def postpone(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    return _with_reason(request, pk, postpone_activity, _("Postpone"))


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def cancel(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    return _with_reason(request, pk, cancel_activity, _("Call the activity off"))


def _with_reason(
    request: UserRequest, pk: uuid.UUID, act: Callable[..., Activity], verb: str
) -> HttpResponse:
    """A page that names what follows, asks why, and then does it."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            act(activity, reason=form.cleaned_data["reason"], by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("activity", activity.pk)
    return _ask(request, activity, form, verb)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def new_date(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Another date for an approved activity; calendars of the people follow."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    first = {"day": activity.wall_starts.date(), "starts": activity.wall_starts.time()}
    form = NewDateForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        new = NewDate(form.wall_starts(), form.cleaned_data["reason"])
        try:
            reschedule_activity(activity, new, by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Moved. Whoever was asked is told."))
            return redirect("activity", activity.pk)
    note = warned_of(asked_again_by(activity, "date"))
    return _ask(request, activity, form, _("Move to another date"), note)


def _ask(
    request: UserRequest, activity: Activity, form: ReasonForm, verb: str, asks_again: str = ""
) -> HttpResponse:
    context = frame_of(request, activity, "activity")
    context |= {"form": form, "verb": verb, "told": seats_of(activity), "asks_again": asks_again}
    return render(request, PAGE, context, status=422 if form.errors else 200)
