"""The personal link every learner studies and finishes with, and what the first letter says."""

import uuid

from django.conf import settings
from django.urls import reverse

from symposia.accounts.models import Organisation
from symposia.activities.origins import term_of
from symposia.activities.repeating import said_day
from symposia.registrations.models import Registration
from symposia.shared.links import make_link

# A purpose of its own: whoever photographs a ticket at the door cannot claim with it.
LEARNING = "learning"


def learning_path(organisation_code: str, registration_id: uuid.UUID, page: str = "finish") -> str:
    """Where a learner studies and finishes, step by step."""
    return reverse(page, args=[make_link(LEARNING, registration_id, organisation_code)])


def begin_values(registration: Registration) -> dict[str, str]:
    """What is filled into the message that leads to the lessons."""
    organisation = Organisation.objects.get(pk=registration.organisation_id)
    term = term_of(registration.activity)
    return {
        "organisation": organisation.name,
        "name": registration.clinician.called,
        "activity": registration.activity.title,
        "released": said_day(term.released_on) if term else "",
        "until": said_day(term.ends_on) if term else "",
        "study_link": settings.ORIGIN + learning_path(organisation.code, registration.pk),
    }
