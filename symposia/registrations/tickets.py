"""What a ticket says: the registration, its organisation, and our signature over both.

Capital letters and digits only, so that the QR code stays small and reads well from a screen.
"""

import base64
import hashlib
import hmac
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from symposia.shared.codes import random_letters

MARK, SIGNED = "SYM1", "SYM2"
_LONGEST = 400


@dataclass(frozen=True)
class Ticket:
    """A ticket whose signature is ours."""

    organisation_code: str
    registration_id: uuid.UUID


def new_code() -> str:
    """A code to type where no camera helps: 31^8 possibilities."""
    return random_letters(8)


def ticket_text(organisation_code: str, registration_id: uuid.UUID, key_number: int = 1) -> str:
    """The text inside the QR code of a ticket: signed so that a device without a network can tell
    that it is ours, by the public half of the organisation's key."""
    said = f"{SIGNED}.{organisation_code.upper()}.{key_number}.{_base32(registration_id.bytes)}"
    return f"{said}.{_base32(_key(organisation_code, key_number).sign(said.encode()))}"


def public_key(organisation_code: str, key_number: int) -> str:
    """The public half of a key of an organisation: 64 hexadecimal digits."""
    return _key(organisation_code, key_number).public_key().public_bytes_raw().hex()


def verify_alone(text: str, keys: Mapping[int, str]) -> Ticket | None:
    """The ticket behind a text, checked by public halves alone, as a device at the door does it."""
    parts = text.strip().upper().split(".")
    if len(parts) != 5 or parts[0] != SIGNED or not parts[2].isdecimal():
        return None
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(keys[int(parts[2])]))
        public.verify(_bytes(parts[4]), ".".join(parts[:4]).encode())
        return Ticket(parts[1].lower(), uuid.UUID(bytes=_bytes(parts[3])))
    except (InvalidSignature, KeyError, ValueError):
        return None


def read_ticket(text: str) -> Ticket | None:
    """The ticket behind a scanned text; nothing where the text is not one of ours. Tickets that
    were given out before keys had numbers stay valid."""
    text = text.strip().upper()[:_LONGEST]
    if not text.startswith(f"{SIGNED}."):
        return _read_first_kind(text)
    parts = text.split(".")
    if len(parts) != 5 or not (parts[2].isdecimal() and len(parts[2]) < 5):
        return None
    number = int(parts[2])
    return verify_alone(text, {number: public_key(parts[1].lower(), number)})


def _read_first_kind(text: str) -> Ticket | None:
    said, _dot, signature = text.rpartition(".")
    parts = said.split(".")
    if len(parts) != 3 or not hmac.compare_digest(_signature(said).encode(), signature.encode()):
        return None
    return Ticket(parts[1].lower(), uuid.UUID(bytes=_bytes(parts[2])))


def ticket_text_of_first_kind(organisation_code: str, registration_id: uuid.UUID) -> str:
    """As tickets read before keys had numbers; such papers and pictures are still carried."""
    said = f"{MARK}.{organisation_code.upper()}.{_base32(registration_id.bytes)}"
    return f"{said}.{_signature(said)}"


def _signature(said: str) -> str:
    key = b"ticket " + settings.SECRET_KEY.encode()
    return _base32(hmac.new(key, said.encode(), hashlib.sha256).digest()[:10])


def _key(organisation_code: str, number: int) -> Ed25519PrivateKey:
    return _derived(settings.SECRET_KEY, organisation_code.lower(), number)


@lru_cache(maxsize=256)
def _derived(secret: str, organisation_code: str, number: int) -> Ed25519PrivateKey:
    """Made from the installation's key, which never enters the database."""
    purpose = f"symposia ticket {organisation_code} {number}".encode()
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose)
    return Ed25519PrivateKey.from_private_bytes(derived.derive(secret.encode()))


def _base32(value: bytes) -> str:
    return base64.b32encode(value).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    """What a text says, in the one way to say it: the last letter has bits that mean nothing, and
    with another letter it would be another ticket of the same place."""
    value = base64.b32decode(text + "=" * (-len(text) % 8))
    if _base32(value) != text:
        raise ValueError(text)
    return value
