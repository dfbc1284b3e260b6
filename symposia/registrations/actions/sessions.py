"""Places of sessions: a workshop of thirty inside a congress, chosen by whoever registers."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Activity, Session
from symposia.audit.actions import record
from symposia.registrations.events import SessionPlaceGiven
from symposia.registrations.models import (
    CURRENT,
    ChoiceState,
    Places,
    Registration,
    SessionChoice,
    SessionPlaces,
)
from symposia.registrations.queries import activity_as_it_is
from symposia.registrations.session_rules import (
    NOT_CHOSEN_APART,
    may_give_session_places,
    objection_to_choosing,
    objection_to_dropping,
    objection_to_session_capacity,
    objection_to_session_places,
)
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import Objection, refuse_if


@transaction.atomic
def set_session_places(session: Session, capacity: int, *, by: Actor) -> SessionPlaces:
    """Give a session so many places of its own; more go to those who wait for one."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=session.activity_id)
    Places.objects.held(activity)
    places = SessionPlaces.objects.held(activity).get(session.pk)
    before, at = places.capacity if places else None, now()

    refuse_if(objection_to_session_places(activity, session, at=at))
    places = places or SessionPlaces(activity=activity, session=session, capacity=capacity)
    refuse_if(objection_to_session_capacity(places, capacity))

    places.capacity = capacity
    places.save()

    record(by, "session_places.set", places, details={"before": before, "capacity": capacity})
    settle_sessions(activity, at=at, by=by)
    places.refresh_from_db()
    return places


@transaction.atomic
def drop_session_places(places: SessionPlaces, *, by: Actor) -> None:
    """Open a session to everybody at the activity again."""
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=places.activity_id)
    Places.objects.held(activity)
    places = SessionPlaces.objects.held(activity)[places.session_id]

    refuse_if(objection_to_dropping(places))

    record(by, "session_places.removed", places)
    places.delete()


@transaction.atomic
def choose_sessions(
    registration: Registration, session_ids: Collection[uuid.UUID], *, by: Actor
) -> list[SessionChoice]:
    """Settle to which sessions somebody comes: what is new gets a place or waits, what is left out
    is free for others. The first who asks is the first who gets."""
    activity = activity_as_it_is(registration.activity_id)
    Places.objects.held(activity)
    registration = Registration.objects.locked(registration.pk)
    counts = SessionPlaces.objects.held(activity)
    held = {each.session_id: each for each in _choices(registration)}
    wanted = set(session_ids)
    at = now()

    refuse_if(_objection_to_unknown(wanted - counts.keys()))
    sessions = {pk: each.session for pk, each in counts.items()}
    changed = [sessions[pk] for pk in wanted ^ held.keys()]
    chosen = [sessions[pk] for pk in wanted]
    refuse_if(objection_to_choosing(registration, activity, chosen, changed, at=at))

    for pk in held.keys() - wanted:
        _end(held[pk], counts, at=at, by=by)
    asking = [
        _ask(registration, counts[each.pk], at=at, by=by)
        for each in sorted(changed, key=lambda s: s.pk)
        if each.pk in wanted
    ]
    _give(activity, counts, at=at, by=by, asking={each.pk for each in asking})
    return list(_choices(registration))


def _choices(registration: Registration) -> Iterable[SessionChoice]:
    return SessionChoice.objects.of(registration).current().on_the_agenda()


def _objection_to_unknown(unknown: Collection[uuid.UUID]) -> Objection | None:
    if not unknown:
        return None
    named = Session.objects.filter(pk__in=unknown).order_by("pk").first()
    return NOT_CHOSEN_APART.about(session=named.title if named else "")


def _ask(
    registration: Registration, places: SessionPlaces, *, at: datetime, by: Actor
) -> SessionChoice:
    choice = SessionChoice.objects.create(
        activity_id=places.activity_id,
        registration=registration,
        session=places.session,
        state=ChoiceState.QUEUED,
        asked_at=at,
    )
    places.count(waiting=1)
    record(by, "session_choice.made", choice)
    return choice


def _end(
    choice: SessionChoice, counts: Mapping[uuid.UUID, SessionPlaces], *, at: datetime, by: Actor
) -> None:
    places = counts[choice.session_id]
    places.count(**{"waiting" if choice.is_queued else "taken": -1})
    choice.move(ChoiceState.ENDED, ended_at=at)
    record(by, "session_choice.ended", choice)


@transaction.atomic
def settle_sessions(activity: Activity, *, at: datetime, by: Actor) -> None:
    """Whoever does not come leaves their sessions, and what is free there goes to whoever waits
    and has a place at the activity. Where a place may have come free, `move_on` asks for this."""
    counts = SessionPlaces.objects.held(activity)
    if not counts:
        return
    current = SessionChoice.objects.filter(activity=activity).current()
    for choice in current.exclude(registration__state__in=CURRENT).order_by("pk"):
        _end(choice, counts, at=at, by=by)
    _give(activity, counts, at=at, by=by)


def _give(
    activity: Activity,
    counts: Mapping[uuid.UUID, SessionPlaces],
    *,
    at: datetime,
    by: Actor,
    asking: Collection[uuid.UUID] = (),
) -> None:
    """Go along the line of each session; whoever asks only now is told by the page."""
    for places in counts.values():
        free = min(places.left, places.waiting)
        if not free or not may_give_session_places(activity, places.session, at=at):
            continue
        for choice in SessionChoice.objects.line(places.session_id)[:free]:
            choice.move(ChoiceState.CONFIRMED, confirmed_at=at)
            places.count(waiting=-1, taken=1)
            record(by, "session_choice.given", choice)
            if choice.pk not in asking:
                announce(SessionPlaceGiven(choice.pk, choice.registration_id, activity.pk))


def hand_on_sessions(gone: Registration, made: Registration, *, at: datetime, by: Actor) -> None:
    """Whoever comes instead sits in the same rooms, and stands where the other stood in line."""
    for choice in _choices(gone):
        is_confirmed = choice.is_confirmed
        choice.move(ChoiceState.ENDED, ended_at=at)
        record(by, "session_choice.ended", choice)
        taken = SessionChoice.objects.create(
            activity_id=choice.activity_id,
            registration=made,
            session=choice.session,
            state=ChoiceState.CONFIRMED if is_confirmed else ChoiceState.QUEUED,
            asked_at=choice.asked_at,
            confirmed_at=at if is_confirmed else None,
        )
        record(by, "session_choice.taken_over", taken)
