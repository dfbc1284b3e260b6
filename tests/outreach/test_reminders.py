"""Reminders: who is written to when, and who is not because it is done."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob

from symposia.accounts.queries import access_of
from symposia.activities.actions.disclosures import DisclosureFacts, give_disclosure
from symposia.activities.models import FacultyInvitation
from symposia.audit.models import Entry
from symposia.directory.actions.segments import SegmentFacts, add_to_segment, save_segment
from symposia.notifications.actions import suppress_address
from symposia.notifications.models import Delivery
from symposia.outreach.actions import record_reply
from symposia.outreach.actions.reminders import (
    ReminderFacts,
    make_reminder,
    pause_reminder,
    remind_next,
    resume_reminder,
    switch_reminder,
)
from symposia.outreach.events import ReminderSwitched
from symposia.outreach.models import Reminded, Trigger
from symposia.outreach.reminding import coming_everywhere, coming_to, next_ones
from symposia.outreach.tasks import look_for_due_reminders, send_reminders
from symposia.shared.actors import SYSTEM
from symposia.shared.events import _listeners
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory, TerritoryFactory
from tests.factories.outreach import InvitationFactory
from tests.factories.team import ContributorFactory

START = datetime(2027, 1, 11, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as moved:
        yield moved


@pytest.fixture
def access(organisation, clock):
    return access_of(member(organisation, "coordinator"), organisation, at=now())


@pytest.fixture
def activity(organisation, clock):
    return ActivityFactory(state="open", mode="scientific")


@pytest.fixture
def make(access):
    """A reminder that is switched on."""

    def made(trigger=Trigger.INVITATION, hours=72, *, on=True, **facts):
        reminder = make_reminder(ReminderFacts(trigger, hours, **facts), access=access, by=SYSTEM)
        return switch_reminder(reminder, on=on, access=access, by=SYSTEM)

    return made


def run(reminder):
    """Everybody whose hour has come; how many had a turn."""
    send_reminders.run(str(reminder.organisation_id))
    return Reminded.objects.filter(reminder=reminder).count()


def refusal(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.objection.code


def test_who_has_not_answered_is_asked_once_more_and_only_once(activity, make, clock):
    reminder = make()
    invitation = InvitationFactory(activity=activity)

    clock.shift(3 * DAY - timedelta(minutes=1))
    assert run(reminder) == 0
    clock.shift(timedelta(minutes=1))
    assert run(reminder) == 1
    clock.shift(DAY)
    assert run(reminder) == 1

    sent = Delivery.objects.get()
    assert sent.template_code == "outreach.invitation_again"
    assert sent.to_address == invitation.address
    row = Reminded.objects.get()
    assert (row.name, row.delivery, row.why) == (invitation.clinician.full_name, sent, "")
    assert Entry.objects.filter(action="person.reminded", subject_id=row.pk).exists()


def test_who_has_answered_hears_nothing(activity, make, clock):
    reminder = make()
    invitation = InvitationFactory(activity=activity)
    record_reply(invitation, accepted=False, by=SYSTEM)

    clock.shift(4 * DAY)

    assert run(reminder) == 0
    assert not Delivery.objects.exists()


def test_who_asked_for_no_more_is_passed_over_with_the_reason_and_not_looked_at_again(
    activity, make, clock
):
    reminder = make()
    invitation = InvitationFactory(activity=activity)
    suppress_address(invitation.address, by=SYSTEM)

    clock.shift(4 * DAY)
    run(reminder)

    assert Reminded.objects.get().why == "asked for no more invitations"
    assert remind_next(reminder.pk) == 0
    assert not Delivery.objects.exists()


def test_nobody_is_written_to_whose_hour_had_passed_when_it_was_switched_on(activity, make, clock):
    InvitationFactory(activity=activity)
    clock.shift(10 * DAY)

    reminder = make()

    assert run(reminder) == 0
    late = InvitationFactory(activity=activity, sent_at=now() - 2 * DAY)
    clock.shift(DAY)
    run(reminder)
    assert Reminded.objects.get().clinician == late.clinician


def test_what_is_off_or_over_reminds_nobody(activity, make, clock, access):
    reminder = make()
    InvitationFactory(activity=activity)
    begun = ActivityFactory(state="open", wall_starts=datetime.fromisoformat("2027-01-13T04:00"))
    InvitationFactory(activity=begun)
    clock.shift(4 * DAY)
    switch_reminder(reminder, on=False, access=access, by=SYSTEM)
    assert run(reminder) == 0

    switch_reminder(reminder, on=True, access=access, by=SYSTEM)
    late = InvitationFactory(activity=activity, sent_at=now())
    clock.shift(4 * DAY)
    run(reminder)

    assert [row.clinician for row in Reminded.objects.all()] == [late.clinician]


def test_a_reminder_may_be_one_activitys_or_only_for_a_segment(activity, make, clock, access):
    other = ActivityFactory(state="open", mode="scientific")
    board = save_segment(SegmentFacts("Board", is_shared=True), by=SYSTEM)
    mine, theirs = InvitationFactory(activity=activity), InvitationFactory(activity=other)
    add_to_segment(board, [theirs.clinician], access=access, by=SYSTEM)
    own, narrow = make(activity=activity), make(segment=board)

    clock.shift(4 * DAY)
    run(own)

    reached = {(row.reminder_id, row.clinician_id) for row in Reminded.objects.all()}
    assert reached == {(own.pk, mine.clinician_id), (narrow.pk, theirs.clinician_id)}


def test_an_activity_does_without_one_of_the_organisations(activity, make, clock, access):
    reminder = make()
    InvitationFactory(activity=activity)
    pause_reminder(reminder, activity, by=SYSTEM)
    pause_reminder(reminder, activity, by=SYSTEM)
    clock.shift(4 * DAY)

    assert coming_to(activity, access, now())[0].is_paused
    assert run(reminder) == 0
    resume_reminder(reminder, activity, by=SYSTEM)
    assert run(reminder) == 1
    assert Entry.objects.filter(action="reminder.paused").count() == 1
    assert Entry.objects.filter(action="reminder.resumed").count() == 1
    own = make(activity=activity, hours=5)
    assert refusal(lambda: pause_reminder(own, activity, by=SYSTEM)) == "reminder_of_activity"


def test_who_teaches_is_reminded_of_a_disclosure_until_one_counts(activity, make, clock):
    owing, done = ContributorFactory(), ContributorFactory()
    give_disclosure(done, DisclosureFacts(nothing=True, attested=True), by=SYSTEM)
    for person in (owing, done):
        FacultyInvitation.objects.create(activity=activity, contributor=person, accepted=None)
    reminder = make(Trigger.DISCLOSURE, 14 * 24)

    clock.shift(46 * DAY)
    run(reminder)

    row = Reminded.objects.get()
    assert (row.name, row.delivery.to_address) == (owing.name, owing.email)
    assert "Disclosure" in row.delivery.text


def test_the_outlook_says_how_many_from_when_to_when(activity, make, clock, access):
    early = InvitationFactory(activity=activity, sent_at=START)
    InvitationFactory(activity=activity, sent_at=START + DAY)
    reminder, off = make(), make(hours=48, on=False)

    found = {each.reminder: each for each in coming_to(activity, access, now())}

    assert found[reminder].outlook.count == 2
    assert found[reminder].outlook.first == START + 3 * DAY
    assert found[reminder].outlook.last == START + 4 * DAY
    assert found[off].outlook.count == 2
    assert not found[off].goes_out
    assert [each.reminder for each in coming_everywhere(access, now())] == [reminder]
    assert next_ones(reminder, access, now(), most=1)[0].name == early.clinician.full_name


def test_a_representative_sees_the_own_people_alone(organisation, activity, make, clock):
    mine = TerritoryFactory()
    near = ClinicianFactory(territory=mine)
    InvitationFactory(activity=activity, clinician=near)
    InvitationFactory(activity=activity, clinician=ClinicianFactory(territory=TerritoryFactory()))
    reminder = make()
    scope = {"scope_kind": "territory", "scope_id": mine.pk}
    seller = member(organisation, "field_representative", **scope)
    sees = access_of(seller, organisation, at=now())

    assert [each.name for each in next_ones(reminder, sees, now(), most=9)] == [near.full_name]
    clock.shift(4 * DAY)
    run(reminder)
    assert [row.clinician for row in Reminded.objects.visible_to(sees)] == [near]


def test_what_reaches_every_activity_is_for_whoever_plans_all_of_them(
    organisation, activity, clock, make
):
    here = {"scope_kind": "activity", "scope_id": activity.pk}
    guest = member(organisation, "coordinator", **here)
    narrow = access_of(guest, organisation, at=now())
    facts = ReminderFacts(Trigger.START, 24)

    assert refusal(lambda: make_reminder(facts, access=narrow, by=SYSTEM)) == "reminder_for_all"
    everybodys = make()
    switched = lambda: switch_reminder(everybodys, on=False, access=narrow, by=SYSTEM)  # noqa: E731
    assert refusal(switched) == "reminder_for_all"
    own = make_reminder(ReminderFacts(Trigger.START, 24, activity), access=narrow, by=SYSTEM)
    assert not own.is_on


def test_what_cannot_be_a_reminder_is_refused(activity, make, access):
    make(hours=24)
    board = save_segment(SegmentFacts("Board", is_shared=True), by=SYSTEM)

    assert refusal(lambda: make(hours=24)) == "reminder_there"
    assert refusal(lambda: make(hours=0)) == "reminder_hours"
    assert refusal(lambda: make(hours=9000)) == "reminder_hours"
    narrowed = refusal(lambda: make(Trigger.DISCLOSURE, segment=board))
    assert narrowed == "reminder_without_clinicians"


@pytest.mark.parametrize(
    ("trigger", "hours", "words"),
    [
        (Trigger.START, 24, "1 day before"),
        (Trigger.OFFER, 36, "36 hours before"),
        (Trigger.PLACE, 48, "2 days after"),
        (Trigger.EVALUATION, 1, "1 hour after"),
    ],
)
def test_when_it_leaves_is_said_in_words(make, trigger, hours, words):
    assert make(trigger, hours).moment_in_words == words


def test_the_switch_is_announced_and_kept_by_the_journal(make, access):
    heard = []
    _listeners[ReminderSwitched].append(heard.append)
    reminder = make()
    switch_reminder(reminder, on=True, access=access, by=SYSTEM)
    switch_reminder(reminder, on=False, access=access, by=SYSTEM)
    _listeners[ReminderSwitched].remove(heard.append)

    assert [event.is_on for event in heard] == [True, False]
    assert Entry.objects.filter(action="reminder.switched_on").count() == 1
    assert Entry.objects.filter(action="reminder.switched_off").count() == 1


def test_the_work_is_asked_for_where_somebody_is_due(activity, make, clock):
    make()
    InvitationFactory(activity=activity)
    look_for_due_reminders()
    asked = ProcrastinateJob.objects.filter(task_name="outreach.send_reminders")
    assert not asked.exists()

    clock.shift(3 * DAY)
    look_for_due_reminders()

    assert asked.count() == 1
