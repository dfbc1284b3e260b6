"""Reminders: what goes out when and to how many, with the switch."""

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.assessment.actions.parts import set_session_delay
from symposia.assessment.actions.sending import switch_sending
from symposia.assessment.models import LONGEST_DELAY
from symposia.assessment.queries.sending import sends_by_itself
from symposia.assessment.session_sending import delay_of, sends_by_session
from symposia.directory.models import Segment
from symposia.outreach.actions.reminders import (
    ReminderFacts,
    make_reminder,
    pause_reminder,
    resume_reminder,
    switch_reminder,
)
from symposia.outreach.audience import segments_for
from symposia.outreach.models import Reminder, Trigger
from symposia.outreach.reminder_lists import REMINDERS
from symposia.outreach.reminder_rules import objection_to_changing_reminder
from symposia.outreach.reminding import (
    Outlook,
    coming_everywhere,
    coming_to,
    next_ones,
    outlooks,
)
from symposia.shared.refusals import Objection
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.requests import UserRequest

FOLDER = "office/reminders"
SHOWN = 20
_PLANS = Permission.PLAN_ACTIVITIES


class ReminderForm(forms.Form):
    """What is open, how long before or after, and for whom."""

    trigger = forms.ChoiceField(
        label=gettext_lazy("While"), choices=Trigger.choices, widget=forms.RadioSelect
    )
    number = forms.IntegerField(
        label=gettext_lazy("How long"),
        help_text=gettext_lazy(
            "Before the activity begins or the offer ends; after the invitation, the place or the"
            " end of the activity."
        ),
        min_value=1,
        max_value=8760,
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Counted in"),
        choices=[("24", gettext_lazy("days")), ("1", gettext_lazy("hours"))],
    )
    segment = forms.ChoiceField(label=gettext_lazy("Only for a segment"), required=False)

    def __init__(self, *args: Any, segments: list[Segment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.segments = {str(each.pk): each for each in segments}
        choices = [("", _("Everybody")), *((pk, each.name) for pk, each in self.segments.items())]
        self.fields["segment"].choices = choices  # type: ignore[attr-defined]

    def facts(self, activity: Activity | None) -> ReminderFacts:
        """What was asked for."""
        said = self.cleaned_data
        hours = said["number"] * int(said["unit"])
        return ReminderFacts(said["trigger"], hours, activity, self.segments.get(said["segment"]))


class DelayForm(forms.Form):
    """How soon the questions of sessions go out."""

    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes after the last session of a day"),
        min_value=0,
        max_value=LONGEST_DELAY,
    )


def listed(request: UserRequest) -> dict[str, Any]:
    """Around the list: what leaves next, and whether one may add to it."""
    return {
        "coming": coming_everywhere(request.access, now()),
        "may_plan": request.access.holds(_PLANS),
        "objection": _objection(request, None),
        "zone": request.organisation.zone,
    }


@require_http_methods(["GET", "POST"])
@requires(_PLANS)
def new(request: UserRequest) -> HttpResponse:
    """A reminder for the people of every activity."""
    objection = _objection(request, None)
    return _ask(request, None, reverse(REMINDERS.name), REMINDERS.title, objection)


@require_http_methods(["GET", "POST"])
@requires(_PLANS)
def new_of_activity(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """A reminder for the people of one activity."""
    activity = activity_or_404(request, pk, _PLANS)
    return _ask(request, activity, reverse("activity_reminders", args=[pk]), activity.title, None)


@require_GET
@requires(Permission.VIEW_PEOPLE_OF_ACTIVITY)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Whom it will reach, and when."""
    reminder, at = _reminder(request, pk), now()
    context = {
        "reminder": reminder,
        "outlook": outlooks([reminder], request.access, at).get(reminder.pk, Outlook()),
        "next_ones": next_ones(reminder, request.access, at, most=SHOWN),
        "may_plan": request.access.holds(_PLANS),
        "objection": _objection(request, reminder.activity),
        "zone": request.organisation.zone,
    }
    return render(request, f"{FOLDER}/show.html", context)


@require_GET
@requires(Permission.VIEW_PEOPLE_OF_ACTIVITY)
def of_activity(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What goes to the people of an activity, when, and to how many."""
    activity = activity_or_404(request, pk, Permission.VIEW_PEOPLE_OF_ACTIVITY)
    context = {
        "activity": activity,
        "coming": coming_to(activity, request.access, now()),
        "sends": sends_by_itself(activity),
        "by_session": sends_by_session(activity),
        "delay_form": DelayForm(initial={"minutes": delay_of(activity)}),
        "may_plan": request.access.holds(_PLANS),
    }
    return render(request, f"{FOLDER}/activity.html", context)


@require_POST
@requires(_PLANS)
def switch(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """On or off."""
    reminder = _reminder(request, pk, _PLANS)
    is_on = request.POST.get("to") == "on"
    back = reverse("reminder", args=[pk])
    if reminder.activity_id:
        back = reverse("activity_reminders", args=[reminder.activity_id])

    done = _("It goes out from now on.") if is_on else _("It does not go out any more.")
    return do(
        request,
        lambda: switch_reminder(reminder, on=is_on, access=request.access, by=request.actor),
        back,
        done,
    )


@require_POST
@requires(_PLANS)
def pause(request: UserRequest, pk: uuid.UUID, reminder_pk: uuid.UUID) -> HttpResponse:
    """Keep one of the organisation's from an activity, or let it go there again."""
    activity = activity_or_404(request, pk, _PLANS)
    reminder = _reminder(request, reminder_pk, _PLANS)
    change = resume_reminder if request.POST.get("to") == "on" else pause_reminder
    back = reverse("activity_reminders", args=[pk])
    return do(request, lambda: change(reminder, activity, by=request.actor), back)


@require_POST
@requires(_PLANS)
def sending(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Let the evaluation and the certificates of an activity go out by themselves, or not."""
    activity = activity_or_404(request, pk, _PLANS)
    is_on = request.POST.get("to") == "on"
    back = reverse("activity_reminders", args=[pk])
    return do(request, lambda: switch_sending(activity, on=is_on, by=request.actor), back)


@require_POST
@requires(_PLANS)
def session_delay(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say how long after the last session of a day its questions go out."""
    activity, form = activity_or_404(request, pk, _PLANS), DelayForm(request.POST)
    back = reverse("activity_reminders", args=[pk])
    minutes = form.cleaned_data["minutes"] if form.is_valid() else -1
    done = _("It holds from now on.")
    return do(request, lambda: set_session_delay(activity, minutes, by=request.actor), back, done)


def _ask(
    request: UserRequest,
    activity: Activity | None,
    back: str,
    parent: Any,
    objection: Objection | None,
) -> HttpResponse:
    form = ReminderForm(given(request), segments=segments_for(request.access))

    def act(_said: dict[str, Any]) -> str:
        facts = form.facts(activity)
        reminder = make_reminder(facts, access=request.access, by=request.actor)
        return back if activity else reverse("reminder", args=[reminder.pk])

    note = _("It is off until you have read whom it reaches. Whoever has done it hears nothing.")
    question = Question(_("New reminder"), parent, back, _("Add"), note, objection)
    return ask(request, form, question, act)


def _objection(request: UserRequest, activity: Activity | None) -> Objection | None:
    return objection_to_changing_reminder(activity, everywhere=request.access.everywhere(_PLANS))


def _reminder(
    request: UserRequest,
    pk: uuid.UUID,
    permission: Permission = Permission.VIEW_PEOPLE_OF_ACTIVITY,
) -> Reminder:
    rows = Reminder.objects.visible_to(request.access, permission).for_list()
    return get_object_or_404(rows, pk=pk)
