"""The file of a material for whoever it was given to: a signed address, good for a minute."""

from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponseNotFound
from django.urls import reverse
from django.views.decorators.http import require_GET

from symposia.accounts.queries import local_day
from symposia.engagement.models import MaterialShare
from symposia.engagement.standing import file_given
from symposia.shared.tenancy import acting_in
from symposia.web.content.files import as_data
from symposia.web.gates import open_to_all
from symposia.work.files import open_stored
from symposia.work.tickets import read_ids, signed_ids

SECONDS = 60
_SALT = "symposia.material"


def material_url(share: MaterialShare) -> str:
    """Where the file of what was given is, for a minute."""
    ticket = signed_ids(_SALT, share.organisation_id, share.pk)
    path = reverse("material_content", args=[ticket], urlconf="config.urls_content")
    return f"{settings.CONTENT_ORIGIN}{path}"


@require_GET
@open_to_all("needs a signed ticket of the product, good for a minute; the approval is asked again")
def material_content(_request: HttpRequest, ticket: str) -> Any:
    """The file, as long as its version is approved."""
    ids = read_ids(_SALT, ticket, count=2, seconds=SECONDS)
    if ids is None:
        return HttpResponseNotFound("This address is too old. Open the material again.")
    organisation_id, share_id = ids
    with acting_in(organisation_id):
        found = file_given(share_id, day=local_day())
        if found is None:
            return HttpResponseNotFound("This file is not there for you.")
        opened = open_stored(found)
    response = FileResponse(opened, content_type=found.content_type)
    return as_data(response, found.name, is_shown=True)
