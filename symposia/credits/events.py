import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class CreditAwarded:
    """Credit was claimed, corrected or revoked; the ledger has one entry more."""

    entry_id: uuid.UUID
    activity_id: uuid.UUID
    clinician_id: uuid.UUID


@dataclass(frozen=True)
class CertificateIssued:
    """Somebody has a certificate that anybody can verify."""

    certificate_id: uuid.UUID
    activity_id: uuid.UUID


@dataclass(frozen=True)
class CertificateRevoked:
    """A certificate holds no longer; whoever verifies it is told."""

    certificate_id: uuid.UUID
    activity_id: uuid.UUID


@dataclass(frozen=True)
class CreditOfferChanged:
    """The credit that an activity offers is now another, or is designated."""

    activity_id: uuid.UUID
