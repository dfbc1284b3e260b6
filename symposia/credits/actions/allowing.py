"""What somebody was allowed beyond everybody else is told to them."""

from django.db import transaction
from django.utils import translation

from symposia.credits.letters import attempts_values
from symposia.notifications.actions import queue_message
from symposia.notifications.here import language_here
from symposia.registrations.models import Registration
from symposia.shared.actors import Actor


@transaction.atomic
def tell_of_more_attempts(
    registration: Registration, purpose: str, attempts: int, *, by: Actor
) -> None:
    """Write to a learner that a test may be taken again; without an address nothing is sent."""
    person = registration.clinician.as_kept
    if not person.email:
        return
    language = person.language or language_here()
    with translation.override(language):  # the learner's words, not those of whoever allowed it
        values = attempts_values(registration, purpose, attempts)
    queue_message(
        "credits.attempts",
        to_address=person.email,
        to_name=person.called,
        language=language,
        values=values,
        about=(registration._meta.label, registration.pk),
        by=by,
    )
