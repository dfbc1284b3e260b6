import uuid
from dataclasses import dataclass

from symposia.shared.actors import Actor


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
class InvitationWithdrawn:
    """The organiser takes an invitation back that was accepted; a place held becomes free."""

    invitation_id: uuid.UUID
    activity_id: uuid.UUID
    clinician_id: uuid.UUID
    reason: str
    by: Actor


@dataclass(frozen=True)
class InvitationsSent:
    """Clinicians were asked to come to an activity."""

    activity_id: uuid.UUID


@dataclass(frozen=True)
class WaveReleased:
    """A wave of a campaign is on its way to so many people."""

    campaign_id: uuid.UUID
    wave_id: uuid.UUID
    activity_id: uuid.UUID
    count: int


@dataclass(frozen=True)
class WaveRecalled:
    """What of a wave had not left was kept back."""

    campaign_id: uuid.UUID
    wave_id: uuid.UUID
    activity_id: uuid.UUID
    kept_back: int


@dataclass(frozen=True)
class InvitationsAllotted:
    """A representative may send so many invitations of an activity."""

    allotment_id: uuid.UUID
    activity_id: uuid.UUID
    representative_id: uuid.UUID
    quantity: int


@dataclass(frozen=True)
class InvitationsGivenBack:
    """What a representative did not use is free for others again."""

    allotment_id: uuid.UUID
    activity_id: uuid.UUID
    representative_id: uuid.UUID
    quantity: int


@dataclass(frozen=True)
class ReminderSwitched:
    """A reminder goes out from now on, or no more; without an activity it is everybody's."""

    reminder_id: uuid.UUID
    only_of: uuid.UUID | None
    is_on: bool
