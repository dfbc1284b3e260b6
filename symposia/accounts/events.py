import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class OrganisationCreated:
    """A new tenant exists; contexts above give it what every organisation starts with."""

    organisation_id: uuid.UUID


@dataclass(frozen=True)
class AccessChangeAsked:
    """An administrator wants to change what somebody holds; it waits for a second one."""

    change_id: uuid.UUID


@dataclass(frozen=True)
class AccessChangeDecided:
    """A second administrator agreed to a change, or it was given up."""

    change_id: uuid.UUID


@dataclass(frozen=True)
class RoleTaken:
    """Somebody no longer holds a role, here or in a part of it."""

    membership_id: uuid.UUID
    role_id: uuid.UUID
    scope_kind: str
    scope_id: uuid.UUID | None


@dataclass(frozen=True)
class MembershipEnded:
    """Somebody no longer works here; what waits for them waits for the successor, if one is named,
    else for whoever looks after it."""

    membership_id: uuid.UUID
    user_id: uuid.UUID
    successor_id: uuid.UUID | None = None
