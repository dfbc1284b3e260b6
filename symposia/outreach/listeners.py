from symposia.activities.events import (
    ActivityCancelled,
    ActivityChanged,
    ActivityPostponed,
    ActivityRescheduled,
)
from symposia.outreach.actions import note_calendar_change
from symposia.outreach.models import ChangeKind
from symposia.shared.events import listens_to

PLACE = frozenset({"venue_name", "venue_address", "city", "online_address", "delivery"})


@listens_to(ActivityRescheduled)
def follow_new_time(event: ActivityRescheduled) -> None:
    note_calendar_change(event.activity_id, ChangeKind.MOVED)


@listens_to(ActivityChanged)
def follow_new_place(event: ActivityChanged) -> None:
    if PLACE.intersection(event.fields):
        note_calendar_change(event.activity_id, ChangeKind.MOVED)


@listens_to(ActivityCancelled)
def follow_cancellation(event: ActivityCancelled) -> None:
    note_calendar_change(event.activity_id, ChangeKind.CANCELLED, reason=event.reason)


@listens_to(ActivityPostponed)
def follow_postponement(event: ActivityPostponed) -> None:
    note_calendar_change(event.activity_id, ChangeKind.POSTPONED, reason=event.reason)
