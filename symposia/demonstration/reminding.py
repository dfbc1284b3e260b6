"""Who is written to again: the organisation's reminders, and those of one activity."""

from datetime import datetime

import time_machine
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.activities.models import Activity, State
from symposia.demonstration.thread import Cast
from symposia.directory.models import Channel
from symposia.notifications.actions.domains import set_sender_domain, settle_domain_check
from symposia.notifications.actions.pace import set_domain_pace
from symposia.notifications.actions.texts import SenderFacts, change_text_sender
from symposia.notifications.sender import expected_of
from symposia.notifications.sender_records import findings_of
from symposia.outreach.actions.reminders import (
    ReminderFacts,
    make_reminder,
    pause_reminder,
    switch_reminder,
)
from symposia.outreach.models import Trigger
from symposia.outreach.sending import TEXT
from symposia.shared.actors import Actor

# What is open, how many hours before or after, and whether it goes out.
KEPT = (
    (Trigger.INVITATION, 7 * 24, True),
    (Trigger.START, 2 * 24, True),
    (Trigger.OFFER, 6, True),
    (Trigger.EVALUATION, 3 * 24, True),
    (Trigger.DISCLOSURE, 14 * 24, False),
    (Trigger.SESSION, 24, True),
)


def name_domain(by: Actor) -> None:
    """A domain whose keys are published and whose policy is not yet."""
    own = set_sender_domain("events.example.org", "cme@events.example.org", by=by)
    expected = expected_of(own)
    spf, dkim, _dmarc = expected.records
    published = {spf.name: [spf.value], dkim.name: [dkim.value]}
    found = findings_of(expected, lambda name: published.get(name, []))
    settle_domain_check(own.pk, own.selector, found)


def keep_reminders(cast: Cast, today: datetime) -> None:
    """Pace and sender of messages; the reminders of all activities, and what the next one has."""
    by = cast.actor("coordinator")
    set_domain_pace("example.org", 120, by=by)
    change_text_sender(TEXT, SenderFacts("SYMPOS", "", {}), by=by)
    chat = SenderFacts("106540352242922", "", {"en": "invitation_short"}, Channel.CHAT)
    change_text_sender(TEXT, chat, by=by)
    name_domain(by)
    access = access_of(cast.team["coordinator"], cast.organisation, at=now())
    if access is None:
        return
    with time_machine.travel(cast.at_work(today, 2), tick=True):
        made = [
            make_reminder(ReminderFacts(trigger, hours), access=access, by=by)
            for trigger, hours, _is_on in KEPT
        ]
        for reminder, (_trigger, _hours, is_on) in zip(made, KEPT, strict=True):
            switch_reminder(reminder, on=is_on, access=access, by=by)
        coming = Activity.objects.filter(state=State.OPEN, starts_at__gt=now())
        if activity := coming.order_by("starts_at", "pk").first():
            facts = ReminderFacts(Trigger.START, 5, activity)
            own = make_reminder(facts, access=access, by=by)
            switch_reminder(own, on=True, access=access, by=by)
            pause_reminder(made[2], activity, by=by)
