"""The line moves: places that are free go to those who wait, at once or as an offer."""

import uuid
from collections.abc import Collection, Iterator
from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.registrations.actions.sessions import settle_sessions
from symposia.registrations.events import (
    OfferLapsed,
    PlaceConfirmed,
    PlaceOffered,
    PlacePromoted,
)
from symposia.registrations.line import Answer, answers_of
from symposia.registrations.models import Counts, Registration, Share, State, WaitlistTerms
from symposia.registrations.policies import (
    may_promote,
    objection_to_taking_an_offer,
    objection_to_terms,
    offer_ends,
)
from symposia.registrations.queries import activity_as_it_is
from symposia.registrations.spots import room_of, waits_of
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.refusals import refuse_if


def move_on(
    counts: Counts,
    activity: Activity,
    *,
    at: datetime,
    by: Actor,
    asking: Collection[uuid.UUID] = (),
) -> list[Registration]:
    """After places of an activity moved: what is free goes along the line, then whoever does not
    come leaves their sessions, and what is free there follows. Returns those who got a place."""
    got = _give_free_places(counts, activity, at=at, by=by, asking=asking)
    settle_sessions(activity, at=at, by=by)
    return got


def _give_free_places(
    counts: Counts,
    activity: Activity,
    *,
    at: datetime,
    by: Actor,
    asking: Collection[uuid.UUID] = (),
) -> list[Registration]:
    """Go along the line of counts that are held; whoever asks only now gets a place at once, and
    is told by the caller. Returns those who got one."""
    room, moves = room_of(counts), may_promote(activity, at=at)
    if room.is_used_up or not counts.places.waiting or not (moves or asking):
        return []
    terms = WaitlistTerms.objects.of(activity)
    answers = answers_of(waits_of(activity), room, passes_over=terms.passes_over)
    given = [a for a in answers if not a.objection and (moves or set(a.wait.members) <= {*asking})]
    until = offer_ends(terms, activity, at=at)
    got = []
    for row, group in _with_groups(given, counts):
        counts.places.count(waiting=-1)
        counts.hold(row.attending, group)
        row.drawn_from = group
        if row.pk in asking:
            row.move(State.CONFIRMED, confirmed_at=at, drawn_from=group)
        else:
            _give(row, until, at=at, by=by)
        got.append(row)
    return got


def _with_groups(
    given: list[Answer], counts: Counts
) -> Iterator[tuple[Registration, Share | None]]:
    """Everybody who gets a place, and the group out of whose places it is taken."""
    wanted = [pk for answer in given for pk in answer.wait.members]
    rows = Registration.objects.select_for_update(of=("self",)).order_by("pk").in_bulk(wanted)
    for answer in given:
        drawn = dict(answer.drawn)
        for pk in answer.wait.members:
            group = rows[pk].group_id
            is_own = bool(group and drawn.get(group))
            if group and is_own:
                drawn[group] -= 1
            yield rows[pk], counts.groups[group] if group and is_own else None


def _give(row: Registration, until: datetime | None, *, at: datetime, by: Actor) -> None:
    if until is None:
        row.move(State.CONFIRMED, confirmed_at=at, drawn_from=row.drawn_from)
        record(by, "registration.promoted", row)
        announce(PlacePromoted(row.pk, row.activity_id))
    else:
        row.move(State.OFFERED, offered_at=at, offered_until=until, drawn_from=row.drawn_from)
        record(by, "registration.offered", row, details={"until": until.isoformat()})
        announce(PlaceOffered(row.pk, row.activity_id, until))


@transaction.atomic
def take_offer(registration: Registration, *, by: Actor) -> Registration:
    """Say yes to a place that came free."""
    registration = Registration.objects.locked(registration.pk)
    at = now()

    refuse_if(objection_to_taking_an_offer(registration, at=at))

    registration.move(State.CONFIRMED, confirmed_at=at)

    record(by, "registration.offer_taken", registration)
    announce(PlaceConfirmed(registration.pk, registration.activity_id))
    settle_sessions(registration.activity, at=at, by=by)
    return registration


@transaction.atomic
def lapse_offer(registration: Registration, *, by: Actor) -> bool:
    """End an offer whose time is over and let the place go on; says whether it was one."""
    activity = activity_as_it_is(registration.activity_id)
    counts = Counts.held(activity)
    registration = Registration.objects.locked(registration.pk)
    at = now()
    if not registration.is_offered or objection_to_taking_an_offer(registration, at=at) is None:
        return False

    counts.give_back(registration.attending, registration.drawn_from_id)
    registration.move(State.LAPSED)

    record(by, "registration.offer_lapsed", registration)
    announce(OfferLapsed(registration.pk, activity.pk))
    move_on(counts, activity, at=at, by=by)
    return True


@transaction.atomic
def set_waitlist_terms(
    activity: Activity, *, offer_hours: int | None, passes_over: bool, by: Actor
) -> WaitlistTerms:
    """Settle how places that come free are given out; who fits by the new terms gets one."""
    activity = activity_as_it_is(activity.pk)
    counts = Counts.held(activity)
    at = now()

    refuse_if(objection_to_terms(activity, at=at))

    terms, _made = WaitlistTerms.objects.update_or_create(
        activity=activity, defaults={"offer_hours": offer_hours, "passes_over": passes_over}
    )

    record(by, "waitlist.settled", terms)
    move_on(counts, activity, at=at, by=by)
    return terms
