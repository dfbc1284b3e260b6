"""Short-lived permission to fetch one file from the content origin, where no session is known."""

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner

SECONDS = 60
_signer = TimestampSigner(salt="symposia.content")
_archives = TimestampSigner(salt="symposia.archive")


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
    """The ticket in an address; nothing where it is too old or not ours."""
    return _read(_signer, text)


def archive_url(ticket: Ticket) -> str:
    """The address of everything that a record keeps, as one archive, good for a minute."""
    text = f"{ticket.organisation_id.hex}.{ticket.user_id.hex}.{ticket.file_id.hex}"
    return f"{settings.CONTENT_ORIGIN}/z/{_archives.sign(text)}/"


def read_archive_ticket(text: str) -> Ticket | None:
    """The ticket of an archive; `file_id` names the record whose files they are."""
    return _read(_archives, text)


def _read(signer: TimestampSigner, text: str) -> Ticket | None:
    try:
        return Ticket(*map(uuid.UUID, signer.unsign(text, max_age=SECONDS).split(".")))
    except (BadSignature, ValueError, TypeError):
        return None
