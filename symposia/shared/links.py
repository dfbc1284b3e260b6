"""Personal links: signed text that carries its organisation's code, its purpose and one id.

A link finds its organisation by itself, so that pages outside a tenant can set it like everyone
else. Whether it still counts is a fact of the row it names. A link that is only for whoever reads
one mailbox is bound to the address: it carries a mark of it, and not the address itself.
"""

import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.utils.crypto import constant_time_compare, salted_hmac

_ID_BYTES, _MARK_BYTES = 16, 9


@dataclass(frozen=True)
class Link:
    """What a personal link says once its signature holds."""

    organisation_code: str
    id: uuid.UUID
    # What is left of the address it went to; nothing where it was bound to none.
    mark: bytes = b""

    def was_sent_to(self, address: str) -> bool:
        """Whether it went to this address; of a link that was bound to one."""
        return bool(self.mark) and constant_time_compare(self.mark, _mark(self.id, address))


def make_link(purpose: str, pk: uuid.UUID, organisation_code: str, *, sent_to: str = "") -> str:
    """The text of a link for one purpose: an invitation, a registration, a certificate. Sent to an
    address, it is bound to it (`Link.was_sent_to`)."""
    mark = _mark(pk, sent_to) if sent_to else b""
    body = urlsafe_b64encode(pk.bytes + mark).rstrip(b"=").decode()
    return _signer(purpose).sign(f"{organisation_code}.{body}").replace(":", ".")


def read_link(purpose: str, text: str) -> Link | None:
    """The link, or nothing for any text that we did not make for this purpose."""
    code, _dot, rest = text.partition(".")
    body, _dot, signature = rest.partition(".")
    try:
        _signer(purpose).unsign(f"{code}.{body}:{signature}")
        said = urlsafe_b64decode(f"{body}==")
        return Link(code, uuid.UUID(bytes=said[:_ID_BYTES]), said[_ID_BYTES:])
    except (BadSignature, ValueError):
        return None


def _mark(pk: uuid.UUID, address: str) -> bytes:
    said = f"{pk} {address.strip().lower()}"
    return salted_hmac("symposia.link.address", said, algorithm="sha256").digest()[:_MARK_BYTES]


def _signer(purpose: str) -> Signer:
    return Signer(salt=f"symposia.link.{purpose}")
