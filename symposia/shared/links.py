"""Personal links: signed text that carries its organisation's code, its purpose and one id.

A link finds its organisation by itself, so that pages outside a tenant can set it like everyone
else. Whether it still counts is a fact of the row it names.
"""

import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer


@dataclass(frozen=True)
class Link:
    """What a personal link says once its signature holds."""

    organisation_code: str
    id: uuid.UUID


def make_link(purpose: str, pk: uuid.UUID, organisation_code: str) -> str:
    """The text of a link for one purpose: an invitation, a registration, a certificate."""
    body = urlsafe_b64encode(pk.bytes).rstrip(b"=").decode()
    return _signer(purpose).sign(f"{organisation_code}.{body}").replace(":", ".")


def read_link(purpose: str, text: str) -> Link | None:
    """The link, or nothing for any text that we did not make for this purpose."""
    code, _dot, rest = text.partition(".")
    body, _dot, signature = rest.partition(".")
    try:
        _signer(purpose).unsign(f"{code}.{body}:{signature}")
        return Link(code, uuid.UUID(bytes=urlsafe_b64decode(f"{body}==")))
    except (BadSignature, ValueError):
        return None


def _signer(purpose: str) -> Signer:
    return Signer(salt=f"symposia.link.{purpose}")
