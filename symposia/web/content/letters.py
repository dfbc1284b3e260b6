"""A message as it looks, on the content origin: mail brings styles that our pages forbid."""

import uuid

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.urls import reverse
from django.views.decorators.http import require_GET

from symposia.notifications.models import Delivery
from symposia.notifications.queries import delivery_of_id
from symposia.notifications.redaction import without_links
from symposia.shared.tenancy import acting_in
from symposia.web.gates import open_to_all

SECONDS = 300
_signer = TimestampSigner(salt="symposia.letter")
_SANDBOX = "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation"


def letter_url(delivery: Delivery, *, follows_links: bool) -> str:
    """Where the message can be looked at for five minutes; its links work for whoever it is to."""
    text = f"{delivery.organisation_id}.{delivery.pk}.{int(follows_links)}"
    path = reverse("letter", args=[_signer.sign(text)], urlconf="config.urls_content")
    return f"{settings.CONTENT_ORIGIN}{path}"


@require_GET
@open_to_all("needs a signed ticket of the product, good for five minutes")
def letter(request: HttpRequest, ticket: str) -> HttpResponse:
    try:
        organisation, pk, follows = _signer.unsign(ticket, max_age=SECONDS).split(".")
    except BadSignature:
        return HttpResponseNotFound("This address is too old. Open the message again.")
    with acting_in(uuid.UUID(organisation)):
        delivery = delivery_of_id(uuid.UUID(pk))
    if delivery is None:
        return HttpResponseNotFound("This message is not there.")
    return as_looked_at(delivery.html if follows == "1" else without_links(delivery, delivery.html))


def as_looked_at(html: str) -> HttpResponse:
    """A letter's own page, which runs nothing and which only our pages may frame."""
    response = HttpResponse(html.replace('target="_blank"', 'target="_top"'))
    response["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
        f"frame-ancestors {settings.ORIGIN}; {_SANDBOX}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
