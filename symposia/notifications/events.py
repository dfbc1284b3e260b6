import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class SenderDomainFailed:
    """Mail no longer leaves from the organisation's own domain, but from the installation's."""

    domain_id: uuid.UUID


@dataclass(frozen=True)
class SenderDomainHolds:
    """Mail leaves from the organisation's own domain from now on."""

    domain_id: uuid.UUID
