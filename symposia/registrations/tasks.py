import uuid

from symposia.registrations.actions.line import lapse_offer
from symposia.registrations.actions.places import release_all_places
from symposia.registrations.actions.telling import (
    send_registration_message,
    tell_everybody_of_a_change,
    tell_everybody_of_a_postponement,
    tell_of_session_place,
)
from symposia.registrations.queries import activity_of, choice_of, registration_of
from symposia.shared.actors import job_actor
from symposia.shared.jobs import task

BY = job_actor("registrations")


@task("registrations.tell_person")
def tell_person(registration_id: str, message: str) -> None:
    """Write to the clinician what became of the wish for a place."""
    send_registration_message(registration_of(uuid.UUID(registration_id)), message, by=BY)


@task("registrations.tell_session_place")
def tell_session_place(choice_id: str) -> None:
    """Write to somebody that a place in a session is theirs."""
    tell_of_session_place(choice_of(uuid.UUID(choice_id)), by=BY)


@task("registrations.release_all_places")
def release_places(activity_id: str, reason: str) -> None:
    """End the registrations of an activity that was cancelled."""
    release_all_places(activity_of(uuid.UUID(activity_id)), by=BY, reason=reason)


@task("registrations.tell_change")
def tell_change(activity_id: str) -> None:
    """Tell registered people that time or place changed."""
    tell_everybody_of_a_change(activity_of(uuid.UUID(activity_id)), by=BY)


@task("registrations.tell_postponement")
def tell_postponement(activity_id: str, reason: str) -> None:
    """Tell registered people that the activity does not take place at the time they know."""
    tell_everybody_of_a_postponement(activity_of(uuid.UUID(activity_id)), reason=reason, by=BY)


@task("registrations.lapse_offer")
def lapse(registration_id: str) -> None:
    """End an offer that nobody took in time; the place goes on."""
    lapse_offer(registration_of(uuid.UUID(registration_id)), by=BY)
