from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from symposia.activities.actions.calendar import close_day
from symposia.activities.actions.venues import VenueFacts, add_room, add_venue
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory, SessionFactory, SessionFacultyFactory

pytestmark = pytest.mark.django_db
THURSDAY = datetime.fromisoformat("2027-03-11T18:30")


@pytest.fixture
def house(organisation, client):
    client.force_login(member(organisation, "coordinator"))
    return organisation


def calendar(client, **given):
    response = client.get(reverse("calendar"), {"on": "2027-03-11"} | given)
    assert response.status_code == 200
    return response


def titles(response):
    return [e.title for day in response.context["days"] for e in day.events]


def test_a_month_shows_each_day_of_whole_weeks(house, client):
    ActivityFactory(title="Stroke update")

    response = calendar(client)

    days = response.context["days"]
    assert (days[0].day, days[-1].day) == (date(2027, 3, 1), date(2027, 4, 4))
    assert titles(response) == ["Stroke update"]
    assert "March 2027" in response.content.decode()


def test_a_meeting_of_three_days_stands_on_each_and_midnight_ends_the_day_before(house, client):
    start = datetime.fromisoformat("2027-03-09T09:00")
    ActivityFactory(title="Congress", wall_starts=start, minutes=2 * 1440 + 15 * 60)

    days = {d.day: [e.title for e in d.events] for d in calendar(client).context["days"]}

    assert [day.day for day, events in days.items() if events] == [9, 10, 11]


def test_enduring_material_stands_on_its_first_and_last_day_and_meets_no_holiday(house, client):
    start = datetime.fromisoformat("2027-03-09T00:00")
    ActivityFactory(
        title="Sepsis, recorded",
        type="internet_enduring",
        wall_starts=start,
        minutes=10 * 1440 - 1,
    )
    close_day(date(2027, 3, 9), name="Founders' day", by=SYSTEM)

    response = calendar(client)

    days = {d.day: [e.title for e in d.events] for d in response.context["days"]}
    assert [day.day for day, events in days.items() if events] == [9, 18]
    assert response.context["on_days_off"] == []


def test_a_full_day_says_how_many_more_there_are(house, client):
    for number in range(5):
        ActivityFactory(title=f"Meeting {number}")

    response = calendar(client)

    day = next(d for d in response.context["days"] if d.day == date(2027, 3, 11))
    assert (len(day.events), day.more) == (3, 2)
    assert "+2 more" in response.content.decode()
    assert len(response.context["picked"]) == 5


def test_the_filters_of_the_address_hold_in_every_view(house, client):
    owner = member(house, "education_lead")
    ActivityFactory(title="Mine", owner=owner, mode="independent", type="course")
    ActivityFactory(title="Other", mode="scientific", type="webinar")

    for given in ({"owner": owner.pk}, {"mode": "independent"}, {"type": "course"}):
        assert titles(calendar(client, **given)) == ["Mine"]
        shown = calendar(client, view="agenda", **given).context["entries"]
        assert [each.title for each in shown] == ["Mine"]


def test_nonsense_in_the_address_counts_as_not_said(house, client):
    ActivityFactory(title="Here")

    nothing = [{name: "\0"} for name in ("mode", "type", "area")]
    strange = [{"owner": "nobody"}, {"view": "year"}, {"on": "2027-13-45"}, {"region": "??"}]
    for given in strange + nothing:
        assert calendar(client, **given).context["where"].view == "month"
    assert calendar(client, on="1066-10-14").context["where"].on.year > 2000


def test_a_venue_shows_what_keeps_its_rooms_and_what_is_written_there(house, client):
    venue = add_venue(VenueFacts("Harbour Centre", "Boston", "US"), by=SYSTEM)
    room = add_room(venue, name="Hall A", seats=90, by=SYSTEM)
    SessionFactory(activity=ActivityFactory(title="Kept"), place=room, room="Hall A")
    ActivityFactory(title="Written", venue_name="Harbour Centre")
    ActivityFactory(title="Elsewhere", venue_name="Town hall")

    assert sorted(titles(calendar(client, venue=venue.pk))) == ["Kept", "Written"]


def test_holidays_and_closed_days_are_shown_and_activities_on_them_are_told(house, client):
    close_day(date(2027, 3, 11), name="Founders' day", by=SYSTEM)
    activity = ActivityFactory(title="Stroke update")

    response = calendar(client, view="agenda")

    assert [w for w in response.context["on_days_off"] if activity.number in w and "Founders" in w]
    july = calendar(client, on="2027-07-05")
    free = {d.day: [o.name for o in d.off] for d in july.context["days"]}
    assert "Independence Day" in free[date(2027, 7, 4)]


