from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from icalendar import Calendar

from symposia.accounts.actions import end_membership
from symposia.accounts.models import Membership
from symposia.activities.actions.calendar import make_feed, revoke_feed, rotate_feed
from symposia.activities.actions.planning import change_activity
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.activities.test_actions import facts
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory, SessionFacultyFactory

pytestmark = pytest.mark.django_db
NOW = "2027-03-01T10:00:00Z"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def owner(organisation):
    return member(organisation, "coordinator")


def made(owner, **more):
    return make_feed(owner, name="My phone", by=SYSTEM, **more)


def read(client, secret, **headers):
    return client.get(reverse("calendar_subscription", args=[secret]), headers=headers)


def events(response):
    assert response.status_code == 200
    return {str(e["summary"]): e for e in Calendar.from_ical(response.content).walk("VEVENT")}


def test_a_program_reads_it_without_a_session(client, owner):
    activity = ActivityFactory(title="Stroke update", state="approved")
    _feed, secret = made(owner)

    response = read(client, secret)

    event = events(response)["Stroke update"]
    assert response["Content-Type"].startswith("text/calendar")
    assert str(event["uid"]) == f"{activity.pk}@symposia"
    assert event["status"] == "CONFIRMED"
    assert event["dtstart"].dt == datetime(2027, 3, 11, 18, 30, tzinfo=ZoneInfo("America/New_York"))
    zones = [str(z["tzid"]) for z in Calendar.from_ical(response.content).walk("VTIMEZONE")]
    assert zones == ["America/New_York"]


def test_nobody_is_named_in_it(client, owner):
    person = SessionFacultyFactory(name="Dr Meera Rao")
    _feed, secret = made(owner)

    content = read(client, secret).content.decode()

    assert person.session.activity.title in content.replace("\r\n ", "")
    assert "Meera" not in content


def test_a_change_of_date_raises_the_sequence_and_keeps_the_identity(client, owner):
    activity = ActivityFactory()
    _feed, secret = made(owner)
    (before,) = events(read(client, secret)).values()

    week = timedelta(days=7)
    asked = facts(
        wall_starts=activity.wall_starts + week, wall_ends=activity.wall_ends + week, title="Moved"
    )
    change_activity(activity, asked, seen_version=1, by=SYSTEM)
    after = events(read(client, secret))["Moved"]

    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["dtstart"].dt.day == 18


def test_the_same_content_again_costs_nothing(client, owner):
    ActivityFactory()
    _feed, secret = made(owner)
    first = read(client, secret)

    again = read(client, secret, if_none_match=first["ETag"])

    assert (again.status_code, again.content) == (304, b"")
    ActivityFactory(title="Another")
    assert read(client, secret, if_none_match=first["ETag"]).status_code == 200


def test_rotated_revoked_and_foreign_addresses_are_pages_that_do_not_exist(client, owner):
    feed, first = made(owner)
    feed, second = rotate_feed(feed, by=SYSTEM)

    assert read(client, first).status_code == 404
    assert read(client, second).status_code == 200
    revoke_feed(feed, by=SYSTEM)
    for text in (second, "cal_zz_x", "cal", "x" * 300, second.replace("cal_", "sym_")):
        assert read(client, text).status_code == 404


@pytest.mark.parametrize("address", ["/c/cal_%00_x/calendar.ics", "/apply/%00/"])
def test_an_address_that_no_database_takes_is_a_page_that_does_not_exist(client, address):
    assert client.get(address).status_code == 404


def test_a_secret_of_one_organisation_opens_no_other(client, owner, organisation):
    other = OrganisationFactory()
    with acting_in(other.pk):
        ActivityFactory(title="Foreign")
    _feed, secret = made(owner)

    assert "Foreign" not in read(client, secret).content.decode()
    moved = secret.replace(f"_{organisation.code}_", f"_{other.code}_")
    assert read(client, moved).status_code == 404


def test_whoever_leaves_or_loses_the_role_takes_the_calendar_along(client, owner):
    _feed, secret = made(owner)
    assert read(client, secret).status_code == 200

    end_membership(Membership.objects.get(user=owner), reason="Moved on", by=SYSTEM)

    assert read(client, secret).status_code == 404


def test_it_shows_no_more_than_the_owner_may_see(client, organisation):
    mine = ActivityFactory(title="Mine")
    ActivityFactory(title="Not mine")
    owner = member(organisation, "agency", scope_kind="activity", scope_id=mine.pk)
    _feed, secret = made(owner)

    assert list(events(read(client, secret))) == ["Mine"]
