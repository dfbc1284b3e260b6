from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from symposia.activities.actions.keeping import keep_for_sessions
from symposia.activities.actions.lifecycle import cancel_activity, postpone_activity
from symposia.activities.actions.planning import change_activity
from symposia.activities.actions.sessions import (
    NewTime,
    add_session,
    assign_faculty,
    choose_equipment,
    move_session,
    remove_faculty,
    remove_session,
)
from symposia.activities.actions.venues import (
    VenueFacts,
    add_equipment,
    add_room,
    add_venue,
    change_venue,
    remove_room,
    retire_equipment,
    retire_venue,
)
from symposia.activities.models import Booking, Room, Session, Venue
from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.activities.test_actions import EVENING, code_of, facts, slot
from tests.factories.accounts import OrganisationFactory
from tests.factories.activities import ActivityFactory, SessionFactory
from tests.factories.directory import ClinicianFactory

pytestmark = pytest.mark.django_db
HOUSE = VenueFacts("Harbour Centre", "Boston", "US", "1 Pier Road")


def room(name="Hall A", seats=90):
    venue = Venue.objects.first() or add_venue(HOUSE, by=SYSTEM)
    return add_room(venue, name=name, seats=seats, by=SYSTEM)


def in_room(place, activity=None, after=0, **more):
    at = EVENING + timedelta(minutes=after)
    asked = slot(place=place, wall_starts=at, **more)
    return add_session(activity or ActivityFactory(), asked, by=SYSTEM)


def test_a_room_is_kept_and_its_name_is_printed(organisation):
    session = in_room(room())

    kept = Booking.objects.get()
    assert session.room == "Hall A"
    assert (kept.room, kept.starts_at, kept.ends_at) == (
        session.place,
        session.starts_at,
        session.ends_at,
    )


def test_two_activities_never_have_one_room_at_one_time(organisation):
    place = room()
    first = in_room(place, title="Stroke")

    with pytest.raises(Refused) as refused:
        in_room(place, ActivityFactory(), after=39)

    said = str(refused.value)
    assert refused.value.objection.code == "taken"
    assert "Hall A is needed from 11 Mar 2027, 18:30 to 11 Mar 2027, 19:10 in “Stroke”" in said
    assert first.activity.number in said
    assert Session.objects.count() == 1


def test_sessions_that_touch_share_a_room(organisation):
    place = room()
    in_room(place)

    in_room(place, ActivityFactory(), after=40)

    assert Booking.objects.count() == 2


def test_two_rooms_of_one_time_are_no_clash(organisation):
    in_room(room("Hall A"))

    in_room(room("Hall B"))

    assert Booking.objects.count() == 2


def test_the_clock_of_another_zone_is_another_time(organisation):
    place = room()
    in_room(place)
    elsewhere = ActivityFactory(zone="Asia/Kolkata")

    in_room(place, elsewhere)

    assert Booking.objects.count() == 2


def test_nobody_of_the_directory_teaches_twice_at_once(organisation):
    clinician = ClinicianFactory()
    first, second = in_room(room("A")), in_room(room("B"), after=10)
    assign_faculty(first, clinician=clinician, by=SYSTEM)

    found = code_of(lambda: assign_faculty(second, clinician=clinician, by=SYSTEM))

    assert found == "taken"
    assert not second.faculty.exists()
    assign_faculty(first, clinician=clinician, role="chair", by=SYSTEM)
    remove_faculty(first.faculty.first(), by=SYSTEM)
    remove_faculty(first.faculty.first(), by=SYSTEM)
    assign_faculty(second, clinician=clinician, by=SYSTEM)


def test_a_thing_is_in_one_place_at_a_time(organisation):
    simulator = add_equipment("Simulator", by=SYSTEM)
    assert add_equipment(" Simulator ", by=SYSTEM) == simulator
    first, second = in_room(room("A")), in_room(room("B"))
    choose_equipment(first, [simulator], by=SYSTEM)
    choose_equipment(first, [simulator], by=SYSTEM)

    found = code_of(lambda: choose_equipment(second, [simulator], by=SYSTEM))

    assert found == "taken"
    assert Entry.objects.filter(action="activity.equipment_chosen").count() == 1
    choose_equipment(first, [], by=SYSTEM)
    choose_equipment(second, [simulator], by=SYSTEM)
    assert retire_equipment(simulator, by=SYSTEM).retired_at


def test_moving_a_session_moves_what_it_keeps(organisation):
    place, other = room("A"), room("B")
    activity = ActivityFactory()
    session = in_room(place, activity)
    in_room(other, activity)
    to = NewTime(EVENING + timedelta(minutes=5), 30, place)

    moved = move_session(session, to, seen_version=session.version, by=SYSTEM)

    assert (moved.minutes, moved.creditable_minutes) == (30, 30)
    assert Booking.objects.get(session=moved).starts_at == moved.starts_at
    refused = NewTime(EVENING, 30, other)
    assert code_of(lambda: move_session(moved, refused, seen_version=moved.version, by=SYSTEM)) == (
        "taken"
    )
    moved.refresh_from_db()
    assert moved.place == place


