import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity
from symposia.audit.actions import record, record_each
from symposia.directory.models import Segment
from symposia.notifications.models import Delivery
from symposia.outreach.events import ReminderSwitched
from symposia.outreach.models import Reminded, Reminder, ReminderPause
from symposia.outreach.policies import objection_to_segment
from symposia.outreach.reminder_rules import (
    objection_to_changing_reminder,
    objection_to_pausing,
    objection_to_reminder,
)
from symposia.outreach.reminding import Outcome, reader_of, still_to_tell
from symposia.shared.actors import Actor, job_actor
from symposia.shared.events import announce
from symposia.shared.refusals import Objection, refuse_if

REMINDERS = job_actor("reminders")


@dataclass(frozen=True)
class ReminderFacts:
    """What is open, how many hours from its moment somebody is written to, and whom it concerns."""

    trigger: str
    hours: int
    activity: Activity | None = None
    segment: Segment | None = None


@transaction.atomic
def make_reminder(facts: ReminderFacts, *, access: Access, by: Actor) -> Reminder:
    """Add a reminder; it is off until somebody has read whom it would reach."""
    same = Reminder.objects.filter(
        trigger=facts.trigger, hours=facts.hours, activity=facts.activity, segment=facts.segment
    )
    there = same.first()
    has_clinicians = reader_of(facts.trigger).has_clinicians

    refuse_if(_objection_to_reach(facts.activity, access))
    refuse_if(objection_to_segment(facts.segment))
    refuse_if(
        objection_to_reminder(facts.hours, facts.segment, there, has_clinicians=has_clinicians)
    )

    reminder = Reminder(
        trigger=facts.trigger,
        hours=facts.hours,
        activity=facts.activity,
        segment=facts.segment,
        made_by_name=by.name,
    )
    reminder.save(force_insert=True)
    record(by, "reminder.made", reminder)
    return reminder


@transaction.atomic
def keep_reminders_of(trigger: str, hours: Sequence[int], *, by: Actor) -> list[Reminder]:
    """Have the organisation remind at these hours of what it promised to ask about, unless it has
    reminders of that kind already; what somebody switched off stays off."""
    if Reminder.objects.filter(trigger=trigger, activity=None).exists():
        return []
    made = [
        Reminder(trigger=trigger, hours=each, made_by_name=by.name, on_since=now())
        for each in hours
    ]
    # Of two who are first at once, one makes them.
    Reminder.objects.bulk_create(made, ignore_conflicts=True)
    there = list(Reminder.objects.filter(pk__in=[each.pk for each in made]))
    record_each(by, "reminder.made", there)
    return there


@transaction.atomic
def switch_reminder(reminder: Reminder, *, on: bool, access: Access, by: Actor) -> Reminder:
    """Let a reminder go out from now on, or no more; asking twice changes nothing."""
    reminder = Reminder.objects.select_related("activity").locked(reminder.pk)

    refuse_if(_objection_to_reach(reminder.activity, access))

    if reminder.is_on == on:
        return reminder
    reminder.on_since = now() if on else None
    reminder.save(update_fields=["on_since"])
    record(by, "reminder.switched_on" if on else "reminder.switched_off", reminder)
    announce(ReminderSwitched(reminder.pk, reminder.activity_id, on))
    return reminder


@transaction.atomic
def pause_reminder(reminder: Reminder, activity: Activity, *, by: Actor) -> ReminderPause:
    """Keep one of the organisation's reminders from the people of an activity."""
    reminder = Reminder.objects.locked(reminder.pk)

    refuse_if(objection_to_pausing(reminder))

    pause, is_new = ReminderPause.objects.get_or_create(
        reminder=reminder, activity=activity, defaults={"by_name": by.name}
    )
    if is_new:
        record(by, "reminder.paused", pause)
    return pause


@transaction.atomic
def resume_reminder(reminder: Reminder, activity: Activity, *, by: Actor) -> None:
    """Let one of the organisation's reminders go to the people of an activity again."""
    reminder = Reminder.objects.locked(reminder.pk)
    pause = ReminderPause.objects.filter(reminder=reminder, activity=activity).first()
    if pause:
        record(by, "reminder.resumed", pause)
        pause.delete()


@transaction.atomic
def remind_next(reminder_id: uuid.UUID, *, by: Actor = REMINDERS, limit: int = 25) -> int:
    """Write to the next whose hour has come and who is not done; returns how many those were.
    The reminder itself is held, so that two workers never write to one person twice."""
    reminder = Reminder.objects.locked(reminder_id)
    at = now()
    if not reminder.is_on:
        return 0
    due = still_to_tell(reminder, at).filter(due__lte=at).order_by("due", "pk")
    rows = list(due.select_for_update(of=("self",), skip_locked=True)[:limit])
    moments = {row.pk: row for row in rows}
    made = [
        _reminded(reminder, moments[outcome.key], outcome)
        for outcome in reader_of(reminder.trigger).write(rows, by=by)
    ]
    Reminded.objects.bulk_create(made)
    record_each(by, "person.reminded", made)
    return len(rows)


def _objection_to_reach(activity: Activity | None, access: Access) -> Objection | None:
    plans_all = access.everywhere(Permission.PLAN_ACTIVITIES)
    return objection_to_changing_reminder(activity, everywhere=plans_all)


def _reminded(reminder: Reminder, row: Any, outcome: Outcome) -> Reminded:
    """One line for each, whoever is not written to as well: the report says why."""
    written = outcome.answer if isinstance(outcome.answer, Delivery) else None
    return Reminded(
        reminder=reminder,
        activity_id=row.activity_id,
        subject_id=outcome.key,
        moment=row.counted_from,
        name=outcome.name[:200],
        clinician_id=outcome.clinician_id,
        delivery=written,
        why="" if written else str(outcome.answer)[:300],
    )
