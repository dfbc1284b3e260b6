"""Short-lived permission to fetch one file from the content origin, where no session is known."""

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner

SECONDS = 60
_signer = TimestampSigner(salt="symposia.content")


@dataclass(frozen=True)
class Ticket:
    """Who may fetch which file of which organisation."""

    organisation_id: uuid.UUID
    user_id: uuid.UUID
    file_id: uuid.UUID


def content_url(ticket: Ticket) -> str:
    """The address of a file on the content origin, good for a minute."""
    text = f"{ticket.organisation_id.hex}.{ticket.user_id.hex}.{ticket.file_id.hex}"
    return f"{settings.CONTENT_ORIGIN}/f/{_signer.sign(text)}/"


def read_ticket(text: str) -> Ticket | None:
    try:
        return Ticket(*map(uuid.UUID, _signer.unsign(text, max_age=SECONDS).split(".")))
    except (BadSignature, ValueError, TypeError):
        return None
