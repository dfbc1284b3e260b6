import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.actions.amending import SUBJECT, amend_approved, refuse_blocked
from symposia.activities.actions.planning import move_sessions
from symposia.activities.actions.rules import check_rules
from symposia.activities.changes import instant
from symposia.activities.events import (
    ActivityApproved,
    ActivityCancelled,
    ActivityClosed,
    ActivityHeld,
    ActivityOpened,
    ActivityPostponed,
    ActivityRescheduled,
    ActivityReturned,
    ActivityStarted,
    ActivitySubmitted,
)
from symposia.activities.facts import Stage, read_facts
from symposia.activities.models import Activity, ActivityStep, State
from symposia.activities.policies import (
    BLOCKED_BY_RULES,
    objection_to_reason,
    objection_to_rescheduling,
    objection_to_starting,
    objection_to_step,
)
from symposia.activities.queries import frozen_of, objectives_of
from symposia.approvals.actions import open_request, withdraw_request
from symposia.approvals.queries import living_of
from symposia.audit.actions import record
from symposia.curriculum.actions.gaps import address_gap
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import Refused, refuse_if


def submit_activity(activity: Activity, *, by: Actor) -> Activity:
    """Ask for the approvals of a plan that is complete; what rules refuse in it stays readable."""
    try:
        return _submit(activity, by=by)
    except Refused as refused:
        if refused.objection == BLOCKED_BY_RULES:
            check_rules(activity, by=by)
        raise


@transaction.atomic
def _submit(activity: Activity, *, by: Actor) -> Activity:
    activity = Activity.objects.locked(activity.pk)
    known = read_facts(activity)

    refuse_if(objection_to_step(activity, State.SUBMITTED, stage=Stage.SUBMIT, known=known))
    refuse_blocked(activity, by=by)

    _go(activity, State.SUBMITTED, "activity.submitted", by=by)
    announce(ActivitySubmitted(activity.pk))
    # Before it is asked: a route may let it approve itself at once.
    _go(activity, State.IN_APPROVAL, "activity.in_approval", by=by)
    open_request(
        subject_type=SUBJECT,
        subject_id=activity.pk,
        title=activity.title,
        frozen=frozen_of(activity),
        by=by,
        involved=_involved(activity),
    )
    activity.refresh_from_db()
    return activity


def _involved(activity: Activity) -> set[uuid.UUID]:
    owner = {activity.owner_id} if activity.owner_id else set()
    return owner | set(activity.prepared_by)


@transaction.atomic
def approve_activity(activity: Activity, *, by: Actor) -> Activity:
    """Note that every approver said yes; the gaps it works on count as addressed."""
    activity = Activity.objects.locked(activity.pk)

    refuse_if(objection_to_step(activity, State.APPROVED))

    _go(activity, State.APPROVED, "activity.approved", by=by)
    for gap in {objective.gap for objective in objectives_of(activity)}:
        address_gap(gap, by=by, reason=str(activity))
    announce(ActivityApproved(activity.pk))
    return activity


@transaction.atomic
def return_activity(activity: Activity, *, reason: str, by: Actor) -> Activity:
    """Give a plan back to be changed and submitted again."""
    activity = Activity.objects.locked(activity.pk)

    refuse_if(objection_to_step(activity, State.RETURNED))

    _go(activity, State.RETURNED, "activity.returned", by=by, reason=reason)
    announce(ActivityReturned(activity.pk, reason))
    return activity


@transaction.atomic
def open_activity(activity: Activity, *, by: Actor) -> Activity:
    """Offer an approved activity to people: they may be invited and may register."""
    activity = Activity.objects.locked(activity.pk)
    known = read_facts(activity)

    refuse_if(objection_to_step(activity, State.OPEN, stage=Stage.OPEN, known=known))

    _go(activity, State.OPEN, "activity.opened", by=by)
    announce(ActivityOpened(activity.pk))
    return activity


@transaction.atomic
def start_activity(activity: Activity, *, by: Actor) -> Activity:
    """Note that it is running now."""
    activity = Activity.objects.locked(activity.pk)
    known = read_facts(activity)
    at = now()

    refuse_if(objection_to_step(activity, State.RUNNING, stage=Stage.START, known=known))
    refuse_if(objection_to_starting(activity, at=at))

    _go(activity, State.RUNNING, "activity.started", by=by)
    announce(ActivityStarted(activity.pk))
    return activity


