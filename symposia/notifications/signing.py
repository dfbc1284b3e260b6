"""The key pair of a sender's domain, and the signature (DKIM, RFC 6376) that it puts on mail."""

import base64
from dataclasses import dataclass

import dkim
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

# RFC 8301: at least 1024 bits, 2048 as a rule; longer keys do not fit every DNS.
BITS = 2048
PURPOSE = "dkim"
# What a reader relies on; the body is always signed. Listed once more, From cannot be doubled.
_SIGNED = ("From", "From", "To", "Subject", "Date", "Message-ID", "Reply-To", "MIME-Version")
_SIGNED_TOO = ("Content-Type", "List-Unsubscribe", "List-Unsubscribe-Post")


@dataclass(frozen=True)
class KeyPair:
    """Both halves: as DNS publishes the one, and as it is kept to sign with the other."""

    public: str
    private: str


@dataclass(frozen=True)
class SigningKey:
    """With what mail of a domain is signed."""

    domain: str
    selector: str
    private: str


def new_key_pair() -> KeyPair:
    """A pair that nobody has had before."""
    key = generate_private_key(public_exponent=65537, key_size=BITS)
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    return KeyPair(base64.b64encode(public).decode(), private.decode())


def signed(message: bytes, key: SigningKey) -> bytes:
    """A message as it goes on the wire, with its signature before it."""
    signature: bytes = dkim.sign(
        message,
        key.selector.encode(),
        key.domain.encode(),
        key.private.encode(),
        canonicalize=(b"relaxed", b"relaxed"),
        include_headers=[name.lower().encode() for name in (*_SIGNED, *_SIGNED_TOO)],
    )
    return signature + message
