"""Places kept for groups and for a form of attendance: given to whom they are kept for."""

import pytest
from django.db import IntegrityError, transaction

from symposia.activities.models import Activity
from symposia.audit.models import Entry
from symposia.registrations.actions.line import set_waitlist_terms
from symposia.registrations.actions.places import (
    cancel_registration,
    follow_capacity,
    register_clinician,
    register_walk_in,
    release_all_places,
)
from symposia.registrations.actions.shares import ShareFacts, change_share, set_places_apart
from symposia.registrations.line import ALL_TAKEN, KEPT_FOR_OTHERS, MODE_FULL
from symposia.registrations.models import Places, Registration, Share
from symposia.registrations.policies import (
    CAPACITY_BELOW_KEPT,
    FULL,
    KEPT_NEEDS_A_LIMIT,
    OTHER_GROUP,
)
from symposia.registrations.share_rules import (
    NOT_HYBRID,
    NOT_SO_MANY_FREE,
    SHARE_BELOW_TAKEN,
    SHARE_TWICE,
)
from symposia.registrations.spots import promoted_by, spot_of
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory

NURSES = ShareFacts(name="Nurses", profession="nurse")
HERE = ShareFacts(form="in_person")


def register(activity, profession="physician", **more):
    clinician = ClinicianFactory(profession=profession)
    return register_clinician(clinician, activity, source="office", by=SYSTEM, **more)


def apart(activity, facts=NURSES, capacity=1):
    return set_places_apart(activity, facts, capacity, by=SYSTEM)


def counts(activity):
    places = Places.objects.get(activity=activity)
    return places.taken, places.waiting, places.kept


def refusal(work):
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.objection


def test_a_place_kept_for_nurses_goes_to_a_nurse_past_those_who_wait(organisation):
    activity = ActivityFactory(state="open", capacity=2)
    share = apart(activity)

    first, second, nurse, late = (
        register(activity),
        register(activity),
        register(activity, "nurse"),
        register(activity, "nurse"),
    )

    assert [r.state for r in (first, second, nurse, late)] == [
        "confirmed",
        "queued",
        "confirmed",
        "queued",
    ]
    assert nurse.drawn_from == share
    assert counts(activity) == (2, 2, 0)
    assert spot_of(second).objection == ALL_TAKEN


def test_whoever_waits_beside_kept_places_is_told_that_they_are_kept(organisation):
    activity = ActivityFactory(state="open", capacity=2)
    apart(activity)
    register(activity)

    waiting = register(activity)

    assert spot_of(waiting).objection == KEPT_FOR_OTHERS
    assert counts(activity) == (1, 1, 1)


def test_a_place_of_the_group_given_up_stays_with_the_group(organisation):
    activity = ActivityFactory(state="open", capacity=2)
    share = apart(activity)
    register(activity)
    nurse, waiting, next_nurse = (
        register(activity, "nurse"),
        register(activity),
        register(activity, "nurse"),
    )

    cancel_registration(nurse, by=SYSTEM)

    waiting.refresh_from_db()
    next_nurse.refresh_from_db()
    share.refresh_from_db()
    assert (waiting.state, next_nurse.state) == ("queued", "confirmed")
    assert (share.taken, share.left) == (1, 0)


def test_a_group_that_is_full_takes_places_open_to_everybody(organisation):
    activity = ActivityFactory(state="open", capacity=2)
    share = apart(activity)

    own, of_all = register(activity, "nurse"), register(activity, "nurse")

    assert (own.drawn_from, of_all.drawn_from) == (share, None)
    assert counts(activity) == (2, 0, 0)


def test_what_a_group_gives_back_goes_along_the_line(organisation):
    activity = ActivityFactory(state="open", capacity=2)
    share = apart(activity)
    register(activity)
    waiting = register(activity)

    change_share(share, 0, by=SYSTEM)

    waiting.refresh_from_db()
    assert waiting.is_confirmed
    assert counts(activity) == (2, 0, 0)


def test_whoever_waits_already_belongs_to_the_group_that_is_made_for_them(organisation):
    activity = ActivityFactory(state="open", capacity=2)
    places_of_all = register(activity)
    register(activity)
    nurse = register(activity, "nurse")
    set_waitlist_terms(activity, offer_hours=None, passes_over=False, by=SYSTEM)
    cancel_registration(register(activity), by=SYSTEM)
    Activity.objects.filter(pk=activity.pk).update(capacity=3)
    activity.refresh_from_db()
    assert nurse.is_queued

    follow_capacity(activity, by=SYSTEM)
    nurse.refresh_from_db()
    late = register(activity, "nurse")
    cancel_registration(places_of_all, by=SYSTEM)
    late.refresh_from_db()

    assert (nurse.state, late.state) == ("confirmed", "confirmed")


