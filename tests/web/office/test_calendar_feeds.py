import re

import pytest
from django.urls import reverse
from icalendar import Calendar

from symposia.activities.actions.calendar import make_feed
from symposia.activities.actions.series import begin_series, make_occasions
from symposia.activities.models import CalendarFeed, ClosedDay
from symposia.shared.actors import SYSTEM
from tests.activities.test_series import facts as series_facts
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


def address_in(response):
    found = re.search(r"http\S+?/c/(\S+?)/calendar\.ics", response.content.decode())
    return found[0] if found else ""


def test_the_address_is_shown_once_and_works(client, owner):
    ActivityFactory(title="Stroke update")
    sent = {"name": "My phone", "filters": "type=course"}

    response = client.post(reverse("calendar_feed_new"), sent)

    address = address_in(response)
    feed = CalendarFeed.objects.get()
    assert feed.filters == "type=course"
    assert "Stroke update" in client.get("/c/" + address.split("/c/")[1]).content.decode()
    assert address_in(client.get(reverse("calendar_feed", args=[feed.pk]))) == ""


def test_the_filters_of_the_calendar_go_with_it(client, owner):
    page = client.get(reverse("calendar_feeds"), {"mode": "independent", "view": "week"})

    assert 'name="filters" value="mode=independent"' in page.content.decode()


def test_a_new_address_is_shown_and_an_ended_one_says_so(client, owner):
    feed, _secret = make_feed(owner, name="My phone", by=SYSTEM)

    assert address_in(client.post(reverse("calendar_feed_rotation", args=[feed.pk])))
    assert client.post(reverse("calendar_feed_revocation", args=[feed.pk])).status_code == 302
    again = client.post(reverse("calendar_feed_rotation", args=[feed.pk]), follow=True)

    assert "no longer works" in again.content.decode()


def test_a_feed_without_a_name_is_not_made(client, owner):
    client.post(reverse("calendar_feed_new"), {"name": ""})

    assert not CalendarFeed.objects.exists()


def test_the_addresses_of_others_do_not_exist(client, owner, organisation):
    feed, _secret = make_feed(member(organisation), name="Not mine", by=SYSTEM)

    for name in ("calendar_feed_rotation", "calendar_feed_revocation"):
        assert client.post(reverse(name, args=[feed.pk])).status_code == 404
    assert client.get(reverse("calendar_feed", args=[feed.pk])).status_code == 404
    assert "Not mine" not in client.get(reverse("calendar_feeds")).content.decode()


def test_an_activity_is_a_file_for_a_calendar(client, owner):
    activity = ActivityFactory(title="Stroke update")

    response = client.get(reverse("activity_calendar", args=[activity.pk]))

    assert response["Content-Disposition"].endswith(f'{activity.number}-2027-03-11.ics"')
    (event,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert (str(event["summary"]), str(event["status"])) == ("Stroke update", "TENTATIVE")


def test_closed_days_are_entered_shown_and_removed(client, owner):
    client.post(reverse("closed_day_new"), {"day": "2027-03-12", "name": "Founders' day"})

    closed = ClosedDay.objects.get()
    assert "Founders" in client.get(reverse("closed_days")).content.decode()
    assert client.get(reverse("closed_day", args=[closed.pk])).status_code == 200
    client.post(reverse("closed_day_removal", args=[closed.pk]))
    assert not ClosedDay.objects.exists()


def test_only_planners_close_days(client, organisation):
    client.force_login(member(organisation, "executive"))

    assert client.get(reverse("closed_days")).status_code == 200
    assert client.get(reverse("closed_day_new")).status_code == 403


def test_a_series_is_one_file_with_all_of_its_sessions(client, owner):
    series = begin_series(series_facts(), mode="independent", by=SYSTEM)
    make_occasions(series, by=SYSTEM)

    response = client.get(reverse("series_calendar", args=[series.pk]))

    events = Calendar.from_ical(response.content).walk("VEVENT")
    assert len(events) == 4
    # The clocks change on the 14th; on the wall it is noon all the same.
    assert {e["dtstart"].dt.strftime("%H:%M") for e in events} == {"12:00"}
    assert {e["dtstart"].dt.utcoffset().total_seconds() for e in events} == {-18000, -14400}
