"""Files of a binder for its guest: a signed address, good for a minute; the link is asked again."""

import uuid
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import FileResponse, HttpRequest, HttpResponseNotFound
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import now
from django.views.decorators.http import require_GET

from symposia.reporting.models import BinderInvitation
from symposia.reporting.queries import file_for_guest
from symposia.shared.tenancy import acting_in
from symposia.web.gates import open_to_all
from symposia.work.files import open_stored

SECONDS = 60
_signer = TimestampSigner(salt="symposia.binder")
_SHOWN = {"application/pdf", "image/png", "image/jpeg"}


def guest_file_url(guest: BinderInvitation, file_id: uuid.UUID) -> str:
    """Where one file is for one guest, for a minute."""
    ids = (guest.organisation_id, guest.pk, file_id)
    ticket = _signer.sign(".".join(each.hex for each in ids))
    path = reverse("binder_content", args=[ticket], urlconf="config.urls_content")
    return f"{settings.CONTENT_ORIGIN}{path}"


@require_GET
@open_to_all("needs a signed ticket of the product, good for a minute; the guest is asked again")
def binder_content(request: HttpRequest, ticket: str) -> Any:
    """The file, as long as the guest's link opens the binder it is in."""
    try:
        ids = [uuid.UUID(each) for each in _signer.unsign(ticket, max_age=SECONDS).split(".")]
        organisation_id, guest_id, file_id = ids
    except (BadSignature, ValueError):
        return HttpResponseNotFound("This address is too old. Open the binder again.")
    with acting_in(organisation_id):
        found = file_for_guest(guest_id, file_id, now())
        if found is None:
            return HttpResponseNotFound("This file is not there for you.")
        opened = open_stored(found)
    response = FileResponse(opened, content_type=found.content_type)
    is_shown = found.content_type in _SHOWN
    disposition = content_disposition_header(not is_shown, found.name) or "attachment"
    response["Content-Disposition"] = disposition
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = "private, no-store"
    return response
