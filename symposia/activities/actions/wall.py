"""What the journal keeps of the wall: who wanted what."""

from django.db import transaction

from symposia.activities.encounters import Met
from symposia.audit.actions import record
from symposia.shared.actors import Actor


@transaction.atomic
def note_meeting(met: Met, *, page: str, by: Actor) -> None:
    """Write down that somebody asked for what the wall keeps from them."""
    details = {"page": page, "permission": str(met.permission), "mode": met.activity.mode}
    record(by, "wall.met", met.activity, reason=str(met.objection), details=details)
