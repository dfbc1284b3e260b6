import pytest
from icalendar import Calendar

from symposia.activities.events import ActivityCancelled, ActivityPostponed, ActivityRescheduled
from symposia.audit.models import Entry
from symposia.notifications.actions import suppress_address
from symposia.notifications.models import Delivery, Suppression
from symposia.outreach.actions import (
    invite_clinicians,
    record_reply,
    stop_invitations,
    withdraw_invitation,
)
from symposia.outreach.models import CalendarChange, Invitation, State
from symposia.outreach.queries import counts_of
from symposia.outreach.tasks import tell_change
from symposia.registrations.models import Registration
from symposia.shared.actors import SYSTEM, Actor
from symposia.shared.events import announce
from symposia.shared.refusals import Refused
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.outreach import InvitationFactory

OFFICE = Actor("person", None, "Office")


def event_of(delivery):
    return Calendar.from_ical(delivery.calendar).walk("VEVENT")[0]


def tell_everybody(organisation):
    for change in CalendarChange.objects.order_by("sequence"):
        tell_change.run(str(organisation.pk), change_id=str(change.pk))


def test_each_invited_clinician_gets_a_personal_message_with_the_date(organisation):
    activity = ActivityFactory(state="open")
    people = [ClinicianFactory(), ClinicianFactory()]

    answer = invite_clinicians(activity, people, by=SYSTEM)

    assert answer.invited == people
    assert answer.skipped == []
    first, second = Delivery.objects.order_by("to_address")
    assert first.to_address == people[0].email
    assert first.subject.startswith("Invitation: Acute stroke")
    assert "Thu 11 March 2027, 18:30–20:00 EST" in first.text
    assert first.links != second.links
    assert first.unsubscribe_link
    assert event_of(first)["sequence"] == 0
    assert event_of(first)["dtstart"].dt == activity.starts_at
    assert Entry.objects.filter(action="invitation.sent").count() == 2


def test_those_who_cannot_or_do_not_want_to_be_invited_are_skipped_with_the_reason(organisation):
    activity = ActivityFactory(state="open")
    asked_to_stop = ClinicianFactory()
    suppress_address(asked_to_stop.email, by=SYSTEM)
    twin = ClinicianFactory(email="same@example.org")
    before = InvitationFactory(activity=activity).clinician
    chosen = [
        ClinicianFactory(),
        asked_to_stop,
        before,
        ClinicianFactory(email=""),
        twin,
        ClinicianFactory(email="SAME@example.org"),
    ]

    answer = invite_clinicians(activity, chosen, by=SYSTEM)

    assert answer.invited == [chosen[0], twin]
    assert [s.objection.code for s in answer.skipped] == [
        "suppressed", "already_invited", "no_address", "same_address",
    ]  # fmt: skip
    assert Delivery.objects.count() == 2


def test_nobody_is_invited_to_what_is_not_open(organisation):
    with pytest.raises(Refused) as refused:
        invite_clinicians(ActivityFactory(state="approved"), [ClinicianFactory()], by=SYSTEM)

    assert refused.value.objection.code == "not_open"
    assert not Invitation.objects.exists()


def test_a_yes_gives_a_place_and_a_later_no_frees_it(organisation):
    invitation = InvitationFactory()

    record_reply(invitation, accepted=True, by=SYSTEM)

    registration = Registration.objects.get()
    assert registration.clinician == invitation.clinician
    assert registration.state == "confirmed"

    record_reply(invitation, accepted=False, by=SYSTEM)

    registration.refresh_from_db()
    assert registration.state == "cancelled"
    assert counts_of(invitation.activity) == {
        "sent": 0, "accepted": 0, "declined": 1, "withdrawn": 0,
    }  # fmt: skip


def test_the_same_answer_twice_is_one_answer(organisation):
    invitation = InvitationFactory()

    record_reply(invitation, accepted=True, by=SYSTEM)
    record_reply(invitation, accepted=True, by=SYSTEM)

    assert Entry.objects.filter(action="invitation.accepted").count() == 1
    assert Registration.objects.count() == 1


def test_a_full_activity_puts_whoever_says_yes_on_the_waitlist(organisation):
    activity = ActivityFactory(state="open", capacity=1)
    for _ in range(2):
        record_reply(InvitationFactory(activity=activity), accepted=True, by=SYSTEM)

    states = Registration.objects.order_by("requested_at").values_list("state", flat=True)
    assert list(states) == ["confirmed", "queued"]


def test_a_withdrawn_invitation_takes_no_answer_and_frees_the_place(organisation):
    invitation = record_reply(InvitationFactory(), accepted=True, by=SYSTEM)

    withdraw_invitation(invitation, by=OFFICE, reason="wrong person")

    assert Registration.objects.get().state == "cancelled"
    entry = Entry.objects.get(action="registration.cancelled")
    assert (entry.actor_kind, entry.actor_name) == ("person", "Office")
    assert entry.reason == "wrong person"
    with pytest.raises(Refused) as refused:
        record_reply(invitation, accepted=True, by=SYSTEM)
    assert refused.value.objection.code == "withdrawn"


def test_a_withdrawn_invitation_may_be_sent_again(organisation):
    invitation = withdraw_invitation(InvitationFactory(), by=SYSTEM, reason="wrong date")

    invite_clinicians(invitation.activity, [invitation.clinician], by=SYSTEM)

    assert Invitation.objects.get().state == State.SENT


def test_stopping_invitations_is_for_all_activities(organisation):
    invitation = InvitationFactory()

    stop_invitations(invitation, by=SYSTEM)

    assert Suppression.objects.get().address == invitation.clinician.email
    other = ActivityFactory(state="open")
    assert not invite_clinicians(other, [invitation.clinician], by=SYSTEM).invited


def test_a_new_time_reaches_those_who_expect_it_with_a_higher_sequence(organisation):
    activity = ActivityFactory(state="open")
    people = [ClinicianFactory() for _ in range(2)]
    invite_clinicians(activity, people, by=SYSTEM)
    record_reply(Invitation.objects.get(clinician=people[1]), accepted=False, by=SYSTEM)

    announce(ActivityRescheduled(activity.pk))
    announce(ActivityRescheduled(activity.pk))
    tell_everybody(organisation)
    tell_everybody(organisation)

    [told] = Delivery.objects.filter(template_code="outreach.change")
    first = Delivery.objects.get(template_code="outreach.invitation", to_address=people[0].email)
    assert told.to_address == people[0].email
    assert event_of(told)["sequence"] == 2
    assert event_of(told)["uid"] == event_of(first)["uid"]
    assert Invitation.objects.get(clinician=people[0]).sequence == 2


@pytest.mark.parametrize(
    ("event", "message"),
    [
        (ActivityCancelled, "outreach.cancellation"),
        (ActivityPostponed, "outreach.postponement"),
    ],
)
def test_an_activity_that_falls_through_leaves_the_calendars(organisation, event, message):
    activity = ActivityFactory(state="open")
    invite_clinicians(activity, [ClinicianFactory()], by=SYSTEM)

    announce(event(activity.pk, "the speaker is ill"))
    tell_everybody(organisation)

    told = Delivery.objects.get(template_code=message)
    assert "the speaker is ill" in told.text
    assert "METHOD:CANCEL" in told.calendar
    assert event_of(told)["sequence"] == 1
