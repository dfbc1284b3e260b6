import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import now

from symposia.audit.models import Entry
from symposia.registrations.actions.places import (
    cancel_registration,
    follow_capacity,
    register_clinician,
    register_walk_in,
    release_all_places,
)
from symposia.registrations.models import Places, Registration
from symposia.registrations.policies import (
    ALREADY_QUEUED,
    ALREADY_REGISTERED,
    CAPACITY_BELOW_PLACES,
    FULL,
    NOT_CURRENT,
    NOT_OPEN,
)
from symposia.registrations.queries import position_of, seats_of
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory


def register(activity, clinician=None, source="open"):
    clinician = clinician or ClinicianFactory()
    return register_clinician(clinician, activity, source=source, by=SYSTEM)


def counts(activity):
    places = Places.objects.get(activity=activity)
    return places.taken, places.waiting, places.beyond


def test_whoever_comes_first_gets_the_place_and_the_others_wait_in_order(organisation):
    activity = ActivityFactory(state="open", capacity=1)

    first, second, third = register(activity), register(activity), register(activity)

    assert [r.state for r in (first, second, third)] == ["confirmed", "queued", "queued"]
    assert [position_of(r) for r in (first, second, third)] == [None, 1, 2]
    assert counts(activity) == (1, 2, 0)
    assert seats_of(activity).left == 0


def test_without_a_capacity_everybody_gets_a_place(organisation):
    activity = ActivityFactory(state="open", capacity=None)

    assert {register(activity).state for _ in range(3)} == {"confirmed"}
    assert seats_of(activity).left is None


def test_a_registration_is_journalled_with_the_hash_of_its_row(organisation):
    registration = register(ActivityFactory(state="open"))

    entry = Entry.objects.get(subject_id=registration.pk)
    assert entry.action == "registration.confirmed"
    assert len(entry.row_hash) == 64
    assert registration.ticket_code not in entry.subject_name, "the code opens the door"


def test_a_clinician_has_one_place_and_the_refusal_counts_nothing(organisation):
    activity = ActivityFactory(state="open", capacity=5)
    clinician = ClinicianFactory()
    register(activity, clinician)

    with pytest.raises(Refused) as refused:
        register(activity, clinician)

    assert refused.value.objection == ALREADY_REGISTERED
    assert counts(activity) == (1, 0, 0)


def test_whoever_waits_is_told_that_they_wait(organisation):
    activity = ActivityFactory(state="open", capacity=1)
    clinician = ClinicianFactory()
    register(activity)
    register(activity, clinician)

    with pytest.raises(Refused) as refused:
        register(activity, clinician)

    assert refused.value.objection == ALREADY_QUEUED


@pytest.mark.parametrize("state", ["draft", "approved", "running", "cancelled"])
def test_people_register_only_while_registration_is_open(organisation, state):
    with pytest.raises(Refused) as refused:
        register(ActivityFactory(state=state))

    assert refused.value.objection == NOT_OPEN


def test_the_office_still_registers_while_the_activity_runs(organisation):
    assert register(ActivityFactory(state="running"), source="office").is_confirmed


def test_a_place_given_up_goes_to_whoever_waited_longest(organisation):
    activity = ActivityFactory(state="open", capacity=1)
    first, second, third = register(activity), register(activity), register(activity)

    cancel_registration(first, by=SYSTEM)

    second.refresh_from_db()
    third.refresh_from_db()
    assert second.state == "confirmed"
    assert second.confirmed_at
    assert position_of(third) == 1
    assert counts(activity) == (1, 1, 0)
    assert Entry.objects.filter(action="registration.promoted", subject_id=second.pk).exists()


def test_whoever_leaves_the_queue_frees_no_place(organisation):
    activity = ActivityFactory(state="open", capacity=1)
    _first, second, third = register(activity), register(activity), register(activity)

    cancel_registration(second, by=SYSTEM)

    third.refresh_from_db()
    assert third.is_queued
    assert position_of(third) == 1
    assert counts(activity) == (1, 1, 0)


def test_a_clinician_who_cancelled_may_book_again_behind_the_queue(organisation):
    activity = ActivityFactory(state="open", capacity=1)
    clinician = ClinicianFactory()
    first = register(activity, clinician)
    waiting = register(activity)
    cancel_registration(first, by=SYSTEM)

    again = register(activity, clinician)

    waiting.refresh_from_db()
    assert waiting.is_confirmed
    assert again.is_queued
    assert counts(activity) == (1, 1, 0)


def test_a_place_is_given_up_once(organisation):
    registration = register(ActivityFactory(state="open"))
    cancel_registration(registration, by=SYSTEM)

    with pytest.raises(Refused) as refused:
        cancel_registration(registration, by=SYSTEM)

    assert refused.value.objection == NOT_CURRENT
    assert counts(registration.activity) == (0, 0, 0)


def test_nobody_is_promoted_once_the_activity_has_begun(organisation):
    activity = ActivityFactory(state="open", capacity=1)
    first, second = register(activity), register(activity)
    activity.starts_at = now() - timedelta(minutes=1)
    activity.save()

    cancel_registration(first, by=SYSTEM)

    second.refresh_from_db()
    assert second.is_queued


def test_a_walk_in_over_the_capacity_needs_a_word_of_the_door(organisation):
    activity = ActivityFactory(state="running", capacity=1)
    register_walk_in(ClinicianFactory(), activity, by=SYSTEM)

    with pytest.raises(Refused) as refused:
        register_walk_in(ClinicianFactory(), activity, by=SYSTEM)
    let_in = register_walk_in(ClinicianFactory(), activity, beyond_capacity=True, by=SYSTEM)

    assert refused.value.objection == FULL
    assert let_in.beyond_capacity
    assert counts(activity) == (1, 0, 1)


