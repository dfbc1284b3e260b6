import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class InvitationAccepted:
    """A clinician wants to come; contexts above give a place or a spot on the waitlist."""

    invitation_id: uuid.UUID
    activity_id: uuid.UUID
    clinician_id: uuid.UUID


@dataclass(frozen=True)
class InvitationDeclined:
    """A clinician does not come, perhaps after saying yes; a place held becomes free."""

    invitation_id: uuid.UUID
    activity_id: uuid.UUID
    clinician_id: uuid.UUID


@dataclass(frozen=True)
class InvitationsSent:
    """Clinicians were asked to come to an activity."""

    activity_id: uuid.UUID
