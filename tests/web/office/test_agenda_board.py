import pytest
from django.urls import reverse
from icalendar import Calendar

from symposia.activities.actions.venues import VenueFacts, add_equipment, add_room, add_venue
from symposia.activities.models import Booking, Equipment, Room, Session, Venue
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory, SessionFactory, SessionFacultyFactory

pytestmark = pytest.mark.django_db
HTMX = {"hx-request": "true"}


@pytest.fixture
def coordinator(client, organisation):
    client.force_login(member(organisation, "coordinator"))


@pytest.fixture
def hall(organisation):
    venue = add_venue(VenueFacts("Harbour Centre", "Boston", "US"), by=SYSTEM)
    return add_room(venue, name="Hall A", seats=90, by=SYSTEM)


def slot(**more):
    return SessionFactory(minutes=30, creditable_minutes=30, room="Hall A", **more)


def address(name, session):
    return reverse(name, args=[session.activity_id, session.pk])


def test_the_board_shows_rooms_across_and_time_down(client, coordinator):
    session = slot(title="Who benefits?")
    SessionFacultyFactory(session=session, name="Dr Meera Rao")

    page = client.get(reverse("activity_agenda_board", args=[session.activity_id])).content.decode()

    assert 'scope="col">Hall A</th>' in page
    assert '<td rowspan="6">' in page
    assert "Dr Meera Rao" in page
    assert "30 creditable of 30 minutes" in page
    assert 'data-free="19:00"' in page


def test_a_session_goes_five_minutes_later_and_keeps_its_length(client, coordinator):
    session = slot()
    sent = {"shift": "5", "seen_version": "1"}

    response = client.post(address("activity_session_shift", session), sent, headers=HTMX)

    session.refresh_from_db()
    assert response.url.endswith("?day=2027-03-11")
    assert f"{session.wall_starts:%H:%M}" == "18:35"
    assert (session.minutes, session.version, session.room) == (30, 2, "Hall A")


def test_a_session_is_dropped_into_a_room_that_is_then_kept(client, coordinator, hall):
    session = slot()
    sent = {"starts": "19:15", "place": str(hall.pk), "seen_version": "1"}

    client.post(address("activity_session_shift", session), sent)

    session.refresh_from_db()
    assert f"{session.wall_starts:%H:%M}" == "19:15"
    assert Booking.objects.get().room == hall


def test_a_session_that_would_leave_its_activity_stays_and_says_why(client, coordinator):
    session = slot()
    sent = {"shift": "-5", "seen_version": "1"}

    page = client.post(address("activity_session_shift", session), sent, follow=True)

    assert "must lie within the activity" in page.content.decode()
    assert Session.objects.get().version == 1


def test_a_taken_room_is_refused_in_words(client, coordinator, hall):
    first = slot()
    other = slot(after=30, activity=first.activity)
    move = {"day": "2027-03-11", "starts": "18:30", "minutes": "30", "place": str(hall.pk)}
    client.post(address("activity_session_move", first), move | {"seen_version": "1"})

    response = client.post(address("activity_session_move", other), move | {"seen_version": "1"})

    assert response.status_code == 422
    assert "Hall A is needed from 11 Mar 2027, 18:30" in response.content.decode()


def test_nobody_writes_over_a_move_they_have_not_seen(client, coordinator):
    session = slot()
    sent = {"shift": "5", "seen_version": "1"}
    client.post(address("activity_session_shift", session), sent)

    page = client.post(address("activity_session_shift", session), sent, follow=True)

    assert "Somebody changed this" in page.content.decode()


def test_what_is_frozen_or_only_read_has_no_handles(client, coordinator):
    session = slot(activity=ActivityFactory(state="open"))
    board = reverse("activity_agenda_board", args=[session.activity_id])

    page = client.get(board).content.decode()

    assert "data-session" not in page
    assert "what was submitted for approval stays" in page


def test_an_empty_agenda_has_an_empty_board(client, coordinator):
    board = reverse("activity_agenda_board", args=[ActivityFactory().pk])

    assert "No session on this day yet." in client.get(board).content.decode()


def test_the_agenda_is_taken_home_as_a_calendar(client, coordinator):
    session = slot(title="Who benefits?")

    file = client.get(reverse("activity_agenda_calendar", args=[session.activity_id]))

    event = Calendar.from_ical(file.content).walk("VEVENT")[0]
    assert str(event["summary"]) == "Who benefits?"
    assert event.decoded("dtstart") == session.starts_at
    assert event.decoded("dtend") == session.ends_at


def test_things_are_chosen_for_a_session(client, coordinator):
    session, thing = slot(), add_equipment("Simulator", by=SYSTEM)

    client.post(address("activity_session_equipment", session), {"things": [str(thing.pk)]})

    assert "Simulator" in client.get(address("activity_session", session)).content.decode()
    assert Booking.objects.get().equipment == thing


def test_the_board_of_others_is_not_found(client, coordinator):
    with acting_in(OrganisationFactory().pk):
        foreign = slot()

    assert client.get(address("activity_session_move", foreign)).status_code == 404
    board = reverse("activity_agenda_board", args=[foreign.activity_id])
    assert client.get(board).status_code == 404


def test_a_venue_is_entered_with_its_rooms_and_retired(client, coordinator):
    facts = {"name": "Pier House", "city": "Boston", "country": "us"}

    there = client.post(reverse("venue_new"), facts).url
    venue = Venue.objects.get()
    client.post(reverse("venue_room_new", args=[venue.pk]), {"name": "Blue", "seats": "40"})
    client.post(
        reverse("venue_edit", args=[venue.pk]), facts | {"city": "Salem", "seen_version": "1"}
    )

    page = client.get(there).content.decode()
    assert "Blue" in page
    assert "40 seats" in page
    assert "Salem" in page
    client.post(reverse("venue_retirement", args=[venue.pk]), {"reason": "Closed."})
    assert "Closed." in client.get(reverse("venues")).content.decode()
    room = Room.objects.get()
    client.post(reverse("venue_room_removal", args=[venue.pk, room.pk]))
    assert not Room.objects.exists()


def test_a_thing_is_entered_and_retired(client, coordinator, hall):
    sent = {"name": "Camera", "venue": str(hall.venue_id)}
    there = client.post(reverse("equipment_new"), sent).url
    assert "Harbour Centre" in client.get(there).content.decode()

    client.post(reverse("equipment_retirement", args=[Equipment.objects.get().pk]))

    assert "No longer offered." in client.get(there).content.decode()
    assert "Camera" in client.get(reverse("equipment")).content.decode()


def test_what_is_kept_is_on_the_page_of_the_venue(client, coordinator, hall):
    session = slot(title="Who benefits?")
    move = {"day": "2027-03-11", "starts": "18:30", "minutes": "30", "place": str(hall.pk)}
    client.post(address("activity_session_move", session), move | {"seen_version": "1"})

    page = client.get(reverse("venue", args=[hall.venue_id])).content.decode()

    assert "Who benefits?" in page
    assert session.activity.number in page


def test_a_thing_of_others_is_not_found(client, coordinator):
    with acting_in(OrganisationFactory().pk):
        foreign = add_equipment("Camera", by=SYSTEM)
        venue = add_venue(VenueFacts("X", "Y", "US"), by=SYSTEM)

    assert client.get(reverse("equipment_item", args=[foreign.pk])).status_code == 404
    assert client.get(reverse("venue", args=[venue.pk])).status_code == 404
