from symposia.statements.models.documents import Attachment, Document, DocumentKind
from symposia.statements.models.keys import ProviderKey, Scope
from symposia.statements.models.statements import (
    Definition,
    KnownStatement,
    Mention,
    Statement,
    Voiding,
)

__all__ = [
    "Attachment",
    "Definition",
    "Document",
    "DocumentKind",
    "KnownStatement",
    "Mention",
    "ProviderKey",
    "Scope",
    "Statement",
    "Voiding",
]
