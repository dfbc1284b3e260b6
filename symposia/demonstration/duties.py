"""What is to be done for the activities of the demonstration, ticked off up to its day."""

from datetime import datetime

from symposia.activities.actions.duties import complete_milestone
from symposia.activities.models import Milestone
from symposia.demonstration.thread import Cast

# So many are late, so that the list of what is overdue has something to show.
LATE = 2


def tell_duties(cast: Cast, today: datetime) -> None:
    """Whoever owns them has done all milestones that are due, but the last few."""
    due = Milestone.objects.owed(today.date()).order_by("due_on", "pk")
    for milestone in list(due)[:-LATE]:
        complete_milestone(milestone, by=cast.actor(cast.planner))
