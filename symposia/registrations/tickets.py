"""What a ticket says: the registration, its organisation, and our signature over both.

Capital letters and digits only, so that the QR code stays small and reads well from a screen.
"""

import base64
import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass

from django.conf import settings

MARK = "SYM1"
# Without 0, O, 1, I and L, which are read wrongly from paper.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Ticket:
    """A ticket whose signature is ours."""

    organisation_code: str
    registration_id: uuid.UUID


def new_code() -> str:
    """A code to type where no camera helps: 31^8 possibilities."""
    return "".join(secrets.choice(_LETTERS) for _ in range(8))


def ticket_text(organisation_code: str, registration_id: uuid.UUID) -> str:
    """The text inside the QR code of a ticket."""
    said = f"{MARK}.{organisation_code.upper()}.{_base32(registration_id.bytes)}"
    return f"{said}.{_signature(said)}"


def read_ticket(text: str) -> Ticket | None:
    """The ticket behind a scanned text; nothing where the text is not one of ours."""
    said, _dot, signature = text.strip().upper().rpartition(".")
    parts = said.split(".")
    if len(parts) != 3 or not hmac.compare_digest(_signature(said).encode(), signature.encode()):
        return None
    return Ticket(parts[1].lower(), uuid.UUID(bytes=_bytes(parts[2])))


def _signature(said: str) -> str:
    key = b"ticket " + settings.SECRET_KEY.encode()
    return _base32(hmac.new(key, said.encode(), hashlib.sha256).digest()[:10])


def _base32(value: bytes) -> str:
    return base64.b32encode(value).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b32decode(text + "=" * (-len(text) % 8))