def test_an_activity_that_moves_takes_its_rooms_along_or_stays(organisation):
    place = room()
    blocked = ActivityFactory()
    in_room(place, blocked)
    activity = ActivityFactory(wall_starts=EVENING + timedelta(days=1))
    in_room(place, activity, after=24 * 60)

    there = facts(type="course", capacity=90, expected_attendance=80)
    found = code_of(lambda: change_activity(activity, there, seen_version=1, by=SYSTEM))

    assert found == "taken"
    activity.refresh_from_db()
    assert activity.wall_starts == EVENING + timedelta(days=1)


@pytest.mark.parametrize("end", [cancel_activity, postpone_activity])
def test_what_does_not_take_place_gives_back_its_rooms(organisation, end):
    place = room()
    activity = ActivityFactory(state="approved")
    keep_for_sessions([SessionFactory(activity=activity, place=place)])
    assert code_of(lambda: in_room(place)) == "taken"

    end(activity, reason="The speaker is ill.", by=SYSTEM)

    in_room(place)
    assert Booking.objects.count() == 1
    given_back = Entry.objects.get(action="activity.bookings_released")
    assert (given_back.details["bookings"], given_back.subject_id) == (1, activity.pk)


def test_a_removed_session_gives_back_its_room(organisation):
    place = room()
    remove_session(in_room(place), by=SYSTEM)

    assert not Booking.objects.exists()


def test_the_database_itself_refuses_a_second_booking(organisation):
    kept = Booking.objects.get(session=in_room(room()))
    twin = Booking(session=kept.session, room=kept.room, starts_at=kept.starts_at)
    twin.ends_at = kept.ends_at

    with pytest.raises(IntegrityError, match="booking_room_at_one_time"), transaction.atomic():
        twin.save()


def test_another_organisation_keeps_its_own_rooms(organisation):
    in_room(room())

    with acting_in(OrganisationFactory().pk):
        in_room(room())
        assert Booking.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("of_the_directory", "got"), [(True, 1), (False, 6)], ids=["kept", "words"]
)
def test_of_those_who_take_a_room_at_once_one_gets_it(of_the_directory, got):
    """The control: a room that is only words is nobody's, and everybody gets it."""
    organisation = OrganisationFactory()
    with acting_in(organisation.pk):
        place = room()
        activities = [ActivityFactory() for _each in range(6)]
    start = Barrier(len(activities))

    def take(activity):
        try:
            start.wait()
            with acting_in(organisation.pk):
                asked = slot(place=place) if of_the_directory else slot(room="Hall A")
                add_session(activity, asked, by=SYSTEM)
        except Refused as refused:
            return refused.objection.code
        finally:
            connection.close()
        return "kept"

    with ThreadPoolExecutor(len(activities)) as pool:
        told = list(pool.map(take, activities))

    assert told.count("kept") == got
    assert set(told) <= {"kept", "taken", "taken_meanwhile"}


def test_a_break_counts_nothing(organisation):
    activity = ActivityFactory()

    lunch = slot(is_break=True, creditable_minutes=10)

    assert code_of(lambda: add_session(activity, lunch, by=SYSTEM)) == "break_counts_nothing"


def test_a_retired_venue_is_not_chosen_but_what_is_there_stays(organisation):
    place = room()
    in_room(place)
    assert code_of(lambda: retire_venue(place.venue, reason=" ", by=SYSTEM)) == "say_why_not"

    retire_venue(place.venue, reason="Too far from the hospital.", by=SYSTEM)

    place = Room.objects.select_related("venue").get()
    assert code_of(lambda: in_room(place, after=45)) == "venue_retired"
    assert not Room.objects.bookable().exists()
    assert Booking.objects.count() == 1


def test_a_room_in_use_stays_and_an_unused_one_goes(organisation):
    used, unused = room("A"), room("B")
    in_room(used)

    assert code_of(lambda: remove_room(used, by=SYSTEM)) == "room_in_use"
    remove_room(unused, by=SYSTEM)

    assert Room.objects.get() == used


def test_a_venue_is_not_written_over_unseen(organisation):
    venue = add_venue(HOUSE, by=SYSTEM)
    other = VenueFacts("Harbour House", "Boston", "US")
    change_venue(venue, other, seen_version=1, by=SYSTEM)

    assert code_of(lambda: change_venue(venue, HOUSE, seen_version=1, by=SYSTEM)) == (
        "changed_meanwhile"
    )
    assert change_venue(venue, other, seen_version=2, by=SYSTEM).version == 2
