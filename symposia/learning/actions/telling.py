from collections.abc import Iterable

from django.db import transaction

from symposia.learning.letters import answer_values, begin_values
from symposia.learning.models import AudienceQuestion
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


@transaction.atomic
def tell_answer(
    answered: AudienceQuestion, asked: Iterable[AudienceQuestion], *, by: Actor
) -> None:
    """Write the answer to a question of a session to whoever asked it, or the same in other words;
    whoever has no address, or no place, reads it on the page of the session."""
    for question in asked:
        if question.registration_id is None:
            continue
        place = Registration.objects.with_people().get(pk=question.registration_id)
        if not place.clinician.email:
            continue
        queue_message(
            "learning.answered",
            to_address=place.clinician.email,
            to_name=place.clinician.called,
            language=place.clinician.language,
            values=answer_values(question, answered, place),
            about=(question._meta.label, question.pk),
            by=by,
        )
