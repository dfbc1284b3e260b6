"""What is to be done for the activities of the demonstration, ticked off up to its day."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import time_machine
from django.utils.timezone import now

from symposia.activities.actions.duties import complete_milestone
from symposia.activities.models import Milestone
from symposia.demonstration.days import FRIDAY
from symposia.demonstration.thread import Cast

# So many are late, so that the list of what is overdue has something to show.
LATE = 2
# Nobody ticks these off before it is approved.
NOT_BEFORE_APPROVAL = frozenset({"Approved by compliance", "Invitations sent"})
AFTERNOON = time(15)


def tell_duties(cast: Cast, today: datetime) -> None:
    """Whoever owns them has done all milestones on the day they were due, but the last few."""
    owed = Milestone.objects.owed(today.date()).select_related("activity")
    due = [each for each in owed.order_by("due_on", "pk") if not _waits(each)]
    for milestone in due[:-LATE]:
        with time_machine.travel(_done_at(milestone), tick=True):
            complete_milestone(milestone, by=cast.actor(cast.planner))


def _waits(milestone: Milestone) -> bool:
    return milestone.title in NOT_BEFORE_APPROVAL and not milestone.activity.is_approved_on


def _done_at(milestone: Milestone) -> datetime:
    """In the afternoon of its last working day: once the activity was begun, or is over; not later
    than now."""
    activity, day = milestone.activity, milestone.due_on
    day -= timedelta(days=max(0, day.weekday() - FRIDAY))
    done = datetime.combine(day, AFTERNOON, ZoneInfo(activity.zone))
    done = done.astimezone(UTC)  # the clock that travels there would take the zone along
    follows = activity.ends_at if milestone.days > 0 else activity.created_at
    return min(max(done, follows + timedelta(hours=1)), now())
