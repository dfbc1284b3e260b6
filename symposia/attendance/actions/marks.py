import uuid

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Session
from symposia.attendance.actions.writing import keep_evidence
from symposia.attendance.models import Kind, PresenceEvidence, Source
from symposia.attendance.policies import (
    objection_to_door,
    objection_to_marking,
    objection_to_ticket,
)
from symposia.registrations.models import Registration
from symposia.registrations.queries import activity_as_it_is
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@transaction.atomic
def mark_present(
    registration: Registration, *, session: Session | None, reason: str, by: Actor
) -> PresenceEvidence:
    """State by hand, for a reason, that somebody was there: in one session or in all."""
    activity = activity_as_it_is(registration.activity_id)
    registration = Registration.objects.get(pk=registration.pk)
    at = now()

    refuse_if(objection_to_door(activity))
    refuse_if(objection_to_marking(activity, session, reason=reason))
    refuse_if(objection_to_ticket(registration.state, activity.state, is_here=True))

    mark = PresenceEvidence(
        event_uuid=uuid.uuid4(),
        activity=activity,
        registration=registration,
        session=session,
        kind=Kind.MARK,
        source=Source.MANUAL,
        occurred_at=at,
        server_time=at,
        by_id=by.id,
        by_name=by.name,
        reason=reason.strip()[:300],
    )
    keep_evidence([mark], "presence.marked", reason=reason, by=by)
    return mark
