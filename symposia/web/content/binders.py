"""Files of a binder for its guest: a signed address, good for a minute; the link is asked again."""

import uuid
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponseNotFound
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_GET

from symposia.reporting.models import BinderInvitation
from symposia.reporting.queries import file_for_guest
from symposia.shared.tenancy import acting_in
from symposia.web.content.files import as_data
from symposia.web.gates import open_to_all
from symposia.work.files import open_stored
from symposia.work.tickets import read_ids, signed_ids

SECONDS = 60
_SALT = "symposia.binder"
_SHOWN = {"application/pdf", "image/png", "image/jpeg"}


def guest_file_url(guest: BinderInvitation, file_id: uuid.UUID) -> str:
    """Where one file is for one guest, for a minute."""
    ticket = signed_ids(_SALT, guest.organisation_id, guest.pk, file_id)
    path = reverse("binder_content", args=[ticket], urlconf="config.urls_content")
    return f"{settings.CONTENT_ORIGIN}{path}"


@require_GET
@open_to_all("needs a signed ticket of the product, good for a minute; the guest is asked again")
def binder_content(request: HttpRequest, ticket: str) -> Any:
    """The file, as long as the guest's link opens the binder it is in."""
    ids = read_ids(_SALT, ticket, count=3, seconds=SECONDS)
    if ids is None:
        return HttpResponseNotFound("This address is too old. Open the binder again.")
    organisation_id, guest_id, file_id = ids
    with acting_in(organisation_id):
        found = file_for_guest(guest_id, file_id, now())
        if found is None:
            return HttpResponseNotFound("This file is not there for you.")
        opened = open_stored(found)
    response = FileResponse(opened, content_type=found.content_type)
    return as_data(response, found.name, is_shown=found.content_type in _SHOWN)
