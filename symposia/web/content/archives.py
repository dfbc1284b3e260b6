"""The papers of an activity as one archive, from the content origin; access is checked again."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponseNotFound, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.timezone import now
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import access_of_ids
from symposia.activities.models import Activity
from symposia.activities.papers import Packed
from symposia.activities.vault import papers_for
from symposia.shared.archives import archive
from symposia.shared.tenancy import acting_in
from symposia.web.gates import open_to_all
from symposia.work.tickets import read_archive_ticket


@require_GET
@open_to_all("needs a signed ticket of the product, good for a minute; access is checked again")
def papers(request: HttpRequest, ticket: str) -> Any:
    """Streamed: what is in it was looked up before the first byte, in one short transaction."""
    read = read_archive_ticket(ticket)
    if read is None:
        return HttpResponseNotFound("This address is too old. Ask for the archive again.")
    with acting_in(read.organisation_id, user_id=read.user_id):
        access = access_of_ids(read.user_id, read.organisation_id, at=now())
        found = _activity(access, read.file_id) if access else None
        if access is None or found is None:
            return HttpResponseNotFound("This archive is not there for you.")
        every, _kept_back = papers_for(access, found, at=now())
    response = StreamingHttpResponse(
        archive(Packed(every).entries()), content_type="application/zip"
    )
    name = content_disposition_header(True, f"{found.number}-documents.zip")
    response["Content-Disposition"] = name or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _activity(access: Access, pk: uuid.UUID) -> Activity | None:
    if not access.holds(Permission.EXPORT):
        return None
    return Activity.objects.visible_to(access).filter(pk=pk).first()