def test_guests_belong_to_a_group_because_the_office_says_so(organisation):
    activity = ActivityFactory(state="open", capacity=2)
    share = apart(activity, ShareFacts(name="Guests of M. Rao"), 1)
    register(activity)

    guest = register(activity, group=share)

    assert guest.drawn_from == share
    other = ActivityFactory(state="open", capacity=2)
    apart(other)
    assert refusal(lambda: register(other, group=share)) == OTHER_GROUP


def test_the_room_may_be_full_while_places_online_are_left(organisation):
    activity = ActivityFactory(state="open", capacity=10, delivery="hybrid")
    before = register(activity)
    Registration.objects.filter(pk=before.pk).update(attending="")  # as places were kept once
    apart(activity, HERE, 1)

    here, online = register(activity), register(activity, attending="online")

    before.refresh_from_db()
    assert before.attending == "in_person"
    assert Entry.objects.filter(action="registration.form_settled").count() == 1
    assert (here.state, online.state) == ("queued", "confirmed")
    assert spot_of(here).objection == MODE_FULL

    cancel_registration(before, by=SYSTEM)
    here.refresh_from_db()
    assert here.is_confirmed


def test_the_door_knows_that_the_room_is_full(organisation):
    activity = ActivityFactory(state="open", capacity=10, delivery="hybrid")
    apart(activity, HERE, 1)
    register(activity)

    somebody = ClinicianFactory()
    assert refusal(lambda: register_walk_in(somebody, activity, by=SYSTEM)) == FULL
    let_in = register_walk_in(somebody, activity, beyond_capacity=True, by=SYSTEM)

    assert (let_in.attending, let_in.beyond_capacity) == ("in_person", True)
    assert Share.objects.get().taken == 1


def test_places_are_kept_only_out_of_what_is_free(organisation):
    activity = ActivityFactory(state="open", capacity=2)
    register(activity)

    assert refusal(lambda: apart(activity, capacity=2)) == NOT_SO_MANY_FREE
    share = apart(activity)
    assert refusal(lambda: change_share(share, 2, by=SYSTEM)) == NOT_SO_MANY_FREE
    assert refusal(lambda: apart(activity)) == SHARE_TWICE
    assert counts(activity) == (1, 0, 1)


def test_a_share_is_never_smaller_than_what_is_taken_of_it(organisation):
    activity = ActivityFactory(state="open", capacity=2)
    share = apart(activity)
    register(activity, "nurse")

    assert refusal(lambda: change_share(share, 0, by=SYSTEM)) == SHARE_BELOW_TAKEN


def test_a_capacity_leaves_what_is_kept(organisation):
    activity = ActivityFactory(state="open", capacity=3)
    apart(activity)
    register(activity)
    register(activity)

    activity.capacity = 2
    assert refusal(lambda: follow_capacity(activity, by=SYSTEM)) == CAPACITY_BELOW_KEPT
    activity.capacity = None
    assert refusal(lambda: follow_capacity(activity, by=SYSTEM)) == KEPT_NEEDS_A_LIMIT


@pytest.mark.parametrize(
    ("facts", "capacity", "objection"),
    [(NURSES, None, KEPT_NEEDS_A_LIMIT), (HERE, 10, NOT_HYBRID)],
)
def test_places_are_counted_apart_only_where_it_makes_sense(
    organisation, facts, capacity, objection
):
    activity = ActivityFactory(state="open", capacity=capacity, delivery="in_person")

    assert refusal(lambda: apart(activity, facts)) == objection


def test_another_capacity_says_whom_it_would_move(organisation):
    activity = ActivityFactory(state="open", capacity=2)
    apart(activity)
    register(activity)
    second, _third = register(activity), register(activity)

    assert promoted_by(activity, 3) == [second]
    assert promoted_by(activity, 1) == []
    second.refresh_from_db()
    assert second.is_queued


def test_everything_is_given_back_when_the_activity_will_not_take_place(organisation):
    activity = ActivityFactory(state="open", capacity=2)
    share = apart(activity)
    register(activity, "nurse")
    register(activity)

    release_all_places(activity, by=SYSTEM, reason="Strike")

    share.refresh_from_db()
    assert share.taken == 0
    assert counts(activity) == (0, 0, 1)


def test_the_database_refuses_what_would_take_a_kept_place(organisation):
    activity = ActivityFactory(state="open", capacity=1)
    share = apart(activity)

    with pytest.raises(IntegrityError), transaction.atomic():
        Places.objects.get(activity=activity).count(taken=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        share.count(2)


def test_how_somebody_comes_is_kept_before_forms_are_counted(organisation):
    both = ActivityFactory(state="open", capacity=9, delivery="hybrid")
    here = ActivityFactory(state="open", capacity=9)

    online, usual = register(both, attending="online"), register(both)
    door = register_walk_in(ClinicianFactory(), both, by=SYSTEM)
    elsewhere = register(here, attending="online")

    for each in (online, usual, door, elsewhere):
        each.refresh_from_db()
    said = [each.attending for each in (online, usual, door, elsewhere)]
    assert said == ["online", "in_person", "in_person", ""]
    assert apart(both, ShareFacts(form="online"), 3).taken == 1
