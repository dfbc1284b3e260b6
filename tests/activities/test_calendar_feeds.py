from datetime import date, timedelta

import pytest
import time_machine
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.activities.actions.calendar import (
    close_day,
    make_feed,
    note_reading,
    reopen_day,
    revoke_feed,
    rotate_feed,
)
from symposia.activities.feeding import MOST
from symposia.activities.feeds import entries_of_feed, items_of
from symposia.activities.models import CalendarFeed, ClosedDay
from symposia.audit.models import Entry
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory

pytestmark = pytest.mark.django_db
TODAY = date(2027, 3, 1)


def feed_of(organisation, **more):
    return make_feed(member(organisation), name="My phone", by=SYSTEM, **more)


def journal():
    return list(
        Entry.objects.filter(action__startswith="calendar_feed").values_list("action", flat=True)
    )


def test_only_the_hash_of_an_address_is_kept(organisation):
    feed, secret = feed_of(organisation)

    assert secret.startswith(f"cal_{organisation.code}_")
    assert secret not in repr(CalendarFeed.objects.values().get())
    assert journal() == ["calendar_feed.made"]
    assert feed.revoked_at is None


def test_another_secret_ends_the_first(organisation):
    feed, first = feed_of(organisation)

    changed, second = rotate_feed(feed, by=SYSTEM)

    assert first != second
    assert changed.token_hash != feed.token_hash
    assert changed.rotated_at
    assert "calendar_feed.rotated" in journal()


def test_an_ended_address_is_neither_changed_nor_ended_again(organisation):
    feed, _secret = feed_of(organisation)
    revoke_feed(feed, by=SYSTEM)

    for act in (revoke_feed, rotate_feed):
        with pytest.raises(Refused) as refused:
            act(feed, by=SYSTEM)
        assert refused.value.objection.code == "feed_ended"


def test_nobody_has_more_addresses_than_can_be_looked_after(organisation):
    user = member(organisation)
    feeds = [make_feed(user, name=str(n), by=SYSTEM)[0] for n in range(MOST)]

    with pytest.raises(Refused):
        make_feed(user, name="one more", by=SYSTEM)
    revoke_feed(feeds[0], by=SYSTEM)
    make_feed(user, name="in its place", by=SYSTEM)


def test_reading_is_noted_about_once_an_hour(organisation):
    feed, _secret = feed_of(organisation)

    with time_machine.travel("2027-03-01T10:00:00Z", tick=False) as at:
        note_reading(feed, by=SYSTEM)
        first = feed.last_read_at
        at.shift(timedelta(minutes=30))
        note_reading(feed, by=SYSTEM)
        assert feed.last_read_at == first
        at.shift(timedelta(minutes=31))
        note_reading(feed, by=SYSTEM)
    assert feed.last_read_at == first + timedelta(minutes=61)
    assert journal().count("calendar_feed.read") == 2


def test_a_feed_shows_what_its_filters_say_and_cancelled_meetings_too(organisation):
    user = member(organisation)
    access = access_of(user, organisation, at=now())
    ActivityFactory(title="Course", type="course", state="approved")
    ActivityFactory(title="Off", type="course", state="cancelled")
    ActivityFactory(title="Plan", type="course", state="draft")
    ActivityFactory(title="Webinar", type="webinar")
    feed, _secret = make_feed(user, name="Courses", filters="type=course", by=SYSTEM)

    items = items_of(entries_of_feed(feed, access, TODAY))

    assert {item.title: item.status for item in items} == {
        "Course": "CONFIRMED",
        "Off": "CANCELLED",
        "Plan": "TENTATIVE",
    }


def test_a_closed_day_is_entered_once_and_taken_out_again(organisation):
    first = close_day(TODAY, name=" Founders' day ", by=SYSTEM)

    assert close_day(TODAY, name="Founders' day", by=SYSTEM) == first
    reopen_day(first, by=SYSTEM)

    assert not ClosedDay.objects.exists()
    actions = Entry.objects.filter(action__startswith="closed_day").values_list("action", flat=True)
    assert sorted(actions) == ["closed_day.added", "closed_day.removed"]
