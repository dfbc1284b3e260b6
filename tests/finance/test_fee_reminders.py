"""Whoever has not paid is written to before the last day, once, in words that say how to pay."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from procrastinate.contrib.django.models import ProcrastinateJob

from symposia.finance.actions.charges import charge_registration, mark_paid
from symposia.finance.actions.fees import TermsFacts, add_fee, settle_fee_terms
from symposia.finance.actions.reminders import remind_in_time, remind_payer
from symposia.finance.fee_rules import (
    NOTHING_OWED,
    REMINDED_TODAY,
    FeeFacts,
    objection_to_reminding,
    reminder_on,
)
from symposia.finance.models import FeeTerms
from symposia.finance.queries import books_currency
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM
from symposia.shared.money import Money
from symposia.shared.refusals import Refused
from tests.factories.activities import ActivityFactory
from tests.factories.registrations import RegistrationFactory

CHARGED = "2026-12-01T12:00Z"
DAY = date(2026, 12, 1)


@pytest.fixture
def activity(organisation):
    made = ActivityFactory(state="open")
    amount = Money(Decimal(120), books_currency())
    add_fee(made, FeeFacts("Everybody", amount), by=SYSTEM)
    return made


def charged(activity, **person):
    with time_machine.travel(CHARGED, tick=False):
        place = RegistrationFactory(activity=activity, **person)
        return charge_registration(place, by=SYSTEM)


def letters():
    return Delivery.objects.filter(template_code="finance.fee_due")


def planned(charge):
    jobs = ProcrastinateJob.objects.filter(task_name="finance.remind_of_fee")
    return [job.scheduled_at for job in jobs if job.args["charge_id"] == str(charge.pk)]


def test_the_reminder_is_planned_for_the_morning_of_its_day_at_the_venue(activity):
    settle_fee_terms(activity, TermsFacts(days_to_pay=14, remind_days=3), by=SYSTEM)

    charge = charged(activity)

    assert charge.due_on == date(2026, 12, 15)
    assert planned(charge) == [datetime(2026, 12, 12, 14, tzinfo=UTC)]  # nine in New York


@pytest.mark.parametrize(
    ("days", "last_day", "on"),
    [
        (3, date(2026, 12, 15), date(2026, 12, 12)),
        (0, date(2026, 12, 15), None),
        (3, date(2026, 12, 4), None),
        (3, date(2026, 12, 5), date(2026, 12, 2)),
    ],
)
def test_nobody_is_reminded_on_the_day_of_the_charge_or_where_it_was_not_settled(
    organisation, days, last_day, on
):
    assert reminder_on(FeeTerms(remind_days=days), last_day, today=DAY) == on


def test_the_letter_says_how_much_by_when_and_where_to(activity):
    settle_fee_terms(activity, TermsFacts(bank_words="IBAN DE00 1234"), by=SYSTEM)
    charge = charged(activity, clinician__full_name="Radhika Iyer")

    with time_machine.travel("2026-12-12T14:00Z"):
        assert remind_in_time(charge, by=SYSTEM)

    letter = letters().get()
    charge.refresh_from_db()
    assert charge.reminded_at
    assert letter.to_address == charge.registration.clinician.email
    assert "15 December 2026" in letter.subject
    for words in (str(charge.amount), charge.reference, "IBAN DE00 1234", "/t/"):
        assert words in letter.text


def test_it_is_written_once_and_not_to_whoever_has_paid_or_has_no_address(activity):
    once, has_paid = charged(activity), charged(activity)
    nowhere = charged(activity, clinician__email="")
    mark_paid(has_paid, method="bank", evidence="Line 4", by=SYSTEM)
    for charge in (once, has_paid, nowhere):
        charge.refresh_from_db()

    with time_machine.travel("2026-12-12T14:00Z"):
        told = [remind_in_time(charge, by=SYSTEM) for charge in (once, has_paid, nowhere)]
        once.refresh_from_db()
        again = remind_in_time(once, by=SYSTEM)

    assert told == [True, False, False]
    assert not again
    assert letters().count() == 1


def test_where_reminders_were_ended_meanwhile_nobody_is_reminded(activity):
    charge = charged(activity)
    settle_fee_terms(activity, TermsFacts(remind_days=0), by=SYSTEM)

    assert not remind_in_time(charge, by=SYSTEM)
    assert not letters().exists()


def test_the_office_reminds_at_most_once_a_day_and_nobody_who_owes_nothing(activity):
    charge, has_paid = charged(activity), charged(activity)
    has_paid = mark_paid(has_paid, method="desk", evidence="Receipt 4", by=SYSTEM)

    with time_machine.travel("2026-12-10T09:00Z", tick=False) as clock:
        charge = remind_payer(charge, by=SYSTEM)
        with pytest.raises(Refused) as refused:
            remind_payer(charge, by=SYSTEM)
        clock.shift(timedelta(days=1))
        remind_payer(charge, by=SYSTEM)
        assert objection_to_reminding(has_paid, at=charge.reminded_at) == NOTHING_OWED

    assert refused.value.objection == REMINDED_TODAY
    assert letters().count() == 2
