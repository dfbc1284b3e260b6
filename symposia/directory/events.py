import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class CliniciansImported:
    """A file of clinicians became part of the directory."""

    import_id: uuid.UUID
