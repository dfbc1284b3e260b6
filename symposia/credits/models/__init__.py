from symposia.credits.models.appeals import AppealState, CreditAppeal
from symposia.credits.models.certificates import (
    Certificate,
    CertificateFile,
    CertificateKind,
    CertificateTerm,
    Revocation,
    Standing,
)
from symposia.credits.models.designs import CertificateDesign, PaperColour, PaperSize
from symposia.credits.models.imported import ImportedCredit
from symposia.credits.models.ledger import Basis, CreditEntry, CreditOffer, Reason
from symposia.credits.models.proofs import IssuerKey, KeyKind, PaperKey
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
    "CertificateDesign",
    "CertificateFile",
    "CertificateKind",
    "CertificateTerm",
    "Confidence",
    "CreditAppeal",
    "CreditEntry",
    "CreditOffer",
    "CreditSystem",
    "CycleReminder",
    "ExternalCredit",
    "ExternalState",
    "ImportedCredit",
    "IssuerKey",
    "KeyKind",
    "Licence",
    "OwnPack",
    "PackFacts",
    "PackKind",
    "PaperColour",
    "PaperKey",
    "PaperSize",
    "Reason",
    "RequirementPack",
    "Revocation",
    "Rounding",
    "Standing",
    "TranscriptShare",
]
