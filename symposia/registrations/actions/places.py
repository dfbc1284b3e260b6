from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.directory.models import Clinician
from symposia.outreach.actions import settle_answer
from symposia.registrations.actions.line import move_on
from symposia.registrations.actions.sessions import settle_sessions
from symposia.registrations.asking import (
    attending_at,
    held_cap,
    new_registration,
    new_wish,
)
from symposia.registrations.events import (
    PlaceCancelled,
    PlaceConfirmed,
    PlaceQueued,
)
from symposia.registrations.models import Counts, Registration, Share, Source, State
from symposia.registrations.policies import (
    objection_to_another,
    objection_to_cancelling,
    objection_to_capacity,
    objection_to_letting_in,
    objection_to_registering,
)
from symposia.registrations.queries import (
    activity_as_it_is,
)
from symposia.registrations.statements import as_asked, take_place
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.planned import insert, together
from symposia.shared.refusals import refuse_if


@transaction.atomic
def register_clinician(
    clinician: Clinician,
    activity: Activity,
    *,
    source: str,
    attending: str = "",
    group: Share | None = None,
    by: Actor,
) -> Registration:
    """Give the clinician a place, or a spot in the queue once all places are taken."""
    clinician = clinician.as_kept
    activity, current, has_shares = as_asked(activity.pk, clinician.pk)
    at = now()

    refuse_if(objection_to_registering(activity, clinician, current, source=source, at=at))
    refuse_if(held_cap(clinician, activity))

    wish = {"attending": attending_at(activity, attending)}
    if has_shares:
        wish = new_wish(clinician, activity, attending, group)
    registration = new_registration(clinician, activity, source, at, **wish)
    taken = take_place(registration, activity.capacity, straight=not has_shares, at=at)
    if not taken.made:
        _activity, faster, _shares = as_asked(activity.pk, clinician.pk)
        refuse_if(objection_to_another(faster))
    if taken.waits_beside_room:
        registration = _asked_beside_room(registration, activity, at=at, by=by)

    with together():  # others wait for this count: all of it is one statement
        record(by, f"registration.{registration.state}", registration)
        if registration.is_confirmed:
            announce(PlaceConfirmed(registration.pk, activity.pk))
        else:
            announce(PlaceQueued(registration.pk, activity.pk))
    return registration


def _asked_beside_room(
    registration: Registration, activity: Activity, *, at: datetime, by: Actor
) -> Registration:
    """Others wait although a place is free: the line says whose it is."""
    counts = Counts.held(activity)
    given = move_on(counts, activity, at=at, by=by, asking={registration.pk})
    return next((row for row in given if row.pk == registration.pk), registration)


@transaction.atomic
def register_walk_in(
    clinician: Clinician, activity: Activity, *, beyond_capacity: bool = False, by: Actor
) -> Registration:
    """Give a place to somebody who stands at the door; beyond the capacity only if told so."""
    clinician = clinician.as_kept
    activity = activity_as_it_is(activity.pk)
    over_cap = held_cap(clinician, activity)
    counts = Counts.held(activity)
    current = Registration.objects.held_by(clinician, activity)
    at = now()

    waits = current if current and not current.is_confirmed else None
    other = None if waits else current
    refuse_if(objection_to_registering(activity, clinician, other, source="walk_in", at=at))
    is_kept = bool(waits and waits.is_offered)
    refuse_if(objection_to_letting_in(counts, beyond_capacity=beyond_capacity or is_kept))
    refuse_if(over_cap)

    beyond = not (counts.has_room_here or is_kept)
    here = counts.here or attending_at(activity)
    if not is_kept:
        counts.let_in(beyond=beyond)
    if waits:
        counts.places.count(waiting=-1 if waits.is_queued else 0)
        attending = waits.attending if is_kept else here
        waits.move(State.CONFIRMED, confirmed_at=at, beyond_capacity=beyond, attending=attending)
    registration = waits or _walked_in(clinician, activity, here, at=at, beyond=beyond)

    record(by, "registration.walked_in", registration, details={"beyond_capacity": beyond})
    announce(PlaceConfirmed(registration.pk, activity.pk))
    settle_sessions(activity, at=at, by=by)
    return registration


def _walked_in(
    clinician: Clinician, activity: Activity, attending: str, *, at: datetime, beyond: bool
) -> Registration:
    row = new_registration(
        clinician,
        activity,
        Source.WALK_IN,
        at,
        state=State.CONFIRMED,
        beyond_capacity=beyond,
        attending=attending,
    )
    return insert(row)


@transaction.atomic
def cancel_registration(registration: Registration, *, by: Actor, reason: str = "") -> Registration:
    """Give up a place or the wish for one; a free place goes to whoever waited longest."""
    activity = activity_as_it_is(registration.activity_id)
    settle_answer(activity, registration.clinician, by=by)
    counts = Counts.held(activity)
    registration = Registration.objects.locked(registration.pk)
    at = now()

    refuse_if(objection_to_cancelling(registration, activity, at=at))

    _count_out(counts, registration)
    registration.move(State.CANCELLED, cancelled_at=at, cancelled_because=reason[:300])

    record(by, "registration.cancelled", registration, reason=reason)
    announce(PlaceCancelled(registration.pk, activity.pk))
    move_on(counts, activity, at=at, by=by)
    return registration


def _count_out(counts: Counts, registration: Registration) -> None:
    if registration.is_queued:
        counts.places.count(waiting=-1)
    elif registration.beyond_capacity:
        counts.places.count(beyond=-1)
    elif registration.state != State.REQUESTED:
        counts.give_back(registration.attending, registration.drawn_from_id)


@transaction.atomic
def follow_capacity(activity: Activity, *, by: Actor) -> None:
    """Take over a new capacity; more places go to the queue, fewer than are taken are refused."""
    counts = Counts.held(activity)
    at = now()

    refuse_if(objection_to_capacity(counts.places, activity.capacity))

    counts.places.capacity = activity.capacity
    counts.places.save(update_fields=["capacity"])
    move_on(counts, activity, at=at, by=by)


@transaction.atomic
def release_all_places(activity: Activity, *, by: Actor, reason: str) -> int:
    """End every registration of an activity that will not take place; returns how many."""
    counts = Counts.held(activity)
    registrations = list(
        Registration.objects.of(activity).current().select_for_update(of=("self",)).order_by("pk")
    )
    at = now()

    for registration in registrations:
        registration.move(State.CANCELLED, cancelled_at=at, cancelled_because=reason[:300])
        record(by, "registration.cancelled", registration, reason=reason)
        announce(PlaceCancelled(registration.pk, activity.pk))
    counts.clear()
    settle_sessions(activity, at=at, by=by)
    return len(registrations)
