"""Reminders: which there are, what they will send, whom they reached; add one, switch, pause."""

import uuid
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.assessment.actions.parts import set_session_delay
from symposia.assessment.actions.sending import switch_sending
from symposia.assessment.models import LONGEST_DELAY
from symposia.directory.models import Segment
from symposia.outreach.actions.reminders import (
    ReminderFacts,
    make_reminder,
    pause_reminder,
    resume_reminder,
    switch_reminder,
)
from symposia.outreach.models import Reminder, Trigger
from symposia.outreach.reminder_lists import REMINDED, REMINDERS
from symposia.outreach.reminding import Outlook, outlooks

router = Router(tags=["reminders"])
list_route(router, REMINDERS)
list_route(router, REMINDED, "/people")
_PLANS = Permission.PLAN_ACTIVITIES


class NewReminder(Schema):
    """While what is open, how many hours before or after, of which activity (or of all), and for
    the people of which segment (or for all)."""

    trigger: Trigger
    hours: int = Field(ge=1, le=8760)
    activity: uuid.UUID | None = None
    segment: uuid.UUID | None = None


class ReminderOut(Schema):
    """A reminder, and what it will send as it stands now."""

    id: uuid.UUID
    trigger: str
    hours: int
    on: bool
    activity: uuid.UUID | None
    segment: uuid.UUID | None
    will_receive: int
    first: datetime | None
    last: datetime | None


class SessionDelayIn(Schema):
    """How soon the questions of sessions go out: at once, or within a day."""

    minutes: int = Field(ge=0, le=LONGEST_DELAY)


class Switch(Schema):
    """On or off."""

    on: bool


@router.post("", response={201: ReminderOut}, operation_id="make_reminder")
@allowed(_PLANS)
def make(request: Any, body: NewReminder) -> Status[dict[str, Any]]:
    """Add a reminder; it is off until it is switched on."""
    segments = Segment.objects.visible_to(request.access)
    facts = ReminderFacts(
        body.trigger,
        body.hours,
        _activity(request, body.activity) if body.activity else None,
        get_object_or_404(segments, pk=body.segment) if body.segment else None,
    )
    made = make_reminder(facts, access=request.access, by=request.actor)
    return Status(201, _out(request, made))


@router.get("/{uuid:pk}", response=ReminderOut, operation_id="reminder")
@allowed(Permission.VIEW_PEOPLE_OF_ACTIVITY)
def show(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """What it will send as it stands now."""
    return _out(request, _reminder(request, pk, Permission.VIEW_PEOPLE_OF_ACTIVITY))


@router.post("/{uuid:pk}/switching", response=ReminderOut, operation_id="switch_reminder")
@allowed(_PLANS)
def switch(request: Any, pk: uuid.UUID, body: Switch) -> dict[str, Any]:
    """Let it go out from now on, or no more."""
    found = _reminder(request, pk, _PLANS)
    switched = switch_reminder(found, on=body.on, access=request.access, by=request.actor)
    return _out(request, switched)


@router.post(
    "/{uuid:pk}/activities/{uuid:activity_pk}", response={204: None}, operation_id="pause_reminder"
)
@allowed(_PLANS)
def pause(request: Any, pk: uuid.UUID, activity_pk: uuid.UUID, body: Switch) -> Status[None]:
    """Keep one of the organisation's reminders from an activity, or let it go there again."""
    found, activity = _reminder(request, pk, _PLANS), _activity(request, activity_pk)
    change = resume_reminder if body.on else pause_reminder
    change(found, activity, by=request.actor)
    return Status(204, None)


@router.post(
    "/activities/{uuid:activity_pk}/sending",
    response={204: None},
    operation_id="switch_sending_of_activity",
)
@allowed(_PLANS)
def sending(request: Any, activity_pk: uuid.UUID, body: Switch) -> Status[None]:
    """Let the evaluation and the certificates of an activity go out by themselves, or not."""
    switch_sending(_activity(request, activity_pk), on=body.on, by=request.actor)
    return Status(204, None)


@router.post(
    "/activities/{uuid:activity_pk}/session-timing",
    response={204: None},
    operation_id="set_session_delay",
)
@allowed(_PLANS)
def session_delay(request: Any, activity_pk: uuid.UUID, body: SessionDelayIn) -> Status[None]:
    """Say how many minutes after the last session of a day its questions go out."""
    set_session_delay(_activity(request, activity_pk), body.minutes, by=request.actor)
    return Status(204, None)


def _activity(request: Any, pk: uuid.UUID) -> Activity:
    return get_object_or_404(Activity.objects.visible_to(request.access, _PLANS), pk=pk)


def _reminder(request: Any, pk: uuid.UUID, permission: Permission) -> Reminder:
    rows = Reminder.objects.visible_to(request.access, permission).for_list()
    return get_object_or_404(rows, pk=pk)


def _out(request: Any, reminder: Reminder) -> dict[str, Any]:
    outlook = outlooks([reminder], request.access, now()).get(reminder.pk, Outlook())
    return {
        "id": reminder.pk,
        "trigger": reminder.trigger,
        "hours": reminder.hours,
        "on": reminder.is_on,
        "activity": reminder.activity_id,
        "segment": reminder.segment_id,
        "will_receive": outlook.count,
        "first": outlook.first,
        "last": outlook.last,
    }
