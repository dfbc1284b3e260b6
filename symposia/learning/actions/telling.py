from django.db import transaction

from symposia.learning.letters import begin_values
from symposia.learning.queries import course_of
from symposia.notifications.actions import queue_message
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor


@transaction.atomic
def send_the_way_in(registration: Registration, *, by: Actor) -> None:
    """Write to a learner where the lessons are, with a personal link; where nothing is studied, or
    without an address, nothing is sent."""
    clinician = registration.clinician
    if not clinician.email or not registration.is_confirmed or not course_of(registration.activity):
        return
    queue_message(
        "learning.begin",
        to_address=clinician.email,
        to_name=clinician.called,
        language=clinician.language,
        values=begin_values(registration),
        about=(registration._meta.label, registration.pk),
        by=by,
    )
