import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class OrganisationCreated:
    """A new tenant exists; contexts above give it what every organisation starts with."""

    organisation_id: uuid.UUID
