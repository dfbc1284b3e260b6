"""From a page of the product to a file on the content origin."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.views.decorators.http import require_GET

from symposia.web.gates import signed_in
from symposia.web.requests import UserRequest
from symposia.work.files import may_fetch
from symposia.work.queries import file_of
from symposia.work.tickets import Ticket, content_url


@require_GET
@signed_in
def file(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The gate of the file's purpose decides here, and again where the bytes are."""
    found = file_of(pk) if request.access else None
    if found is None or not may_fetch(request.access, found, at=now()):
        raise Http404
    return redirect(content_url(Ticket(request.organisation.pk, request.user.pk, found.pk)))