def test_a_walk_in_beyond_the_capacity_who_leaves_frees_no_place(organisation):
    activity = ActivityFactory(state="open", capacity=1)
    register(activity)
    let_in = register_walk_in(ClinicianFactory(), activity, beyond_capacity=True, by=SYSTEM)

    cancel_registration(let_in, by=SYSTEM)

    assert counts(activity) == (1, 0, 0)


def test_whoever_waits_and_stands_at_the_door_is_let_in_beyond_the_capacity(organisation):
    activity = ActivityFactory(state="open", capacity=1)
    clinician = ClinicianFactory()
    register(activity)
    waiting = register(activity, clinician)

    let_in = register_walk_in(clinician, activity, beyond_capacity=True, by=SYSTEM)

    assert let_in.pk == waiting.pk
    assert let_in.is_confirmed
    assert counts(activity) == (1, 0, 1)


def test_more_places_go_to_the_queue_and_fewer_than_taken_are_refused(organisation):
    activity = ActivityFactory(state="open", capacity=2)
    everybody = [register(activity) for _ in range(4)]

    activity.capacity = 3
    activity.save()
    follow_capacity(activity, by=SYSTEM)
    states = list(Registration.objects.order_by("pk").values_list("state", flat=True))
    activity.capacity = 2
    with pytest.raises(Refused) as refused:
        follow_capacity(activity, by=SYSTEM)

    assert len(everybody) == 4
    assert states == ["confirmed", "confirmed", "confirmed", "queued"]
    assert refused.value.objection == CAPACITY_BELOW_PLACES
    assert str(refused.value) == "3 places are already taken; the capacity cannot be 2."


def test_an_activity_that_will_not_take_place_ends_every_registration(organisation):
    activity = ActivityFactory(state="open", capacity=1)
    register(activity)
    register(activity)

    ended = release_all_places(activity, by=SYSTEM, reason="The speaker is ill")

    assert ended == 2
    assert set(Registration.objects.values_list("state", flat=True)) == {"cancelled"}
    assert set(Registration.objects.values_list("cancelled_because", flat=True)) == {
        "The speaker is ill"
    }
    assert counts(activity) == (0, 0, 0)


def test_the_database_refuses_more_places_than_the_capacity(organisation):
    activity = ActivityFactory(state="open", capacity=1)
    register(activity)

    with pytest.raises(IntegrityError), transaction.atomic():
        Places.objects.get(activity=activity).count(taken=1)


# Races: each thread has its own connection and commits.


def race(organisation, activity, people, work):
    """Run the same work for many people at the same moment; returns what each got."""
    start = threading.Barrier(len(people))

    def one(clinician):
        try:
            start.wait()
            with acting_in(organisation.pk):
                return work(clinician, activity)
        except IntegrityError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(one, people))


def prepared(capacity, people):
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        activity = ActivityFactory(state="open", capacity=capacity)
        return organisation, activity, ClinicianFactory.create_batch(people)


@pytest.mark.django_db(transaction=True)
def test_the_last_seat_is_sold_once_however_many_want_it():
    for _round in range(5):
        organisation, activity, people = prepared(capacity=1, people=12)

        got = race(organisation, activity, people, lambda c, a: register(a, c).state)

        assert sorted(got) == ["confirmed"] + ["queued"] * 11
        with acting_in(organisation.pk):
            assert counts(activity) == (1, 11, 0)


def count_without_lock(clinician, activity):
    """The negative control: the same rule, counted without holding anything."""
    taken = Registration.objects.of(activity).confirmed().count()
    threading.Event().wait(0.2)
    state = "confirmed" if taken < activity.capacity else "queued"
    return Registration.objects.create(
        clinician=clinician,
        activity=activity,
        state=state,
        source="open",
        ticket_code=str(clinician.pk)[-8:],
        confirmed_at=now(),
    ).state


@pytest.mark.django_db(transaction=True)
def test_the_race_is_real_because_counting_without_the_lock_oversells():
    organisation, activity, people = prepared(capacity=1, people=8)

    got = race(organisation, activity, people, count_without_lock)

    assert got.count("confirmed") > 1


@pytest.mark.django_db(transaction=True)
def test_cancelling_and_booking_at_once_never_oversells():
    organisation, activity, people = prepared(capacity=3, people=9)
    with acting_in(organisation.pk):
        for clinician in people:
            register(activity, clinician)

    def give_up_or_come_back(clinician, activity):
        held = Registration.objects.held_by(clinician, activity)
        cancel_registration(held, by=SYSTEM)
        return register(activity, clinician).state

    got = race(organisation, activity, people, give_up_or_come_back)

    assert not [error for error in got if isinstance(error, Exception)]
    with acting_in(organisation.pk):
        confirmed = Registration.objects.of(activity).confirmed().count()
        waiting = Registration.objects.of(activity).queue().count()
        assert counts(activity) == (confirmed, waiting, 0) == (3, 6, 0)


@pytest.mark.django_db(transaction=True)
def test_the_same_clinician_at_the_same_moment_gets_one_place():
    organisation, activity, people = prepared(capacity=5, people=1)

    def ask(clinician, activity):
        try:
            return register(activity, clinician).state
        except Refused as refused:
            return refused.objection.code

    got = race(organisation, activity, people * 6, ask)

    assert sorted(got) == ["already_registered"] * 5 + ["confirmed"]
    with acting_in(organisation.pk):
        assert counts(activity) == (1, 0, 0)
