"""Files of lessons for whoever studies them: a signed address, stretches of bytes for players."""

import uuid
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponseNotFound
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from symposia.learning.models import Lesson
from symposia.learning.queries import lesson_file
from symposia.registrations.models import Registration
from symposia.shared.tenancy import acting_in
from symposia.web.content.stretches import as_asked
from symposia.web.gates import open_to_all
from symposia.work.files import open_stored

# A player asks again and again while somebody studies; the place is looked up each time.
SECONDS = 12 * 60 * 60
_signer = TimestampSigner(salt="symposia.lesson")
_SHOWN = {"application/pdf", "image/png", "image/jpeg", "video/mp4", "video/webm"}


def lesson_url(registration: Registration, lesson: Lesson) -> str:
    """Where the file of a lesson is for one learner, for half a day."""
    ids = (registration.organisation_id, registration.pk, lesson.pk)
    ticket = _signer.sign(".".join(each.hex for each in ids))
    path = reverse("lesson_content", args=[ticket], urlconf="config.urls_content")
    return f"{settings.CONTENT_ORIGIN}{path}"


@require_GET
@open_to_all(
    "needs a signed ticket of the product, good for half a day; the place is checked again"
)
def lesson_content(request: HttpRequest, ticket: str) -> Any:
    """The file, or the stretch of it that a player asks for."""
    try:
        ids = [uuid.UUID(each) for each in _signer.unsign(ticket, max_age=SECONDS).split(".")]
        organisation_id, registration_id, lesson_id = ids
    except (BadSignature, ValueError):
        return HttpResponseNotFound("This address is too old. Open the lesson again.")
    with acting_in(organisation_id):
        found = lesson_file(registration_id, lesson_id)
        if found is None:
            return HttpResponseNotFound("This file is not there for you.")
        opened = open_stored(found)
    response = as_asked(request, opened, found.size, found.content_type)
    is_shown = found.content_type in _SHOWN
    disposition = content_disposition_header(not is_shown, found.name) or "attachment"
    response["Content-Disposition"] = disposition
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = "private, no-store"
    return response
