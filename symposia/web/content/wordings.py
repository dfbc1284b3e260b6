"""A version of a message as somebody would get it, on the content origin, before it is used."""

import uuid
from collections.abc import Mapping

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.urls import reverse
from django.views.decorators.http import require_GET

from symposia.notifications.models import MessageVersion
from symposia.notifications.queries import version_of_id
from symposia.notifications.rendering import render_message
from symposia.notifications.wording import shipped
from symposia.shared.tenancy import acting_in
from symposia.web.content.letters import SECONDS, as_looked_at
from symposia.web.gates import open_to_all

_signer = TimestampSigner(salt="symposia.wording")


def wording_url(version: MessageVersion, values: Mapping[str, str]) -> str:
    """Where a version can be looked at for five minutes, filled with these values."""
    said = {"o": str(version.organisation_id), "v": str(version.pk), "x": dict(values)}
    ticket = _signer.sign_object(said, compress=True)
    path = reverse("wording_example", args=[ticket], urlconf="config.urls_content")
    return f"{settings.CONTENT_ORIGIN}{path}"


@require_GET
@open_to_all("needs a signed ticket of the product, good for five minutes")
def wording_example(request: HttpRequest, ticket: str) -> HttpResponse:
    try:
        said = _signer.unsign_object(ticket, max_age=SECONDS)
    except BadSignature:
        return HttpResponseNotFound("This address is too old. Open the version again.")
    with acting_in(uuid.UUID(said["o"])):
        version = version_of_id(uuid.UUID(said["v"]))
    if version is None:
        return HttpResponseNotFound("This version is not there.")
    wording = version.as_wording(shipped(version.code, version.language))
    return as_looked_at(render_message(wording, said["x"]).html)