def test_one_room_or_person_at_one_time_is_told_in_words(house, client):
    first, second = ActivityFactory(title="Stroke"), ActivityFactory(title="Asthma")
    one = SessionFactory(activity=first, title="Clots", room="Hall A", minutes=60)
    two = SessionFactory(activity=second, title="Lungs", room="hall a", minutes=60, after=30)
    for session in (one, two):
        SessionFacultyFactory(session=session, name="Dr Leela Bhat")

    for view in ("month", "week", "agenda", "rooms", "people"):
        response = calendar(client, view=view)
        told = " ".join(response.context["clashes"])
        assert "Hall A is needed on 11 Mar from 19:00 to 19:30" in told
        assert "Dr Leela Bhat is needed" in told
        assert response.context["clash_count"] == "2 clashes"


def test_a_clash_with_what_the_filter_hides_is_still_told(house, client):
    first = ActivityFactory(title="Stroke", type="course")
    second = ActivityFactory(title="Asthma", type="webinar")
    for activity in (first, second):
        SessionFactory(activity=activity, room="Hall A")

    response = calendar(client, type="course")

    assert titles(response) == ["Stroke"]
    assert response.context["clash_count"] == "1 clash"


def test_sessions_after_one_another_are_no_clash(house, client):
    activity = ActivityFactory(minutes=120)
    for after in (0, 60):
        SessionFactory(activity=activity, room="Hall A", minutes=60, after=after)

    assert calendar(client, view="rooms").context["clashes"] == []


def test_a_week_of_many_sessions_says_how_many_more_there_are(house, client):
    activity = ActivityFactory(minutes=240)
    for number in range(12):
        SessionFactory(activity=activity, minutes=20, after=20 * number)

    week = calendar(client, view="week")
    day = next(d for d in week.context["days"] if d.day == date(2027, 3, 11))
    assert (len(day.events), day.more) == (10, 2)


def test_sessions_of_one_activity_in_one_room_are_one_entry_of_its_lane(house, client):
    activity = ActivityFactory(title="Stroke update", minutes=240)
    for number in range(3):
        SessionFactory(activity=activity, minutes=20, after=20 * number, room="Hall A")

    (lane,) = calendar(client, view="rooms").context["lanes"]

    assert [[e.title for e in events] for _day, events in lane.cells if events] == [
        ["Stroke update"]
    ]


def test_an_agenda_goes_on_on_a_further_page(house, client):
    for number in range(60):
        ActivityFactory(zone="UTC", wall_starts=THURSDAY + timedelta(hours=6 * number))

    first = calendar(client, view="agenda")
    second = client.get(first.context["agenda_next"])

    days = [day for page in (first, second) for day, _off, _entries in page.context["agenda"]]
    assert days == sorted(set(days))
    assert sum(len(e) for p in (first, second) for _d, _o, e in p.context["agenda"]) == 60


def test_rooms_and_people_have_a_lane_each(house, client):
    session = SessionFactory(title="Clots", room="Hall A")
    SessionFacultyFactory(session=session, name="Dr Meera Rao")

    rooms = calendar(client, view="rooms").context["lanes"]
    people = calendar(client, view="people").context["lanes"]

    assert [(lane.name, lane.note) for lane in rooms] == [("Hall A", "Harbour Conference Centre")]
    assert [lane.name for lane in people] == ["Dr Meera Rao"]


def test_cancelled_activities_do_not_take_place(house, client):
    ActivityFactory(state="cancelled")

    assert titles(calendar(client)) == []


def test_what_is_not_mine_is_not_there(house, client):
    other = OrganisationFactory()
    with acting_in(other.pk):
        ActivityFactory(title="Foreign")

    for view in ("month", "week", "agenda", "rooms", "people"):
        assert "Foreign" not in calendar(client, view=view).content.decode()


def test_whoever_may_not_see_activities_is_told_so(organisation, client):
    client.force_login(member(organisation, "door_staff"))

    assert client.get(reverse("calendar")).status_code == 403


@pytest.mark.parametrize("view", ["month", "week", "agenda", "rooms", "people"])
def test_a_view_asks_few_statements_whatever_it_shows(house, client, view):
    def asked():
        with CaptureQueriesContext(connection) as found:
            calendar(client, view=view, mode="independent")
        return [q for q in found if "SAVEPOINT" not in q["sql"]]

    for _each in range(2):  # at one time in one hall: a clash is told in every view
        SessionFacultyFactory(session=SessionFactory(room="Hall A"))
    asked()
    few = len(asked())
    for number in range(3):
        at = THURSDAY + timedelta(days=number)
        session = SessionFactory(activity=ActivityFactory(wall_starts=at), room="Hall A")
        SessionFacultyFactory(session=session)

    assert len(asked()) == few
    assert few <= 16  # the way in, of which one statement is that of the test
