import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field


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
class LeftDirectory:
    """The organisation's own directory does not have somebody any more; what they leave behind
    waits to be reviewed."""

    membership_id: uuid.UUID
    user_id: uuid.UUID


@dataclass(frozen=True)
class BackInDirectory:
    """The organisation's own directory has somebody again before they were let go."""

    membership_id: uuid.UUID
    user_id: uuid.UUID


@dataclass(frozen=True)
class MembershipEnding:
    """Somebody is about to lose their roles here, in the same step: what waits for a role of
    theirs, and not for them by name, is passed on while it is known."""

    user_id: uuid.UUID
    successor_id: uuid.UUID | None = None
    otherwise: Mapping[str, uuid.UUID | None] = field(default_factory=dict)

    def successor_of(self, kind: str) -> uuid.UUID | None:
        """Who goes on with one kind of open work."""
        return self.otherwise.get(kind, self.successor_id)


@dataclass(frozen=True)
class MembershipEnded:
    """Somebody no longer works here; what waits for them waits for the successor, if one is named,
    else for whoever looks after it. Of some kinds of work it may be another, or nobody yet."""

    membership_id: uuid.UUID
    user_id: uuid.UUID
    successor_id: uuid.UUID | None = None
    otherwise: Mapping[str, uuid.UUID | None] = field(default_factory=dict)

    def successor_of(self, kind: str) -> uuid.UUID | None:
        """Who goes on with one kind of open work."""
        return self.otherwise.get(kind, self.successor_id)

    def successors_of(self, *kinds: str) -> dict[str, uuid.UUID]:
        """Who goes on with each of these kinds; without those with which nobody does."""
        named = {kind: self.successor_of(kind) for kind in kinds}
        return {kind: found for kind, found in named.items() if found}
