"""Places of sessions: chosen at registration, a line of their own, nobody in two rooms at once."""

import pytest
import time_machine

from symposia.audit.models import Entry
from symposia.notifications.models import Delivery
from symposia.registrations.actions.admission import approve_request, decline_request, request_place
from symposia.registrations.actions.places import cancel_registration, release_all_places
from symposia.registrations.actions.replies import register_with_sessions
from symposia.registrations.actions.sessions import (
    choose_sessions,
    drop_session_places,
    set_session_places,
)
from symposia.registrations.actions.substitution import substitute
from symposia.registrations.actions.telling import tell_of_session_place
from symposia.registrations.choosing import options_of, seats_by_registration
from symposia.registrations.models import Registration, SessionChoice, SessionPlaces
from symposia.registrations.policies import NOT_CURRENT
from symposia.registrations.queries import choice_of
from symposia.registrations.session_rules import (
    BREAKS_HAVE_NO_PLACES,
    NOT_CHOSEN_APART,
    SAME_TIME,
    SESSION_BELOW_TAKEN,
    SESSION_CHOSEN,
    SESSION_HAS_BEGUN,
)
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.directory import ClinicianFactory


@pytest.fixture
def congress(organisation):
    return ActivityFactory(state="open", capacity=3, minutes=480)


def workshop(congress, capacity=1, after=0, **more):
    session = SessionFactory(activity=congress, after=after, minutes=60, **more)
    set_session_places(session, capacity, by=SYSTEM)
    return session


def register(congress, *sessions):
    pks = [each.pk for each in sessions]
    return register_with_sessions(ClinicianFactory(), congress, pks, source="office", by=SYSTEM)


def choose(registration, *sessions):
    return choose_sessions(registration, [each.pk for each in sessions], by=SYSTEM)


def states(registration):
    return [each.choice.state for each in options_of(registration) if each.choice]


def counts(session):
    places = SessionPlaces.objects.get(session=session)
    return places.taken, places.waiting


def refusal(work):
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.objection


def test_the_last_place_of_a_session_goes_to_whoever_asks_first(congress):
    ultrasound = workshop(congress)

    first, second = register(congress, ultrasound), register(congress, ultrasound)

    assert (first.state, second.state) == ("confirmed", "confirmed")
    assert (states(first), states(second)) == (["confirmed"], ["queued"])
    assert options_of(second)[0].position == 1
    assert counts(ultrasound) == (1, 1)
    assert seats_by_registration(congress) == {first.pk: (str(ultrasound.pk),)}


def test_a_place_given_up_in_one_session_goes_to_the_next_who_is_told_once(congress):
    ultrasound, suture = workshop(congress), workshop(congress, after=60)
    first, second = register(congress, ultrasound, suture), register(congress, ultrasound)

    choose(first, suture)
    choice = SessionChoice.objects.get(registration=second)
    tell_of_session_place(choice_of(choice.pk), by=SYSTEM)
    tell_of_session_place(choice_of(choice.pk), by=SYSTEM)

    assert (states(first), states(second)) == (["confirmed"], ["confirmed"])
    assert counts(ultrasound) == (1, 0)
    told = Delivery.objects.get(template_code="registrations.session_place_given")
    assert ultrasound.title in told.subject
    assert "When" in told.text


def test_whoever_does_not_come_leaves_their_sessions_to_others(congress):
    ultrasound = workshop(congress)
    first, second = register(congress, ultrasound), register(congress, ultrasound)

    cancel_registration(first, by=SYSTEM)

    assert (states(first), states(second)) == ([], ["confirmed"])
    assert counts(ultrasound) == (1, 0)


def test_whoever_waits_for_the_activity_takes_no_place_of_a_session_before_they_may_come(congress):
    ultrasound = workshop(congress)
    others = [register(congress) for _number in range(3)]
    waiting, late = register(congress, ultrasound), others[0]
    assert (waiting.state, states(waiting)) == ("queued", ["queued"])

    choose(late, ultrasound)
    assert states(late) == ["confirmed"]
    choose(late)
    assert counts(ultrasound) == (0, 1)

    cancel_registration(others[1], by=SYSTEM)

    waiting.refresh_from_db()
    assert (waiting.state, states(waiting)) == ("confirmed", ["confirmed"])


