"""Whoever was there and has not answered the evaluation is asked again; nobody else."""

from datetime import timedelta

import time_machine
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.assessment.models import Response
from symposia.notifications.actions import suppress_address
from symposia.notifications.models import Cause, Delivery
from symposia.outreach.actions.reminders import (
    ReminderFacts,
    make_reminder,
    remind_next,
    switch_reminder,
)
from symposia.outreach.models import Reminded, Trigger
from symposia.shared.actors import SYSTEM
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.assessment import EvaluationFormFactory
from tests.factories.attendance import EvidenceFactory
from tests.factories.registrations import RegistrationFactory


def seen(activity):
    registration = RegistrationFactory(activity=activity)
    EvidenceFactory(activity=activity, registration=registration)
    return registration


def test_who_was_there_and_has_not_answered_is_reminded(organisation):
    held = ActivityFactory(state="held")
    form = EvaluationFormFactory(activity=held)
    owing, answered, bounced = seen(held), seen(held), seen(held)
    RegistrationFactory(activity=held)  # had a place and was not there
    Response.objects.create(form=form, registration=answered)
    seen(ActivityFactory(state="held"))  # asks for no evaluation
    suppress_address(bounced.clinician.email, cause=Cause.BOUNCED, by=SYSTEM)

    with time_machine.travel(held.ends_at, tick=False) as clock:
        access = access_of(member(organisation, "coordinator"), organisation, at=now())
        facts = ReminderFacts(Trigger.EVALUATION, 72)
        reminder = make_reminder(facts, access=access, by=SYSTEM)
        switch_reminder(reminder, on=True, access=access, by=SYSTEM)
        clock.shift(timedelta(hours=71))
        assert remind_next(reminder.pk) == 0
        clock.shift(timedelta(hours=1))
        assert remind_next(reminder.pk) == 2

    sent = Delivery.objects.get()
    assert (sent.template_code, sent.to_address) == ("credits.finish", owing.clinician.email)
    assert Reminded.objects.get(delivery=None).subject_id == bounced.pk