@transaction.atomic
def hold_activity(activity: Activity, *, by: Actor) -> Activity:
    """Note that it took place; attendance can be reconciled now."""
    activity = Activity.objects.locked(activity.pk)
    if activity.state == State.OPEN:
        activity = start_activity(activity, by=by)

    refuse_if(objection_to_step(activity, State.HELD))

    _go(activity, State.HELD, "activity.held", by=by)
    announce(ActivityHeld(activity.pk))
    return activity


@transaction.atomic
def reconcile_activity(activity: Activity, *, by: Actor) -> Activity:
    """Begin to close the books: attendance, credits, money, report."""
    activity = Activity.objects.locked(activity.pk)

    refuse_if(objection_to_step(activity, State.RECONCILING))

    _go(activity, State.RECONCILING, "activity.reconciling", by=by)
    return activity


@transaction.atomic
def close_activity(activity: Activity, *, by: Actor) -> Activity:
    """Close an activity for good, once nothing is missing."""
    activity = Activity.objects.locked(activity.pk)
    known = read_facts(activity)

    refuse_if(objection_to_step(activity, State.CLOSED, stage=Stage.CLOSE, known=known))

    _go(activity, State.CLOSED, "activity.closed", by=by)
    announce(ActivityClosed(activity.pk))
    return activity


@transaction.atomic
def postpone_activity(activity: Activity, *, reason: str, by: Actor) -> Activity:
    """Take an activity off its date; places are kept until a new one is known."""
    activity = Activity.objects.locked(activity.pk)

    refuse_if(objection_to_step(activity, State.POSTPONED))
    refuse_if(objection_to_reason(reason))

    _go(activity, State.POSTPONED, "activity.postponed", by=by, reason=reason)
    announce(ActivityPostponed(activity.pk, reason))
    return activity


@dataclass(frozen=True)
class NewDate:
    """When it takes place instead; it lasts as long as before."""

    wall_starts: datetime
    reason: str


@transaction.atomic
def reschedule_activity(
    activity: Activity, new: NewDate, *, by: Actor, asks_again: bool = True
) -> Activity:
    """Move an approved activity to another date, if the rules of that day allow it; those whose
    signature covers the date are asked again, unless it is the date that they signed."""
    activity = Activity.objects.locked(activity.pk)
    was = activity.wall_starts
    moved = new.wall_starts - was

    refuse_if(objection_to_rescheduling(activity, moved=moved))
    refuse_if(objection_to_reason(new.reason))

    _put(activity, moved, by=by)
    (amend_approved if asks_again else refuse_blocked)(activity, by=by)
    change = {"field": "wall_starts", "was": was, "now": new.wall_starts}
    details = {"changes": [change]}
    if activity.state == State.POSTPONED:
        _go(
            activity,
            State.APPROVED,
            "activity.rescheduled",
            by=by,
            reason=new.reason,
            details=details,
        )
    else:
        record(by, "activity.rescheduled", activity, reason=new.reason, details=details)
    announce(ActivityRescheduled(activity.pk))
    return activity


@transaction.atomic
def cancel_activity(activity: Activity, *, reason: str, by: Actor) -> Activity:
    """Call an activity off; an open request for approval is withdrawn with it."""
    activity = Activity.objects.locked(activity.pk)

    refuse_if(objection_to_step(activity, State.CANCELLED))
    refuse_if(objection_to_reason(reason))

    request = living_of(SUBJECT, activity.pk)
    if request:
        withdraw_request(request, reason=reason, by=by)
    _go(activity, State.CANCELLED, "activity.cancelled", by=by, reason=reason)
    announce(ActivityCancelled(activity.pk, reason))
    return activity


def _put(activity: Activity, moved: timedelta, *, by: Actor) -> None:
    """Move the activity and its sessions on the clock of the venue."""
    activity.wall_starts += moved
    activity.wall_ends += moved
    activity.starts_at = instant(activity.wall_starts, activity.zone)
    activity.ends_at = instant(activity.wall_ends, activity.zone)
    activity.version += 1
    activity.changed_at = now()
    activity.save()
    move_sessions(activity, moved, by=by)


def _go(
    activity: Activity,
    to: State,
    action: str,
    *,
    by: Actor,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """One step: the state, the row that says who and when, the journal."""
    at = now()
    ActivityStep.objects.create(
        activity=activity,
        from_state=activity.state,
        to_state=to,
        at=at,
        by_id=by.id,
        by_name=by.name,
        reason=reason,
    )
    activity.move(to, changed_at=at)
    record(by, action, activity, reason=reason, details=details)
