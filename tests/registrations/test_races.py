"""The last seat under contention: two hundred people, parties, offers, second thoughts."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils.timezone import now

from symposia.directory.models import Clinician
from symposia.registrations.actions.line import set_waitlist_terms, take_offer
from symposia.registrations.actions.parties import register_party
from symposia.registrations.actions.places import cancel_registration, register_clinician
from symposia.registrations.actions.replies import ask_for_a_place, register_with_sessions
from symposia.registrations.actions.sessions import choose_sessions, set_session_places
from symposia.registrations.actions.shares import ShareFacts, set_places_apart
from symposia.registrations.models import (
    Places,
    Registration,
    SessionChoice,
    SessionPlaces,
    Share,
    WaitlistTerms,
)
from symposia.registrations.policies import Applicant
from symposia.registrations.spots import answers_now
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.directory import ClinicianFactory

PEOPLE, HANDS = 200, 16
NURSES, KEPT, SEATS = 10, 2, [1, 3]


def contend(organisation, work, things):
    """The same work on many things by many hands at once, each with its own connection."""
    start, left, got = threading.Barrier(HANDS), list(things), []

    def hand(_number):
        try:
            start.wait()
            while left:
                thing = left.pop()
                try:
                    with acting_in(organisation.pk):
                        got.append(work(thing))
                except Refused as refused:
                    got.append(refused.objection.code)
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        list(pool.map(hand, range(HANDS)))
    return got


def register(clinician, activity):
    return register_clinician(clinician, activity, source="open", by=SYSTEM)


def assert_it_adds_up(activity):
    """No place is sold twice, none is lost, and nobody waits beside a place that is theirs."""
    rows, places = Registration.objects.of(activity), Places.objects.get(activity=activity)
    held = rows.filter(state__in=["confirmed", "offered"])
    assert (places.taken, places.waiting) == (held.count(), rows.filter(state="queued").count())
    assert places.taken + places.kept <= activity.capacity
    for share in Share.objects.of(activity):
        of_it = {"drawn_from": share} if share.is_group else {"attending": share.form}
        assert share.taken == held.filter(**of_it).count()
    answers = answers_now(activity, WaitlistTerms.objects.of(activity))
    assert all(answer.objection for answer in answers)
    for seats in SessionPlaces.objects.of(activity):
        chosen = SessionChoice.objects.filter(session=seats.session_id)
        by_state = [chosen.filter(state=state).count() for state in ("confirmed", "queued")]
        assert [seats.taken, seats.waiting] == by_state
        comes = chosen.filter(state="confirmed", registration__state="confirmed")
        assert comes.count() == seats.taken
        assert not (seats.left and SessionChoice.objects.line(seats.session_id).exists())


def last_seats(rounds):
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        people = ClinicianFactory.create_batch(PEOPLE)
    for _round in range(rounds):
        with acting_in(organisation.pk):
            activity = ActivityFactory(state="open", capacity=1)
        got = contend(organisation, lambda c, a=activity: register(c, a).state, people)
        assert (got.count("confirmed"), got.count("queued")) == (1, PEOPLE - 1)
        with acting_in(organisation.pk):
            assert_it_adds_up(activity)


@pytest.mark.django_db(transaction=True)
def test_the_last_seat_is_sold_once_to_two_hundred_in_ten_rounds():
    last_seats(10)


@pytest.mark.nightly
@pytest.mark.django_db(transaction=True)
def test_the_last_seat_is_sold_once_in_fifty_rounds():
    last_seats(50)


@pytest.mark.django_db(transaction=True)
def test_one_address_asked_for_by_many_at_once_is_one_person_with_one_place():
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        activity = ActivityFactory(state="open", capacity=PEOPLE)
    asked = [Applicant("Meera Nair", "Meera@example.org", "physician")] * HANDS

    contend(
        organisation,
        lambda one: ask_for_a_place(one, activity, organisation=organisation, by=SYSTEM),
        asked,
    )

    with acting_in(organisation.pk):
        assert Clinician.objects.filter(email="meera@example.org").count() == 1
        assert Registration.objects.of(activity).count() == 1


@pytest.mark.django_db(transaction=True)
def test_looking_without_waiting_brings_in_one_address_twice():
    """The negative control: whoever looks before the other has written finds nobody."""
    organisation, looked = OrganisationFactory(), threading.Barrier(2)

    def come_in(_number):
        with acting_in(organisation.pk):
            known = Clinician.objects.by_email("meera@example.org").first()
            looked.wait()
            if known is None:
                ClinicianFactory(email="meera@example.org")
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(come_in, range(2)))

    with acting_in(organisation.pk):
        assert Clinician.objects.filter(email="meera@example.org").count() == 2


def last_seats_of_sessions(rounds, number=PEOPLE):
    """Everybody registers at once for a congress and its two workshops of one and of three; two
    places are kept for nurses. Then whoever holds what is scarce gives it up at once."""
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        people = ClinicianFactory.create_batch(number - NURSES)
        people += ClinicianFactory.create_batch(NURSES, profession="nurse")
    for _round in range(rounds):
        with acting_in(organisation.pk):
            activity, wanted = congress(number // 2)

        def both(clinician, activity=activity, wanted=wanted):
            made = register_with_sessions(clinician, activity, wanted, source="open", by=SYSTEM)
            return made.state

        random.shuffle(people)
        got = contend(organisation, both, people)
        assert got.count("confirmed") == number // 2
        leaving = assert_everything_is_sold(organisation, activity, wanted)

        gone = contend(organisation, lambda c, a=activity: give_up(c, a), leaving)

        assert gone == ["cancelled"] * len(leaving)
        assert_everything_is_sold(organisation, activity, wanted)


def congress(capacity):
    """With two workshops inside and places kept for a group."""
    activity = ActivityFactory(state="open", capacity=capacity, minutes=480)
    set_waitlist_terms(activity, offer_hours=None, passes_over=True, by=SYSTEM)
    set_places_apart(activity, ShareFacts(name="Nurses", profession="nurse"), KEPT, by=SYSTEM)
    sessions = [SessionFactory(activity=activity, minutes=60, after=60 * n) for n in (0, 1)]
    for session, seats in zip(sessions, SEATS, strict=True):
        set_session_places(session, seats, by=SYSTEM)
    return activity, [session.pk for session in sessions]


def assert_everything_is_sold(organisation, activity, workshops):
    """Each place, each seat and each place of the group once; who holds the scarce ones."""
    with acting_in(organisation.pk):
        assert_it_adds_up(activity)
        coming = Registration.objects.of(activity).confirmed()
        assert coming.count() == activity.capacity
        assert [share.taken for share in Share.objects.of(activity)] == [KEPT]
        seated = SessionChoice.objects.filter(activity=activity, state="confirmed")
        assert [seated.filter(session=pk).count() for pk in workshops] == SEATS
        scarce = coming.filter(pk__in=seated.values("registration")) | coming.exclude(
            drawn_from=None
        )
        return [place.clinician for place in scarce.select_related("clinician").distinct()]


def give_up(clinician, activity):
    held = Registration.objects.held_by(clinician, activity)
    return cancel_registration(held, by=SYSTEM).state if held else "nothing"


@pytest.mark.django_db(transaction=True)
def test_the_last_seat_of_a_workshop_is_sold_once_to_sixty_in_two_rounds():
    last_seats_of_sessions(2, 60)


@pytest.mark.nightly
@pytest.mark.django_db(transaction=True)
def test_the_last_seat_of_a_workshop_is_sold_once_to_two_hundred_in_fifty_rounds():
    last_seats_of_sessions(50)


def something(chance, activity, people, sessions=()):
    """One thing that somebody does at a busy activity."""

    def register_one(clinician):
        attending = chance.choice(["in_person", "online"])
        made = register_clinician(
            clinician, activity, source="open", attending=attending, by=SYSTEM
        )
        return made.state

    def leave(clinician):
        return give_up(clinician, activity)

    def say_yes(clinician):
        held = Registration.objects.held_by(clinician, activity)
        return take_offer(held, by=SYSTEM).state if held else "nothing"

    def come_together(clinician):
        others = chance.sample(people, chance.randint(1, 3))
        everybody = [clinician, *(each for each in others if each != clinician)]
        register_party(everybody, activity, name="Ward 3", source="office", by=SYSTEM)
        return "party"

    def choose(clinician):
        held = Registration.objects.held_by(clinician, activity)
        wanted = chance.sample(sessions, chance.randint(0, len(sessions)))
        if held:
            choose_sessions(held, [each.pk for each in wanted], by=SYSTEM)
        return "chosen"

    return chance.choice(
        [register_one, register_one, leave, say_yes, come_together, *[choose] * len(sessions)]
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("passes_over", [False, True])
@pytest.mark.parametrize("offer_hours", [None, 24])
def test_second_thoughts_of_everybody_at_once_lose_and_invent_no_place(passes_over, offer_hours):
    organisation, chance = OrganisationFactory(), random.Random(7)  # noqa: S311
    with acting_in(organisation.pk):
        activity = ActivityFactory(state="open", capacity=12, delivery="hybrid")
        people = ClinicianFactory.create_batch(25)
        people += ClinicianFactory.create_batch(15, profession="nurse")
        nurses = ShareFacts(name="Nurses", profession="nurse")
        set_places_apart(activity, nurses, 3, by=SYSTEM)
        set_places_apart(activity, ShareFacts(form="in_person"), 8, by=SYSTEM)
        set_waitlist_terms(activity, offer_hours=offer_hours, passes_over=passes_over, by=SYSTEM)
        sessions = [SessionFactory(activity=activity, after=20 * n, minutes=20) for n in range(2)]
        for each, capacity in zip(sessions, (1, 4), strict=True):
            set_session_places(each, capacity, by=SYSTEM)
    steps = [
        (something(chance, activity, people, sessions), chance.choice(people)) for _ in range(200)
    ]

    got = contend(organisation, lambda step: step[0](step[1]), steps)

    assert len(got) == len(steps)
    assert {"confirmed", "cancelled"} <= set(got)
    with acting_in(organisation.pk):
        assert_it_adds_up(activity)


def count_without_lock(clinician, activity):
    """The negative control: a promotion that reads the count without holding it."""
    places = Places.objects.get(activity=activity)
    threading.Event().wait(0.05)
    if places.taken < activity.capacity:
        Places.objects.filter(pk=places.pk).update(taken=places.taken + 1)
        return Registration.objects.create(
            clinician=clinician,
            activity=activity,
            state="confirmed",
            source="open",
            ticket_code=str(clinician.pk)[-8:],
            confirmed_at=now(),
        ).state
    return "queued"


@pytest.mark.django_db(transaction=True)
def test_the_check_sees_places_that_were_counted_without_the_lock():
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        activity = ActivityFactory(state="open", capacity=1)
        Places.objects.held(activity)
        people = ClinicianFactory.create_batch(HANDS)

    got = contend(organisation, lambda c: count_without_lock(c, activity), people)

    assert got.count("confirmed") > 1
    with acting_in(organisation.pk), pytest.raises(AssertionError):
        assert_it_adds_up(activity)


def choose_without_lock(registration, session):
    """The negative control of a workshop: its seats are read without holding them."""
    seats = SessionPlaces.objects.get(session=session)
    threading.Event().wait(0.05)
    if not seats.left:
        return "full"
    SessionPlaces.objects.filter(pk=seats.pk).update(taken=seats.taken + 1)
    return SessionChoice.objects.create(
        activity_id=registration.activity_id,
        registration=registration,
        session=session,
        state="confirmed",
        confirmed_at=now(),
    ).state


@pytest.mark.django_db(transaction=True)
def test_the_check_sees_seats_of_a_workshop_that_were_counted_without_the_lock():
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        activity = ActivityFactory(state="open", capacity=HANDS)
        session = SessionFactory(activity=activity)
        set_session_places(session, 1, by=SYSTEM)
        places = [
            register(clinician, activity) for clinician in ClinicianFactory.create_batch(HANDS)
        ]
        assert_it_adds_up(activity)

    got = contend(organisation, lambda place: choose_without_lock(place, session), places)

    assert got.count("confirmed") > 1
    with acting_in(organisation.pk), pytest.raises(AssertionError):
        assert_it_adds_up(activity)


def test_the_check_sees_a_place_that_came_free_and_was_given_to_nobody(organisation):
    activity = ActivityFactory(state="open", capacity=1)
    first, second = (
        register(clinician, activity) for clinician in ClinicianFactory.create_batch(2)
    )
    assert (first.state, second.state) == ("confirmed", "queued")
    assert_it_adds_up(activity)

    Registration.objects.filter(pk=first.pk).update(state="cancelled", cancelled_at=now())
    Places.objects.filter(activity=activity).update(taken=0)

    with pytest.raises(AssertionError):
        assert_it_adds_up(activity)
