"""The one switch of what goes out by itself after an activity."""

from django.db import transaction

from symposia.activities.models import Activity
from symposia.assessment.models import NoSending
from symposia.audit.actions import record
from symposia.shared.actors import Actor


@transaction.atomic
def switch_sending(activity: Activity, *, on: bool, by: Actor) -> None:
    """Let the evaluation and the certificates go out by themselves, or not; asking twice changes
    nothing. What was sent before stays sent."""
    activity = Activity.objects.locked(activity.pk)
    there = NoSending.objects.of(activity).first()
    if on == (there is None):
        return
    if there is not None:
        record(by, "sending.switched_on", there)
        there.delete()
        return
    made = NoSending.objects.create(activity=activity, by_name=by.name[:200])
    record(by, "sending.switched_off", made)
