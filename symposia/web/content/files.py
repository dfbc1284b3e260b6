"""People's files, as data and nothing else: sandboxed, not sniffed, checked on each fetch."""

from typing import Any, TypeVar

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotFound,
    JsonResponse,
)
from django.utils.http import content_disposition_header
from django.utils.timezone import now
from django.views.decorators.http import require_GET

from symposia.accounts.queries import access_of_ids
from symposia.shared.tenancy import acting_in
from symposia.web.gates import open_to_all
from symposia.work.files import may_fetch, open_stored
from symposia.work.queries import file_of
from symposia.work.tickets import read_ticket

Response = TypeVar("Response", bound=HttpResponseBase)
# Shown in the browser; everything else is downloaded.
_SHOWN = {"application/pdf", "image/png", "image/jpeg"}


@require_GET
@open_to_all("liveness of the content origin; says nothing else")
def alive(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "alive"})


@require_GET
@open_to_all("needs a signed ticket of the product, good for a minute; access is checked again")
def content(request: HttpRequest, ticket: str) -> Any:
    read = read_ticket(ticket)
    if read is None:
        return HttpResponseNotFound("This address is too old. Open the file again.")
    with acting_in(read.organisation_id, user_id=read.user_id):
        access = access_of_ids(read.user_id, read.organisation_id, at=now())
        file = file_of(read.file_id)
        if access is None or file is None or not may_fetch(access, file, at=now()):
            return HttpResponseNotFound("This file is not there for you.")
        opened = open_stored(file)
    response = FileResponse(opened, content_type=file.content_type)
    return as_data(response, file.name, is_shown=file.content_type in _SHOWN)


def as_data(response: Response, name: str, *, is_shown: bool) -> Response:
    """The answer with a file, as data and nothing else: sandboxed, not sniffed, kept nowhere."""
    disposition = content_disposition_header(not is_shown, name) or "attachment"
    response["Content-Disposition"] = disposition
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = "private, no-store"
    return response
