from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from symposia.attendance.occupancy import occupancy_of, peak_of
from symposia.attendance.presence import MARKED, ONLINE, ROOM, Presence, Stay
from symposia.web.occupancy_chart import MOST_ROWS, evening, rows_of
from tests.attendance.test_conflicts import online, placed, seen
from tests.factories.accounts import OrganisationFactory, key_of, member
from tests.factories.activities import ActivityFactory, SessionFactory

BEGIN = datetime(2027, 3, 11, 18, 0, tzinfo=UTC)
LATER = BEGIN + timedelta(days=1)


def there(*stays):
    made = [
        Stay(BEGIN + timedelta(minutes=a), BEGIN + timedelta(minutes=b), way) for a, b, way in stays
    ]
    return Presence(tuple(made), ())


def counts(moments):
    return [(each.room, each.online) for each in moments]


def test_each_minute_counts_everybody_once_and_the_room_before_the_connection():
    found = occupancy_of(
        [there((0, 3, ROOM)), there((1, 2, ROOM), (1, 4, ONLINE)), there((2, 3, ONLINE))],
        until=LATER,
    )

    assert counts(found) == [(1, 0), (2, 0), (1, 2), (0, 1)]
    assert found[0].at == BEGIN
    assert peak_of(found).at == BEGIN + timedelta(minutes=2)


def test_nothing_is_told_of_the_time_to_come_nor_by_a_mark():
    stays = [there((0, 60, ROOM)), there((0, 90, MARKED))]

    found = occupancy_of(stays, until=BEGIN + timedelta(minutes=10))

    assert counts(found) == [(1, 0)] * 10
    assert occupancy_of([], until=LATER) == []
    assert peak_of([]) is None


def test_a_few_seconds_are_a_minute_in_which_somebody_was_there():
    short = Presence((Stay(BEGIN, BEGIN + timedelta(seconds=20), ROOM),), ())

    assert counts(occupancy_of([short], until=LATER)) == [(1, 0)]


def test_a_long_day_is_drawn_whole_and_told_in_rows_that_a_person_reads():
    found = occupancy_of([there((0, 600, ROOM))], until=LATER)

    step, rows = rows_of(found)
    assert len(rows) <= MOST_ROWS
    assert step == 15
    assert len(evening(found).room.split()) == 600


@pytest.fixture
def evening_held(organisation):
    activity = ActivityFactory(state="held")
    SessionFactory(activity=activity)
    first, second = placed(activity), placed(activity)
    seen(first, 0)
    seen(first, 20, "out")
    online(second, 5, 15)
    return activity


def test_the_page_says_when_it_was_fullest_and_has_the_numbers(client, organisation, evening_held):
    with time_machine.travel(evening_held.ends_at + timedelta(days=1), tick=False):
        client.force_login(member(organisation, "coordinator"))
        page = client.get(reverse("occupancy", args=[evening_held.pk])).text
        file = client.get(reverse("occupancy_csv", args=[evening_held.pk])).content.decode()

    assert "2 people, 1 in the room and 1 online" in page
    assert "<polyline" in page
    assert len(file.strip().splitlines()) == 21


def test_the_api_has_every_minute_and_a_stranger_sees_no_such_page(
    client, organisation, evening_held
):
    address = f"/api/v1/attendance/activities/{evening_held.pk}/occupancy"
    with time_machine.travel(evening_held.ends_at + timedelta(days=1), tick=False):
        token = key_of(member(organisation, "coordinator"), organisation, ["view_attendance"])
        minutes = client.get(address, headers=token).json()
    assert len(minutes) == 20
    assert (minutes[5]["room"], minutes[5]["online"]) == (1, 1)
    other = OrganisationFactory()
    client.force_login(member(other, "coordinator"))

    assert client.get(reverse("occupancy", args=[evening_held.pk])).status_code == 404


def test_before_anybody_is_seen_the_page_says_so(client, organisation):
    client.force_login(member(organisation, "coordinator"))
    activity = ActivityFactory(state="open")

    assert "Nobody was seen yet." in client.get(reverse("occupancy", args=[activity.pk])).text
