from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.outreach.actions.reminders import (
    ReminderFacts,
    make_reminder,
    remind_next,
    switch_reminder,
)
from symposia.outreach.models import Reminder, ReminderPause, Trigger
from symposia.shared.actors import SYSTEM
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.outreach import InvitationFactory


@pytest.fixture
def activity(organisation):
    return ActivityFactory(state="open", mode="scientific")


@pytest.fixture
def coordinator(client, organisation):
    client.user = member(organisation, "coordinator")
    client.access = access_of(client.user, organisation, at=now())
    client.force_login(client.user)
    return client


@pytest.fixture
def make(coordinator):
    def made(trigger=Trigger.INVITATION, hours=72, *, on=True, activity=None):
        facts = ReminderFacts(trigger, hours, activity)
        reminder = make_reminder(facts, access=coordinator.access, by=SYSTEM)
        return switch_reminder(reminder, on=on, access=coordinator.access, by=SYSTEM)

    return made


def test_a_reminder_is_made_read_and_switched_on(coordinator, activity):
    invitation = InvitationFactory(activity=activity)
    said = {"trigger": "invitation", "number": "3", "unit": "24", "segment": ""}

    page = coordinator.post(reverse("reminder_new"), said, follow=True).text

    reminder = Reminder.objects.get()
    assert (reminder.hours, reminder.is_on) == (72, False)
    assert "Switched on now, it would reach 1 person" in page
    assert invitation.clinician.full_name in page
    on = coordinator.post(
        reverse("reminder_switch", args=[reminder.pk]), {"to": "on"}, follow=True
    ).text
    assert "It goes out from now on." in on
    assert "1 person will be reminded" in on


def test_what_is_there_already_is_refused_in_words_and_nothing_is_lost(coordinator, make):
    make(hours=72)

    said = {"trigger": "invitation", "number": "3", "unit": "24", "segment": ""}
    answer = coordinator.post(reverse("reminder_new"), said)

    assert answer.status_code == 422
    assert "There is a reminder like this already" in answer.text
    assert 'value="3"' in answer.text


def test_the_page_of_an_activity_says_what_goes_out_when_to_how_many(coordinator, activity, make):
    InvitationFactory.create_batch(2, activity=activity)
    everybodys, own = make(), make(hours=24, activity=activity)
    make(hours=5, activity=ActivityFactory(state="open", mode="scientific"))
    address = reverse("activity_reminders", args=[activity.pk])

    page = coordinator.get(address).text
    assert "3 days after" in page
    assert "This activity" in page
    assert "5 hours after" not in page
    assert page.count('data-label="People">2<') == 2

    pause = reverse("activity_reminder_pause", args=[activity.pk, everybodys.pk])
    assert "Use it here" in coordinator.post(pause, {"to": "off"}, follow=True).text
    assert ReminderPause.objects.count() == 1
    coordinator.post(pause, {"to": "on"})
    assert not ReminderPause.objects.exists()
    coordinator.post(reverse("reminder_switch", args=[own.pk]), {"to": "off"})
    own.refresh_from_db()
    assert not own.is_on


def test_an_activity_gets_a_reminder_of_its_own(coordinator, activity):
    said = {"trigger": "start", "number": "36", "unit": "1", "segment": ""}

    page = coordinator.post(
        reverse("activity_reminder_new", args=[activity.pk]), said, follow=True
    ).text

    assert "36 hours before" in page
    assert Reminder.objects.get().activity == activity


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_few_questions_for_any_number(
    coordinator, activity, make, count, django_assert_max_num_queries
):
    for number in range(count):
        make(hours=10 + number)
        InvitationFactory(activity=activity)
    coordinator.get(reverse("reminders"))

    with django_assert_max_num_queries(17):
        coordinator.get(reverse("reminders"))
    with django_assert_max_num_queries(17):
        coordinator.get(reverse("activity_reminders", args=[activity.pk]))


def test_who_plans_nothing_reads_and_changes_nothing(client, organisation, activity, make):
    reminder = make()
    client.force_login(member(organisation, "compliance_officer"))

    assert "New reminder" not in client.get(reverse("reminders")).text
    assert client.post(reverse("reminder_switch", args=[reminder.pk])).status_code == 403


def test_another_organisations_reminder_is_not_found(coordinator):
    other = OrganisationFactory()
    with acting_in(other.pk):
        theirs = Reminder.objects.create(trigger="start", hours=5, made_by_name="Somebody")

    assert coordinator.get(reverse("reminder", args=[theirs.pk])).status_code == 404


def test_who_was_reminded_is_a_list(coordinator, activity, make):
    reminder = make(hours=1)
    with time_machine.travel(now() + timedelta(hours=2), tick=False):
        invitation = InvitationFactory(activity=activity, sent_at=now() - timedelta(hours=1))
        remind_next(reminder.pk)

    page = coordinator.get(f"{reverse('reminded')}?activity={activity.number}").text

    assert invitation.clinician.full_name in page
    assert "Invitation without an answer" in page
    assert "No match" in coordinator.get(f"{reverse('reminded')}?activity=none").text
