"""Months and quarters of the books: closed as a list of tasks, opened again by two people."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from symposia.audit.models import Entry
from symposia.finance.actions.bills import accept_bill, return_bill
from symposia.finance.actions.budgets import reverse_entry
from symposia.finance.actions.deciding import Acceptance
from symposia.finance.actions.periods import (
    agree_to_reopen,
    ask_to_reopen,
    begin_closing,
    close_period,
    leave_closed,
)
from symposia.finance.closing import tasks_of
from symposia.finance.models import BooksPeriod, BudgetLine, Posting
from symposia.finance.period_rules import last_day, said_of
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, member
from tests.factories.activities import ActivityFactory
from tests.factories.approvals import access
from tests.factories.finance import committed, handed_in, spent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
MARCH = date(2027, 3, 1)


def code_of(change):
    with pytest.raises(Refused) as refused, transaction.atomic():
        change()
    return refused.value.objection.code


@pytest.fixture(autouse=True)
def _in_april():
    with time_machine.travel("2027-04-09T15:00:00+00:00", tick=True):
        yield


@pytest.fixture
def people(organisation):
    return [member(organisation, "finance_officer").actor() for _n in range(2)]


@pytest.fixture
def activity(organisation):
    """Held on 11 March, nothing paid yet."""
    return committed(activity=ActivityFactory(state="draft"))


def test_periods_are_whole_months_and_quarters():
    assert last_day("month", date(2028, 2, 1)) == date(2028, 2, 29)
    assert last_day("quarter", date(2027, 10, 1)) == date(2027, 12, 31)
    assert last_day("quarter", date(2027, 3, 1)) is None
    assert last_day("month", date(2027, 3, 2)) is None


def test_a_period_is_begun_once_it_is_over_and_covers_no_day_twice(organisation):
    march = begin_closing("month", MARCH, by=SYSTEM)
    assert (str(march), said_of(march)) == ("2027-03", "March 2027")
    begin = lambda kind, first: code_of(  # noqa: E731
        lambda: begin_closing(kind, first, by=SYSTEM)
    )
    assert begin("month", date(2027, 4, 1)) == "period_not_over"
    assert begin("month", MARCH) == "period_overlaps"
    assert begin("quarter", date(2027, 1, 1)) == "period_overlaps"
    assert begin("month", date(2027, 2, 2)) == "not_a_period"


def test_closing_is_a_list_of_tasks_with_whose_turn_it_is(organisation, activity, people):
    bill = handed_in(activity, billed_on=date(2027, 3, 12))
    handed_in(activity, supplier_number="CE-2", billed_on=date(2027, 4, 2))
    march = begin_closing("month", MARCH, by=people[0])

    tasks = {task.name: task for task in tasks_of(march, _access(organisation))}
    assert [each.label for each in tasks["bills"].owed] == [f"{bill.number}, Compass Events"]
    assert tasks["bills"].is_needed
    assert [str(each.amount) for each in tasks["fees"].owed] == ["USD 450.00"]
    assert sorted(each.label for each in tasks["commitments"].owed) == ["Dinner", "Hall A"]
    assert tasks["expenses"].count == 0

    assert code_of(lambda: close_period(march, by=people[0])) == "period_still_waits"
    return_bill(bill, reason="Wrong name", by=people[0])
    assert code_of(lambda: close_period(march, by=people[0])) == "period_say_why"
    close_period(march, reason="The hall bills in April", by=people[0])
    assert BooksPeriod.objects.get().closed_because == "The hall bills in April"
    assert Entry.objects.get(action="books_period.closed").details["carried_over"] == 3
    assert code_of(lambda: close_period(march, by=people[0])) == "period_closed_already"


def _access(organisation):
    return access(member(organisation, "finance_officer"), organisation)


def test_nothing_is_posted_into_a_closed_period_by_anybody(organisation, activity, people):
    line = BudgetLine.objects.of(activity)[0]
    early = spent(line, "10", booked_on=date(2027, 3, 20))
    assert early.booked_on == date(2027, 3, 20)
    _close_march(people)

    assert code_of(lambda: spent(line, "10", booked_on=date(2027, 3, 31))) == "period_closed"
    assert code_of(lambda: spent(line, "10", booked_on=date(2027, 4, 10))) == "booked_tomorrow"
    assert spent(line, "10").booked_on == date(2027, 4, 9)
    # What was posted there is taken back on a day that is open.
    assert reverse_entry(early, reason="Twice", by=SYSTEM).booked_on == date(2027, 4, 9)
    # A bill of a closed month that comes late is of today.
    late = handed_in(activity, billed_on=date(2027, 3, 30))
    posted = accept_bill(late, Acceptance(line), by=people[1]).posting
    assert posted.booked_on == date(2027, 4, 9)

    with pytest.raises(IntegrityError, match="are closed"), transaction.atomic():
        Posting.objects.create(
            line=line, kind="actual", reason="x", posted_by_name="x", booked_on=MARCH
        )


def _close_march(people):
    return close_period(
        begin_closing("month", MARCH, by=people[0]), reason="Carried over", by=people[0]
    )


def test_two_people_open_it_again_and_it_is_closed_anew(organisation, activity, people):
    march = _close_march(people)
    asked = ask_to_reopen(march, reason="A bill came late", by=people[0])

    assert code_of(lambda: ask_to_reopen(march, reason="R", by=people[1])) == "reopening_asked"
    assert code_of(lambda: agree_to_reopen(asked, by=people[0])) == "own_reopening"
    agree_to_reopen(asked, by=people[1])
    assert code_of(lambda: leave_closed(asked, by=people[1])) == "reopening_decided"
    assert code_of(lambda: ask_to_reopen(march, reason="R", by=people[1])) == "period_not_closed"
    line = BudgetLine.objects.of(activity)[0]
    assert spent(line, "10", booked_on=date(2027, 3, 31)).booked_on == date(2027, 3, 31)
    entry = Entry.objects.get(action="books_period.reopened")
    assert (entry.reason, entry.details["asked_by"]) == ("A bill came late", people[0].name)

    march = close_period(march, reason="Now", by=people[0])
    assert code_of(lambda: ask_to_reopen(march, reason=" ", by=people[0])) == "reopening_reason"
    again = ask_to_reopen(march, reason="Once more", by=people[0])
    leave_closed(again, by=people[0])
    march.refresh_from_db()
    assert march.is_closed


def test_another_organisation_has_books_of_its_own(activity, people):
    _close_march(people)
    other = OrganisationFactory()
    with acting_in(other.pk):
        assert not BooksPeriod.objects.exists()
        line = BudgetLine.objects.of(committed(activity=ActivityFactory(state="draft")))[0]
        assert spent(line, "10", booked_on=MARCH).booked_on == MARCH
