"""The key that signs what leaves the journal; whoever has its public half can check alone."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_PURPOSE = b"symposia journal export 1"


def public_key() -> str:
    """The public half, as it is printed: 64 hexadecimal digits."""
    return _private().public_key().public_bytes_raw().hex()


def signature_of(content: bytes) -> str:
    """A signature that only this installation can give."""
    return _private().sign(content).hex()


def is_signed(content: bytes, signature: str, key: str) -> bool:
    """Whether the holder of a key signed exactly these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(
            bytes.fromhex(signature), content
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def _private() -> Ed25519PrivateKey:
    """Made from the key of the journal, which never enters the database."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE)
    return Ed25519PrivateKey.from_private_bytes(derived.derive(settings.JOURNAL_KEY.encode()))
