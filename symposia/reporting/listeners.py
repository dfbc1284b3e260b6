import uuid

from symposia.activities.events import (
    ActivityApproved,
    ActivityCancelled,
    ActivityHeld,
    ActivityRescheduled,
)
from symposia.credits.events import CreditAwarded
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
