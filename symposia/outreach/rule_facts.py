"""What rules ask about the people who were invited; nothing while nobody was."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count, Max

from symposia.compliance.facts import knows_facts
from symposia.outreach.models import Invitation, State

MONTH = timedelta(days=30)


@knows_facts("activity", "invitations")
def facts_of_invitations(activity_id: uuid.UUID) -> Mapping[str, Any]:
    """How often the person asked most often was asked, in the thirty days up to the last time."""
    here = Invitation.objects.filter(activity=activity_id).exclude(state=State.WITHDRAWN)
    last = here.aggregate(last=Max("sent_at"))["last"]
    if last is None:
        return {}
    near = Invitation.objects.filter(
        clinician__in=here.values("clinician"), sent_at__range=(last - MONTH, last)
    ).exclude(state=State.WITHDRAWN)
    most = near.values("clinician").annotate(n=Count("pk")).order_by("-n").first()
    return {"most_invited_count": most["n"] if most else 0}
