from collections.abc import Iterator
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from symposia.accounts.models import Organisation
from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.directory.models import Clinician
from symposia.notifications.actions import queue_message
from symposia.notifications.calendar import calendar_cancellation, calendar_request
from symposia.notifications.policies import objection_to_address
from symposia.registrations.events import (
    PlaceCancelled,
    PlaceConfirmed,
    PlacePromoted,
    PlaceQueued,
)
from symposia.registrations.letters import meeting_of, values_of
from symposia.registrations.models import Places, Registration, Source, State
from symposia.registrations.policies import (
    may_promote,
    objection_to_cancelling,
    objection_to_capacity,
    objection_to_letting_in,
    objection_to_registering,
    state_of,
)
from symposia.registrations.queries import (
    activity_as_it_is,
    position_of,
    this_organisation,
    was_told,
)
from symposia.registrations.tickets import new_code
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


@transaction.atomic
def register_clinician(
    clinician: Clinician, activity: Activity, *, source: str, by: Actor
) -> Registration:
    """Give the clinician a place, or a spot in the queue once all places are taken."""
    activity = activity_as_it_is(activity.pk)
    waiting = Places.objects.take(activity)
    current = Registration.objects.held_by(clinician, activity)
    at = now()

    refuse_if(objection_to_registering(activity, clinician, current, source=source, at=at))

    registration = _new(clinician, activity, source, state_of(waiting), at)

    record(by, f"registration.{registration.state}", registration)
    if registration.is_confirmed:
        announce(PlaceConfirmed(registration.pk))
    else:
        announce(PlaceQueued(registration.pk))
    return registration


@transaction.atomic
def register_walk_in(
    clinician: Clinician, activity: Activity, *, beyond_capacity: bool = False, by: Actor
) -> Registration:
    """Give a place to somebody who stands at the door; beyond the capacity only if told so."""
    activity = activity_as_it_is(activity.pk)
    places = Places.objects.held(activity)
    current = Registration.objects.held_by(clinician, activity)
    at = now()

    refuse_if(objection_to_registering(activity, clinician, current, source="walk_in", at=at))
    refuse_if(objection_to_letting_in(places, beyond_capacity=beyond_capacity))

    beyond = not places.has_room
    places.count(**({"beyond": 1} if beyond else {"taken": 1}))
    registration = _new(clinician, activity, Source.WALK_IN, State.CONFIRMED, at, beyond=beyond)

    record(by, "registration.walked_in", registration, details={"beyond_capacity": beyond})
    announce(PlaceConfirmed(registration.pk))
    return registration


def _new(
    clinician: Clinician,
    activity: Activity,
    source: str,
    state: State,
    at: datetime,
    *,
    beyond: bool = False,
) -> Registration:
    registration = Registration(
        clinician=clinician,
        activity=activity,
        source=source,
        state=state,
        ticket_code=new_code(),
        beyond_capacity=beyond,
        requested_at=at,
        confirmed_at=at if state == State.CONFIRMED else None,
    )
    registration.save(force_insert=True)
    return registration


@transaction.atomic
def cancel_registration(registration: Registration, *, by: Actor, reason: str = "") -> Registration:
    """Give up a place or the wish for one; a free place goes to whoever waited longest."""
    activity = activity_as_it_is(registration.activity_id)
    places = Places.objects.held(activity)
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    at = now()

    refuse_if(objection_to_cancelling(registration, activity, at=at))

    places.count(**{_counted_as(registration): -1})
    registration.move(State.CANCELLED, cancelled_at=at)

    record(by, "registration.cancelled", registration, reason=reason)
    announce(PlaceCancelled(registration.pk))
    if may_promote(activity, at=at):
        _promote(places, by=by, at=at)
    return registration


def _counted_as(registration: Registration) -> str:
    if registration.is_queued:
        return "waiting"
    return "beyond" if registration.beyond_capacity else "taken"


def _promote(places: Places, *, by: Actor, at: datetime) -> None:
    for waiting in _next_in_line(places):
        places.count(taken=1, waiting=-1)
        waiting.move(State.CONFIRMED, confirmed_at=at)
        record(by, "registration.promoted", waiting)
        announce(PlacePromoted(waiting.pk))


def _next_in_line(places: Places) -> Iterator[Registration]:
    """Whoever waited longest, again and again, while there is room."""
    queue = Registration.objects.of(places.activity).queue().select_for_update(of=("self",))
    while places.has_room and (waiting := queue.first()):
        yield waiting


@transaction.atomic
def follow_capacity(activity: Activity, *, by: Actor) -> None:
    """Take over a new capacity; more places go to the queue, fewer than are taken are refused."""
    places = Places.objects.held(activity)
    at = now()

    refuse_if(objection_to_capacity(places, activity.capacity))

    places.capacity = activity.capacity
    places.save(update_fields=["capacity"])
    if may_promote(activity, at=at):
        _promote(places, by=by, at=at)


@transaction.atomic
def release_all_places(activity: Activity, *, by: Actor, reason: str) -> int:
    """End every registration of an activity that will not take place; returns how many."""
    places = Places.objects.held(activity)
    registrations = list(
        Registration.objects.of(activity).current().select_for_update(of=("self",)).order_by("pk")
    )
    at = now()

    for registration in registrations:
        registration.move(State.CANCELLED, cancelled_at=at)
        record(by, "registration.cancelled", registration, reason=reason)
        announce(PlaceCancelled(registration.pk))
    places.count(taken=-places.taken, waiting=-places.waiting, beyond=-places.beyond)
    return len(registrations)


@transaction.atomic
def send_registration_message(registration: Registration, message: str, *, by: Actor) -> None:
    """Write to the clinician what became of the wish for a place, once, with the calendar entry."""
    code = f"registrations.{message}"
    organisation = this_organisation()
    clinician = registration.clinician
    if objection_to_address(clinician.email) or was_told(registration, code):
        return
    at = now()

    queue_message(
        code,
        to_address=clinician.email,
        to_name=clinician.called,
        language=clinician.language or organisation.language,
        values=values_of(registration, organisation, position=position_of(registration)),
        calendar=_calendar(registration, message, organisation, at=at),
        about=(registration._meta.label, registration.pk),
        by=by,
    )


def _calendar(
    registration: Registration, message: str, organisation: Organisation, *, at: datetime
) -> bytes | None:
    if message == "place_queued":
        return None
    meeting = meeting_of(registration, organisation, at=at)
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    write = calendar_cancellation if message == "place_cancelled" else calendar_request
    return write(meeting, organiser_address=address, at=at)