def test_a_request_gets_its_sessions_with_the_yes_and_leaves_them_with_the_no(congress):
    ultrasound = workshop(congress, capacity=2)
    yes, no = (request_place(ClinicianFactory(), congress, by=SYSTEM) for _number in range(2))
    choose(yes, ultrasound)
    choose(no, ultrasound)
    assert counts(ultrasound) == (0, 2)

    approve_request(yes, by=SYSTEM)
    decline_request(no, reason="Full", by=SYSTEM)

    assert (states(yes), states(no)) == (["confirmed"], [])
    assert counts(ultrasound) == (1, 0)


def test_nobody_is_in_two_rooms_at_once_and_nothing_is_written(congress):
    first, second = workshop(congress, after=0, title="A"), workshop(congress, after=30, title="B")

    said = refusal(lambda: register(congress, first, second))

    assert said == SAME_TIME
    assert "“A” and “B” are at the same time" in str(said)
    assert not Registration.objects.exists()


def test_what_is_open_to_everybody_or_has_begun_is_not_chosen(congress):
    plenary = SessionFactory(activity=congress, title="Plenary")
    early = workshop(congress, after=0)
    registration = register(congress)

    assert refusal(lambda: choose(registration, plenary)) == NOT_CHOSEN_APART
    with time_machine.travel(early.starts_at):
        assert refusal(lambda: choose(registration, early)) == SESSION_HAS_BEGUN


def test_whoever_gave_up_chooses_nothing(congress):
    session, registration = workshop(congress), register(congress)
    cancel_registration(registration, by=SYSTEM)

    assert refusal(lambda: choose(registration, session)) == NOT_CURRENT


def test_more_places_go_along_the_line_and_fewer_than_are_taken_are_refused(congress):
    ultrasound = workshop(congress)
    register(congress, ultrasound)
    waiting = register(congress, ultrasound)

    assert refusal(lambda: set_session_places(ultrasound, 0, by=SYSTEM)) == SESSION_BELOW_TAKEN
    set_session_places(ultrasound, 2, by=SYSTEM)

    assert states(waiting) == ["confirmed"]
    assert counts(ultrasound) == (2, 0)


def test_a_session_is_open_to_everybody_again_only_while_nobody_chose_it(congress):
    chosen, free = workshop(congress), workshop(congress, after=60)
    register(congress, chosen)
    of_chosen, of_free = SessionPlaces.objects.order_by("pk")

    assert refusal(lambda: drop_session_places(of_chosen, by=SYSTEM)) == SESSION_CHOSEN
    drop_session_places(of_free, by=SYSTEM)

    assert [each.session for each in SessionPlaces.objects.all()] == [chosen]
    assert Entry.objects.filter(action="session_places.removed").count() == 1
    assert free.pk is not None


def test_a_break_has_no_places(congress):
    pause = SessionFactory(activity=congress, is_break=True, creditable_minutes=0)

    assert refusal(lambda: set_session_places(pause, 3, by=SYSTEM)) == BREAKS_HAVE_NO_PLACES


def test_whoever_comes_instead_sits_in_the_same_rooms(congress):
    full, other = workshop(congress), workshop(congress, after=60)
    gone, waiting = register(congress, full, other), register(congress, full)

    made = substitute(gone, ClinicianFactory(), by=SYSTEM)

    assert (states(gone), states(made), states(waiting)) == (
        [],
        ["confirmed", "confirmed"],
        ["queued"],
    )
    assert counts(full) == (1, 1)


def test_a_cancelled_activity_gives_no_session_to_anybody(congress):
    ultrasound = workshop(congress)
    register(congress, ultrasound)
    register(congress, ultrasound)

    release_all_places(congress, by=SYSTEM, reason="Storm")

    assert counts(ultrasound) == (0, 0)
    assert not SessionChoice.objects.current().exists()
