from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.compliance.queries.packs import own_amount
from symposia.directory.models import Clinician
from symposia.registrations.events import (
    PlaceCancelled,
    PlaceConfirmed,
    PlacePromoted,
    PlaceQueued,
)
from symposia.registrations.models import Places, Registration, Source, State
from symposia.registrations.policies import (
    may_promote,
    objection_to_another,
    objection_to_cancelling,
    objection_to_capacity,
    objection_to_letting_in,
    objection_to_one_more,
    objection_to_registering,
)
from symposia.registrations.queries import (
    activity_as_it_is,
    places_of_year,
)
from symposia.registrations.statements import as_asked, take_place
from symposia.registrations.tickets import new_code
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.planned import insert, together
from symposia.shared.refusals import Objection, refuse_if


@transaction.atomic
def register_clinician(
    clinician: Clinician, activity: Activity, *, source: str, by: Actor
) -> Registration:
    """Give the clinician a place, or a spot in the queue once all places are taken."""
    activity, current = as_asked(activity.pk, clinician.pk)
    at = now()

    refuse_if(objection_to_registering(activity, clinician, current, source=source, at=at))
    refuse_if(_held_cap(clinician, activity))

    registration = _new(clinician, activity, source, at)
    if not take_place(registration, activity.capacity, at=at):
        _activity, faster = as_asked(activity.pk, clinician.pk)
        refuse_if(objection_to_another(faster))

    with together():  # others wait for this count: all of it is one statement
        record(by, f"registration.{registration.state}", registration)
        if registration.is_confirmed:
            announce(PlaceConfirmed(registration.pk, activity.pk))
        else:
            announce(PlaceQueued(registration.pk, activity.pk))
    return registration


@transaction.atomic
def register_walk_in(
    clinician: Clinician, activity: Activity, *, beyond_capacity: bool = False, by: Actor
) -> Registration:
    """Give a place to somebody who stands at the door; beyond the capacity only if told so."""
    activity = activity_as_it_is(activity.pk)
    over_cap = _held_cap(clinician, activity)
    places = Places.objects.held(activity)
    current = Registration.objects.held_by(clinician, activity)
    at = now()

    waits = current if current and current.is_queued else None
    other = None if waits else current
    refuse_if(objection_to_registering(activity, clinician, other, source="walk_in", at=at))
    refuse_if(objection_to_letting_in(places, beyond_capacity=beyond_capacity))
    refuse_if(over_cap)

    beyond = not places.has_room
    places.count(**({"beyond": 1} if beyond else {"taken": 1}))
    if waits:
        places.count(waiting=-1)
        waits.move(State.CONFIRMED, confirmed_at=at, beyond_capacity=beyond)
    registration = waits or insert(
        _new(clinician, activity, Source.WALK_IN, at, state=State.CONFIRMED, beyond=beyond)
    )

    record(by, "registration.walked_in", registration, details={"beyond_capacity": beyond})
    announce(PlaceConfirmed(registration.pk, activity.pk))
    return registration


def _held_cap(clinician: Clinician, activity: Activity) -> Objection | None:
    """Where a company caps the meetings of a doctor, count them while nobody else does.

    Whoever holds both holds the doctor first and the count of places second.
    """
    if activity.is_independent:
        return None
    cap = own_amount("organisation-policy", "attendee_cap", activity.wall_starts.date())
    if cap is None:
        return None
    Clinician.objects.select_for_update(no_key=True, of=("self",)).get(pk=clinician.pk)
    return objection_to_one_more(places_of_year(clinician, activity), cap)


def _new(
    clinician: Clinician,
    activity: Activity,
    source: str,
    at: datetime,
    *,
    state: State = State.REQUESTED,
    beyond: bool = False,
) -> Registration:
    return Registration(
        clinician=clinician,
        activity=activity,
        source=source,
        state=state,
        ticket_code=new_code(),
        beyond_capacity=beyond,
        requested_at=at,
        confirmed_at=at if state == State.CONFIRMED else None,
    )


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
    announce(PlaceCancelled(registration.pk, activity.pk))
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
        announce(PlacePromoted(waiting.pk, places.activity_id))


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
        announce(PlaceCancelled(registration.pk, activity.pk))
    places.count(taken=-places.taken, waiting=-places.waiting, beyond=-places.beyond)
    return len(registrations)
