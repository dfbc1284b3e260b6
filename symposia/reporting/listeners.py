import uuid
from dataclasses import fields
from typing import Any

from django.utils.timezone import now

from symposia.activities.events import (
    ActivityApproved,
    ActivityCancelled,
    ActivityHeld,
    ActivityRescheduled,
)
from symposia.attendance.events import AttendanceSigned
from symposia.credits.events import CreditAwarded
from symposia.directory.events import ConsentChanged
from symposia.directory.models import Purpose
from symposia.finance.events import MoneyPosted
from symposia.finance.models import Kind
from symposia.reporting.telling import EVENTS
from symposia.shared.events import listens_to
from symposia.shared.jobs import defer_named

# What changes what was spent.
SPENT = frozenset({str(Kind.ACTUAL), str(Kind.REVERSAL)})


def _later(activity_id: uuid.UUID) -> None:
    defer_named("reporting.reckon", activity_id=str(activity_id))


@listens_to(ActivityApproved)
def reckon_applications(event: ActivityApproved) -> None:
    _later(event.activity_id)


@listens_to(ActivityHeld)
def reckon_what_is_owed(event: ActivityHeld) -> None:
    _later(event.activity_id)


@listens_to(ActivityRescheduled)
def follow_the_new_day(event: ActivityRescheduled) -> None:
    _later(event.activity_id)


@listens_to(ActivityCancelled)
def settle_what_was_owed(event: ActivityCancelled) -> None:
    _later(event.activity_id)


@listens_to(CreditAwarded)
def reckon_learners(event: CreditAwarded) -> None:
    _later(event.activity_id)


def _divide(activity_id: uuid.UUID) -> None:
    defer_named("reporting.attribute", activity_id=str(activity_id))


@listens_to(ActivityHeld)
def divide_what_it_cost(event: ActivityHeld) -> None:
    _divide(event.activity_id)


@listens_to(MoneyPosted)
def divide_what_was_spent(event: MoneyPosted) -> None:
    if event.kind in SPENT:
        _divide(event.activity_id)


@listens_to(AttendanceSigned)
def divide_among_who_was_there(event: AttendanceSigned) -> None:
    _divide(event.activity_id)


@listens_to(ConsentChanged)
def name_whoever_agreed(event: ConsentChanged) -> None:
    if event.purpose == Purpose.SHARING:
        defer_named("reporting.judge_person", clinician_id=str(event.clinician_id))


def tell(event: Any) -> None:
    """Every event of the table becomes statements, once what happened is committed."""
    ids = {
        each.name: str(getattr(event, each.name))
        for each in fields(event)
        if each.name.endswith("_id")
    }
    defer_named("reporting.tell", kind=type(event).__name__, ids=ids, at=now().isoformat())


for kind in EVENTS:
    listens_to(kind)(tell)
