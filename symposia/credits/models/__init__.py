from symposia.credits.models.appeals import AppealState, CreditAppeal
from symposia.credits.models.certificates import (
    Certificate,
    CertificateFile,
    CertificateKind,
    Revocation,
)
from symposia.credits.models.ledger import Basis, CreditEntry, CreditOffer, Reason
from symposia.credits.models.requirements import (
    ActivitySubject,
    CycleReminder,
    Licence,
    OwnPack,
    PackFacts,
    PackKind,
    RequirementPack,
)
from symposia.credits.models.systems import AwardedBy, Confidence, CreditSystem, Rounding
from symposia.credits.models.transcripts import ExternalCredit, ExternalState, TranscriptShare

__all__ = [
    "ActivitySubject",
    "AppealState",
    "AwardedBy",
    "Basis",
    "Certificate",
    "CertificateFile",
    "CertificateKind",
    "Confidence",
    "CreditAppeal",
    "CreditEntry",
    "CreditOffer",
    "CreditSystem",
    "CycleReminder",
    "ExternalCredit",
    "ExternalState",
    "Licence",
    "OwnPack",
    "PackFacts",
    "PackKind",
    "Reason",
    "RequirementPack",
    "Revocation",
    "Rounding",
    "TranscriptShare",
]
