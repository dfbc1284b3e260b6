import uuid
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from psycopg.errors import ExclusionViolation

from symposia.activities.booking import TAKEN_MEANWHILE
from symposia.activities.keeping import wanted_by, who_has_it
from symposia.activities.models import Activity, Booking, Session
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused


@transaction.atomic
def keep_for_sessions(sessions: Sequence[Session]) -> None:
    """Keep the rooms, things and people that these sessions need; the database refuses a clash.

    It follows from the agenda: whoever changes that records the change.
    """
    wanted = wanted_by(sessions)
    try:
        with transaction.atomic():
            Booking.objects.filter(session__in=[session.pk for session in sessions]).delete()
            Booking.objects.bulk_create(wanted)
    except IntegrityError as clash:
        if not isinstance(clash.__cause__, ExclusionViolation):
            raise
        raise Refused(who_has_it(wanted) or TAKEN_MEANWHILE) from clash


@transaction.atomic
def release_bookings(activity_id: uuid.UUID, *, by: Actor) -> int:
    """Give back what an activity kept, because it does not take place then; answers how much."""
    activity = Activity.objects.locked(activity_id)

    count, _of_each = Booking.objects.filter(session__activity=activity).delete()

    if count:
        record(by, "activity.bookings_released", activity, details={"bookings": count})
    return count
