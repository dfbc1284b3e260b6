"""Reminders of places: what is held, and what is offered; never to whoever gave it up."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.directory.models import Clinician
from symposia.notifications.actions import suppress_address
from symposia.notifications.models import Cause, Delivery
from symposia.outreach.actions.reminders import (
    ReminderFacts,
    make_reminder,
    remind_next,
    switch_reminder,
)
from symposia.outreach.models import Reminded, Trigger
from symposia.registrations.actions.places import cancel_registration
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.registrations import RegistrationFactory

NOW = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


@pytest.fixture
def activity(organisation, clock):
    return ActivityFactory(state="open")


@pytest.fixture
def remind(organisation, clock):
    """A reminder that is on from now; what it wrote once its hour came."""
    access = access_of(member(organisation, "coordinator"), organisation, at=now())

    def make(trigger, hours):
        reminder = make_reminder(ReminderFacts(trigger, hours), access=access, by=SYSTEM)
        return switch_reminder(reminder, on=True, access=access, by=SYSTEM)

    return make


def written(reminder):
    remind_next(reminder.pk)
    return [(each.template_code, each.to_address) for each in Delivery.objects.order_by("pk")]


def test_whoever_holds_a_place_hears_before_it_begins(activity, remind, clock):
    reminder = remind(Trigger.START, 24)
    kept, given_up = RegistrationFactory(activity=activity), RegistrationFactory(activity=activity)
    cancel_registration(given_up, by=SYSTEM)

    clock.move_to(activity.starts_at - timedelta(hours=25))
    assert written(reminder) == []
    clock.move_to(activity.starts_at - timedelta(hours=23))
    assert written(reminder) == [("registrations.place_soon", kept.clinician.email)]
    assert remind_next(reminder.pk) == 0
    assert "/t/" in Delivery.objects.get().text


def test_who_comes_later_than_the_hour_is_not_reminded_at_once(activity, remind, clock):
    reminder = remind(Trigger.START, 7 * 24)
    clock.move_to(activity.starts_at - timedelta(days=3))
    RegistrationFactory(activity=activity)

    assert written(reminder) == []


def test_a_moved_activity_reminds_before_its_new_day(activity, remind, clock):
    reminder = remind(Trigger.START, 24)
    RegistrationFactory(activity=activity)
    clock.move_to(activity.starts_at - timedelta(hours=23))
    written(reminder)
    later = timedelta(days=30)
    for name in ("starts_at", "ends_at", "wall_starts", "wall_ends"):
        setattr(activity, name, getattr(activity, name) + later)
    activity.save()

    clock.shift(later)

    assert len(written(reminder)) == 2


def test_an_offer_is_reminded_of_before_it_ends(activity, remind, clock):
    reminder = remind(Trigger.OFFER, 6)
    offered = RegistrationFactory(
        activity=activity,
        state="offered",
        confirmed_at=None,
        offered_at=NOW,
        offered_until=NOW + timedelta(hours=24),
    )

    clock.shift(timedelta(hours=19))
    assert written(reminder) == [("registrations.offer_ends", offered.clinician.email)]
    clock.shift(timedelta(hours=6))
    assert remind_next(reminder.pk) == 0


def test_who_asked_for_no_more_invitations_is_told_of_the_own_place(activity, remind, clock):
    reminder = remind(Trigger.PLACE, 24)
    asked, bounced = RegistrationFactory(activity=activity), RegistrationFactory(activity=activity)
    gone = RegistrationFactory(activity=activity)
    without = RegistrationFactory(activity=activity, clinician=ClinicianFactory(email=""))
    suppress_address(asked.clinician.email, by=SYSTEM)
    suppress_address(bounced.clinician.email, cause=Cause.BOUNCED, by=SYSTEM)
    Clinician.objects.filter(pk=gone.clinician_id).update(deactivated_at=NOW)

    clock.shift(timedelta(hours=24))

    assert written(reminder) == [("registrations.place_ready", asked.clinician.email)]
    why = dict(Reminded.objects.filter(delivery=None).values_list("subject_id", "why"))
    assert why == {
        bounced.pk: "has an address that the mail server does not know",
        gone.pk: "is no longer active in the directory",
        without.pk: "has no e-mail address",
    }
