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
from symposia.credits.events import CreditAwarded
from symposia.reporting.telling import EVENTS
from symposia.shared.events import listens_to
from symposia.shared.jobs import defer_named


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
