"""The keys that sign badges: Ed25519, named as `did:web`, their private halves sealed."""

import secrets
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from django.conf import settings
from openbadgeslib.ob3 import multikey_from_pem

from symposia.credits.models import IssuerKey
from symposia.shared.sealing import sealed, unsealed

_PURPOSE = "issuer key"


@dataclass(frozen=True)
class NewKey:
    """A fresh key as it may lie in the database."""

    public_key: str
    sealed_key: str
    seed: str


def new_key() -> NewKey:
    """A key of chance."""
    private = Ed25519PrivateKey.generate()
    hidden = sealed(private.private_bytes_raw().hex(), purpose=_PURPOSE)
    return NewKey(multikey_from_pem(_public_pem(private.public_key())), hidden, secrets.token_hex())


def private_pem(key: IssuerKey) -> bytes:
    """The private half, opened. Raises SealBroken."""
    return _opened(key.sealed_key)


@lru_cache(maxsize=64)
def _opened(kept: str) -> bytes:
    raw = bytes.fromhex(unsealed(kept, purpose=_PURPOSE))
    private = Ed25519PrivateKey.from_private_bytes(raw)
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _public_pem(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def address_of(organisation_code: str) -> str:
    """Where what an issuer says of itself is published."""
    return f"{settings.ORIGIN}/issuers/{organisation_code}"


def did_of(organisation_code: str) -> str:
    """The issuer's name as `did:web`: whoever reads it finds the document at our address."""
    host = settings.ORIGIN.partition("://")[2]
    return f"did:web:{quote(host, safe='')}:issuers:{organisation_code}"


def method_of(organisation_code: str, key: IssuerKey) -> str:
    """A key by its name in the issuer's document."""
    return f"{did_of(organisation_code)}#key-{key.number}"


def document_of(organisation_code: str, keys: list[IssuerKey]) -> dict[str, object]:
    """The DID document: every key that ever signed, so that what it signed stays valid."""
    did = did_of(organisation_code)
    names = [method_of(organisation_code, key) for key in keys]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": [
            {"id": name, "type": "Multikey", "controller": did, "publicKeyMultibase": x.public_key}
            for name, x in zip(names, keys, strict=True)
        ],
        "assertionMethod": names,
    }
