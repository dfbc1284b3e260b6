from symposia.credits.models.certificates import (
    Certificate,
    CertificateFile,
    CertificateKind,
    Revocation,
)
from symposia.credits.models.ledger import Basis, CreditEntry, CreditOffer, Reason
from symposia.credits.models.systems import Confidence, CreditSystem, Rounding

__all__ = [
    "Basis",
    "Certificate",
    "CertificateFile",
    "CertificateKind",
    "Confidence",
    "CreditEntry",
    "CreditOffer",
    "CreditSystem",
    "Reason",
    "Revocation",
    "Rounding",
]
