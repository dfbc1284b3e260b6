"""What stood approved is there again after a change of it was refused."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from symposia.activities.actions.amending import SUBJECT
from symposia.activities.actions.lifecycle import NewDate, reschedule_activity
from symposia.activities.models import Activity, State
from symposia.activities.queries import frozen_of
from symposia.approvals.actions import take_change_back
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused


@transaction.atomic
def put_back_date(
    activity: Activity, when: Mapping[str, str], *, reason: str, by: Actor
) -> Activity:
    """Hold an activity on the date that was approved; everybody who was told hears of it again.

    Where the rules no longer allow that date, the refusal of the change stands all the same: the
    journal says what is left to do by hand, and so does the rail.
    """
    activity = Activity.objects.locked(activity.pk)
    starts = datetime.fromisoformat(when["starts"])
    is_there = activity.wall_starts.isoformat(timespec="minutes") == when["starts"]
    if is_there or activity.state not in {State.APPROVED, State.OPEN}:
        return activity

    try:
        activity = reschedule_activity(activity, NewDate(starts, reason), by=by, asks_again=False)
    except Refused as refused:
        record(by, "activity.date_not_put_back", activity, reason=str(refused))
        return activity
    take_change_back(SUBJECT, activity.pk, frozen=frozen_of(activity), by=by)
    return activity
