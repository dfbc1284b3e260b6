import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class OrganisationCreated:
    """A new tenant exists; contexts above give it what every organisation starts with."""

    organisation_id: uuid.UUID


@dataclass(frozen=True)
class MembershipEnded:
    """Somebody no longer works here; what waits for them waits for somebody else."""

    membership_id: uuid.UUID
    user_id: uuid.UUID
