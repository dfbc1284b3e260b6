"""A kept file as a program gets it: an address on the origin of files, where nothing else is."""

import uuid
from typing import Any

from django.http import Http404
from django.utils.timezone import now
from ninja import Schema

from symposia.work.files import may_fetch
from symposia.work.queries import file_of
from symposia.work.tickets import Ticket, content_url


class KeptFileOut(Schema):
    """A file and where it is for a minute; access is asked again there."""

    name: str
    content_type: str
    size: int
    sha256: str
    url: str


def file_out(request: Any, file_id: uuid.UUID | None) -> dict[str, Any]:
    """The gate of the file's purpose decides here, and again where the bytes are."""
    file = file_of(file_id) if file_id else None
    if file is None or not may_fetch(request.access, file, at=now()):
        raise Http404
    access = request.access
    ticket = Ticket(access.organisation_id, access.user_id, file.pk)
    names = ("name", "content_type", "size", "sha256")
    return {name: getattr(file, name) for name in names} | {"url": content_url(ticket)}
