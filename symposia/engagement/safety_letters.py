"""What is written to drug safety: the words as they were told, who told them, and the clock."""

from datetime import datetime

from symposia.accounts.models import Organisation
from symposia.engagement.models import AdverseEvent
from symposia.notifications.local_times import local_moment

SAFETY = "engagement.adverse_event"


def safety_values(event: AdverseEvent, organisation: Organisation) -> dict[str, str]:
    """What is filled into the message; instants on the clock of the organisation."""
    clinician = event.clinician
    reached = ", ".join(filter(None, (clinician.email, clinician.phone))) or "—"
    return {
        "organisation": organisation.name,
        "product": event.product,
        "text": event.text,
        "clinician": clinician.called,
        "reached": reached,
        "activity": f"{event.activity.number} {event.activity.title}",
        "received": _said(event.received_at, organisation),
        "due": _said(event.due_at, organisation),
        "rule": event.rule,
        "by": event.by_name,
    }


def _said(at: datetime, organisation: Organisation) -> str:
    return local_moment(at, organisation.zone, organisation.language)
