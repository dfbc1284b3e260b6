from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.attendance.actions.conflicts import find_conflicts
from symposia.attendance.events import AttendanceSigned
from symposia.attendance.models import Conflict, ConflictState, Reconciliation
from symposia.attendance.policies import objection_to_signing
from symposia.attendance.reconciling import evening_of, totals_of
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@transaction.atomic
def sign_attendance(activity: Activity, *, statement: str, by: Actor) -> Reconciliation:
    """Sign that the attendance is right, once nothing in it is left to decide."""
    activity = Activity.objects.locked(activity.pk)
    find_conflicts(activity, by=by)
    undecided = Conflict.objects.of(activity).open().count()

    refuse_if(objection_to_signing(activity, undecided=undecided))

    totals = totals_of(evening_of(activity))
    decided = Conflict.objects.of(activity).filter(state=ConflictState.DECIDED)
    signed = Reconciliation.objects.create(
        activity=activity,
        signed_at=now(),
        signed_by_id=by.id,
        signed_by_name=by.name,
        statement=statement,
        people=totals.people,
        minutes=totals.minutes,
        decisions=decided.count(),
        minutes_hash=totals.hash,
    )
    record(by, "attendance.signed", signed, reason=statement)
    announce(AttendanceSigned(activity.pk, signed.pk))
    return signed
