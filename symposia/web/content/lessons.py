"""Files of lessons for whoever studies them: a signed address, stretches of bytes for players."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseNotFound
from django.urls import reverse
from django.views.decorators.http import require_GET

from symposia.learning.models import Lesson
from symposia.learning.queries import lesson_file
from symposia.registrations.models import Registration
from symposia.shared.tenancy import acting_in
from symposia.web.content.files import as_data
from symposia.web.content.stretches import as_asked
from symposia.web.gates import open_to_all
from symposia.work.files import open_stored
from symposia.work.tickets import read_ids, signed_ids

# A player asks again and again while somebody studies; the place is looked up each time.
SECONDS = 12 * 60 * 60
_SALT = "symposia.lesson"
_SHOWN = {"application/pdf", "image/png", "image/jpeg", "video/mp4", "video/webm"}


def lesson_url(registration: Registration, lesson: Lesson) -> str:
    """Where the file of a lesson is for one learner, for half a day."""
    ticket = signed_ids(_SALT, registration.organisation_id, registration.pk, lesson.pk)
    path = reverse("lesson_content", args=[ticket], urlconf="config.urls_content")
    return f"{settings.CONTENT_ORIGIN}{path}"


@require_GET
@open_to_all(
    "needs a signed ticket of the product, good for half a day; the place is checked again"
)
def lesson_content(request: HttpRequest, ticket: str) -> Any:
    """The file, or the stretch of it that a player asks for."""
    ids = read_ids(_SALT, ticket, count=3, seconds=SECONDS)
    if ids is None:
        return HttpResponseNotFound("This address is too old. Open the lesson again.")
    organisation_id, registration_id, lesson_id = ids
    with acting_in(organisation_id):
        found = lesson_file(registration_id, lesson_id)
        if found is None:
            return HttpResponseNotFound("This file is not there for you.")
        opened = open_stored(found)
    response = as_asked(request, opened, found.size, found.content_type)
    return as_data(response, found.name, is_shown=found.content_type in _SHOWN)
