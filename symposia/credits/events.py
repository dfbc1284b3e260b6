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
class CertificateReplaced:
    """A later version stands in the place of a certificate; whoever verifies the old is led on."""

    certificate_id: uuid.UUID
    successor_id: uuid.UUID
    activity_id: uuid.UUID


@dataclass(frozen=True)
class CertificateRevoked:
    """A certificate holds no longer; whoever verifies it is told."""

    certificate_id: uuid.UUID
    activity_id: uuid.UUID


@dataclass(frozen=True)
class IssuerKeyChanged:
    """Badges are signed with another key from now on."""

    number: int


@dataclass(frozen=True)
class PaperKeyChanged:
    """Papers are signed with another certificate from now on."""

    number: int


@dataclass(frozen=True)
class CertificatesRedesigned:
    """Certificates look another way from now on."""

    number: int


@dataclass(frozen=True)
class CreditOfferChanged:
    """The credit that an activity offers is now another, or is designated."""

    activity_id: uuid.UUID


@dataclass(frozen=True)
class ExternalCreditHandedIn:
    """A learner entered credit from elsewhere; the office has to look at its proof."""

    external_credit_id: uuid.UUID
    clinician_id: uuid.UUID


@dataclass(frozen=True)
class ExternalCreditDecided:
    """Credit from elsewhere was accepted, sent back or taken back."""

    external_credit_id: uuid.UUID
    clinician_id: uuid.UUID
    state: str


@dataclass(frozen=True)
class LicenceTracked:
    """Somebody tracks a licence, changed its cycle, or tracks it no more."""

    licence_id: uuid.UUID
    clinician_id: uuid.UUID


@dataclass(frozen=True)
class RequirementChanged:
    """The organisation wrote a rule of its own, or a later version of one."""

    own_pack_id: uuid.UUID


@dataclass(frozen=True)
class CreditAppealed:
    """A learner finds their credit wrong; somebody of the office has to decide."""

    appeal_id: uuid.UUID
    activity_id: uuid.UUID


@dataclass(frozen=True)
class CreditAppealDecided:
    """A person decided on an appeal, with a reason."""

    appeal_id: uuid.UUID
    activity_id: uuid.UUID
    state: str
