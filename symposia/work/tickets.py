"""Short-lived permission to fetch one file from the content origin, where no session is known.

What else is fetched there is signed in the same form, each kind with a salt of its own.
"""

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner

SECONDS = 60
_FILE, _ARCHIVE = "symposia.content", "symposia.archive"


@dataclass(frozen=True)
class Ticket:
    """Who may fetch which file of which organisation."""

    organisation_id: uuid.UUID
    user_id: uuid.UUID
    file_id: uuid.UUID


def content_url(ticket: Ticket) -> str:
    """The address of a file on the content origin, good for a minute."""
    return f"{settings.CONTENT_ORIGIN}/f/{signed_ids(_FILE, *vars(ticket).values())}/"


def read_ticket(text: str) -> Ticket | None:
    """The ticket in an address; nothing where it is too old or not ours."""
    return _read(_FILE, text)


def archive_url(ticket: Ticket) -> str:
    """The address of everything that a record keeps, as one archive, good for a minute."""
    return f"{settings.CONTENT_ORIGIN}/z/{signed_ids(_ARCHIVE, *vars(ticket).values())}/"


def read_archive_ticket(text: str) -> Ticket | None:
    """The ticket of an archive; `file_id` names the record whose files they are."""
    return _read(_ARCHIVE, text)


def signed_ids(salt: str, *ids: uuid.UUID) -> str:
    """Ids as they stand in an address, signed for one purpose, and when."""
    return TimestampSigner(salt=salt).sign(".".join(each.hex for each in ids))


def read_ids(
    salt: str, text: str, *, count: int, seconds: int | None
) -> tuple[uuid.UUID, ...] | None:
    """So many ids of an address; nothing where it is too old, of another kind or not ours."""
    try:
        said = TimestampSigner(salt=salt).unsign(text, max_age=seconds).split(".")
        ids = tuple(map(uuid.UUID, said))
    except (BadSignature, ValueError):
        return None
    return ids if len(ids) == count else None


def _read(salt: str, text: str) -> Ticket | None:
    ids = read_ids(salt, text, count=3, seconds=SECONDS)
    return Ticket(*ids) if ids else None
