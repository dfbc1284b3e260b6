import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class CliniciansImported:
    """A file of clinicians became part of the directory."""

    import_id: uuid.UUID


@dataclass(frozen=True)
class ConsentChanged:
    """A clinician gave or withdrew consent to be reached in one way for one purpose."""

    clinician_id: uuid.UUID
    purpose: str
    channel: str
    given: bool


@dataclass(frozen=True)
class RestrictionChanged:
    """Somebody may no longer be asked, or may be asked again."""

    clinician_id: uuid.UUID
    kind: str
