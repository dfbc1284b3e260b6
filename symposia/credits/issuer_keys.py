"""The keys that sign badges, named as `did:web`, their private halves sealed: Ed25519 for the
proof inside a badge, RSA for the token around one, as Open Badges 3.0 demands of each form."""

import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from functools import lru_cache
from typing import cast
from urllib.parse import quote

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from openbadgeslib.ob3 import multikey_from_pem

from symposia.credits.models import IssuerKey, KeyKind
from symposia.shared.sealing import sealed, unsealed

_PURPOSE = "issuer key"
# What 1EdTech asks of a token at the least, and how long an RSA key is good beyond 2030.
ALGORITHM = "RS256"
_RSA_BITS = 3072


@dataclass(frozen=True)
class NewKey:
    """A fresh key as it may lie in the database."""

    public_key: str
    sealed_key: str
    seed: str


def new_key(kind: KeyKind) -> NewKey:
    """A key of chance."""
    public, secret = _new_token_pair() if kind == KeyKind.TOKEN else _new_proof_pair()
    return NewKey(public, sealed(secret, purpose=_PURPOSE), secrets.token_hex())


def _new_proof_pair() -> tuple[str, str]:
    private = Ed25519PrivateKey.generate()
    public = multikey_from_pem(_public_pem(private.public_key()))
    return public, private.private_bytes_raw().hex()


def _new_token_pair() -> tuple[str, str]:
    private = rsa.generate_private_key(public_exponent=65537, key_size=_RSA_BITS)
    numbers = private.public_key().public_numbers()
    public = {
        "kty": "RSA",
        "n": _in_base64(numbers.n),
        "e": _in_base64(numbers.e),
        "alg": ALGORITHM,
        "use": "sig",
    }
    secret = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return json.dumps(public), secret.decode()


def _in_base64(number: int) -> str:
    """A number as JSON Web Keys write it."""
    size = (number.bit_length() + 7) // 8
    return urlsafe_b64encode(number.to_bytes(size, "big")).rstrip(b"=").decode()


def private_pem(key: IssuerKey) -> bytes:
    """The private half, opened. Raises SealBroken."""
    return _opened(key.sealed_key)


@lru_cache(maxsize=64)
def _opened(kept: str) -> bytes:
    raw = bytes.fromhex(unsealed(kept, purpose=_PURPOSE))
    private = Ed25519PrivateKey.from_private_bytes(raw)
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@lru_cache(maxsize=64)
def opened_token_key(kept: str) -> rsa.RSAPrivateKey:
    """The private half of a key that signs tokens, opened. Raises SealBroken."""
    opened = load_pem_private_key(unsealed(kept, purpose=_PURPOSE).encode(), None)
    return cast("rsa.RSAPrivateKey", opened)


def jwk_of(key: IssuerKey) -> dict[str, str]:
    """The public half of a key that signs tokens, as JSON Web Key."""
    said: dict[str, str] = json.loads(key.public_key)
    return said


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
    word = "token" if key.kind == KeyKind.TOKEN else "key"
    return f"{did_of(organisation_code)}#{word}-{key.number}"


def document_of(organisation_code: str, keys: list[IssuerKey]) -> dict[str, object]:
    """The DID document: every key that ever signed, so that what it signed stays valid."""
    did = did_of(organisation_code)
    names = [method_of(organisation_code, key) for key in keys]
    return {
        "@context": [
            "https://www.w3.org/ns/did/v1",
            "https://w3id.org/security/multikey/v1",
            "https://w3id.org/security/jwk/v1",
        ],
        "id": did,
        "verificationMethod": [
            {"id": name, "controller": did, **_public_half(key)}
            for name, key in zip(names, keys, strict=True)
        ],
        "assertionMethod": names,
    }


def _public_half(key: IssuerKey) -> dict[str, object]:
    if key.kind == KeyKind.TOKEN:
        return {"type": "JsonWebKey", "publicKeyJwk": jwk_of(key)}
    return {"type": "Multikey", "publicKeyMultibase": key.public_key}
