"""Legal holds: put over one activity, one person or everything, and lifted with a reason."""

from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.actions import next_numbers
from symposia.accounts.queries import local_day
from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.directory.models import Clinician
from symposia.reporting.binder_rules import objection_to_hold, objection_to_lifting_hold
from symposia.reporting.events import HoldChanged
from symposia.reporting.models import LegalHold
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@transaction.atomic
def put_hold(
    because: str,
    *,
    activity: Activity | None = None,
    clinician: Clinician | None = None,
    by: Actor,
) -> LegalHold:
    """Let nothing of an activity, of a person, or of anything be removed until this is lifted."""
    same = LegalHold.objects.standing().filter(activity=activity, clinician=clinician)
    subjects = sum(each is not None for each in (activity, clinician))

    refuse_if(objection_to_hold(because, same.first(), subjects=subjects))

    hold = LegalHold.objects.create(
        number=next_numbers("HLD", year=local_day().year)[0],
        activity=activity,
        clinician=clinician,
        because=because.strip()[:500],
        put_by_name=by.name,
    )
    record(by, "hold.put", hold, reason=hold.because)
    announce(HoldChanged(hold.pk, stands=True))
    return hold


@transaction.atomic
def lift_hold(hold: LegalHold, *, reason: str, by: Actor) -> LegalHold:
    """Let the clocks alone decide again; why is kept."""
    hold = LegalHold.objects.locked(hold.pk)

    refuse_if(objection_to_lifting_hold(hold, reason=reason))

    hold.lifted_at, hold.lifted_by_name = now(), by.name
    hold.lifted_because = reason.strip()[:500]
    hold.save(update_fields=["lifted_at", "lifted_by_name", "lifted_because"])
    record(by, "hold.lifted", hold, reason=hold.lifted_because)
    announce(HoldChanged(hold.pk, stands=False))
    return hold
