"""A bill is handed in once, decided by another person, and then stands in the ledger."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from symposia.activities.facts import Stage, objections_to, read_facts
from symposia.activities.models import Arrangement
from symposia.audit.models import Entry
from symposia.finance.actions.bills import (
    Acceptance,
    PaperOfBill,
    accept_bill,
    hand_in_bill,
    return_bill,
    withdraw_bill,
)
from symposia.finance.actions.budgets import reverse_entry
from symposia.finance.billed import was_taken_back
from symposia.finance.billing import BillFacts, told_by
from symposia.finance.models import Bill, BudgetLine, Posting
from symposia.finance.queries import budget_of
from symposia.finance.readiness import BILLS_WAIT
from symposia.insights.today import needs_of
from symposia.notifications.models import Delivery
from symposia.shared.actors import SYSTEM
from symposia.shared.money import Money
from symposia.shared.refusals import Refused
from symposia.shared.states import IllegalMove
from tests.factories.accounts import day_here, member
from tests.factories.activities import ActivityFactory
from tests.factories.approvals import access
from tests.factories.finance import committed, content_of, handed_in, usd


def code_of(change):
    with pytest.raises(Refused) as refused:
        change()
    return refused.value.objection.code


def hall(activity):
    return BudgetLine.objects.of(activity).first()


@pytest.fixture
def agent(organisation):
    return member(organisation, "coordinator")


@pytest.fixture
def officer(organisation):
    return member(organisation, "finance_officer")


def test_an_accepted_bill_is_an_actual_of_its_line_with_the_bill_as_evidence(
    organisation, agent, officer
):
    activity = committed()
    bill = handed_in(activity, by=agent.actor())

    accepted = accept_bill(bill, Acceptance(hall(activity)), by=officer.actor())

    posting = Posting.objects.get(kind="actual")
    assert (accepted.state, accepted.posting) == ("accepted", posting)
    assert (posting.paid_to, posting.reason) == ("Compass Events", "Stands and signs")
    assert posting.evidence == f"{bill.number}, CE-2201"
    assert str(budget_of(activity).actual.amount) == "400.00"
    assert accepted.decided_by_name == officer.full_name
    verbs = Entry.objects.filter(subject_id=bill.pk).order_by("pk")
    assert {entry.action for entry in verbs} == {"bill.handed_in", "bill.accepted"}


def test_whoever_handed_it_in_is_written_to(organisation, agent, officer):
    activity = committed()
    first = handed_in(activity, by=agent.actor())
    second = handed_in(activity, supplier_number="CE-2202", by=agent.actor())

    accept_bill(first, Acceptance(hall(activity)), by=officer.actor())
    return_bill(second, reason="The hotel's address is missing.", by=officer.actor())

    letters = Delivery.objects.filter(to_address=agent.email).order_by("pk")
    assert {letter.template_code for letter in letters} == {
        "finance.bill_accepted",
        "finance.bill_returned",
    }
    back = letters.get(template_code="finance.bill_returned")
    assert "The hotel's address is missing." in back.text
    assert f"/bills/{second.pk}/" in back.text
    assert mail.outbox == []


def test_nobody_accepts_what_they_handed_in(organisation, officer):
    activity = committed()
    bill = handed_in(activity, by=officer.actor())
    second = member(organisation, "finance_officer")

    own = Acceptance(hall(activity))
    assert code_of(lambda: accept_bill(bill, own, by=officer.actor())) == "own_paper"
    assert code_of(lambda: return_bill(bill, reason="No", by=officer.actor())) == "own_paper"
    assert accept_bill(bill, own, by=second.actor()).state == "accepted"
    assert code_of(lambda: accept_bill(bill, own, by=second.actor())) == "decided_already"
    assert Posting.objects.filter(kind="actual").count() == 1


def test_the_same_bill_is_not_handed_in_twice_however_it_is_written(organisation):
    bill = handed_in(committed())
    other = committed()

    with pytest.raises(Refused) as refused:
        handed_in(other, supplier="COMPASS events ", supplier_number="ce 2201")

    assert refused.value.objection.code == "bill_there_already"
    assert bill.number in str(refused.value)
    assert bill.activity.number not in str(refused.value)
    assert handed_in(other, supplier="Compass Hotels").supplier_number == "CE-2201"


@pytest.mark.parametrize("ending", ["returned", "withdrawn"])
def test_a_bill_that_came_back_is_handed_in_again_under_its_number(
    organisation, agent, officer, ending
):
    activity = committed()
    bill = handed_in(activity, by=agent.actor())
    if ending == "returned":
        return_bill(bill, reason="Not signed.", by=officer.actor())
    else:
        withdraw_bill(bill, by=agent.actor())

    again = handed_in(activity, by=agent.actor())

    assert (again.supplier_number, again.state) == (bill.supplier_number, "handed_in")
    assert Bill.objects.get(pk=bill.pk).state == ending


def test_the_database_itself_keeps_a_second_standing_bill_out(organisation):
    bill = handed_in(committed())
    twin = Bill.objects.get(pk=bill.pk)
    twin.pk, twin.number = None, "BILL-2026-9999"
    twin._state.adding = True

    with pytest.raises(IntegrityError, match="one_standing_bill"), transaction.atomic():
        twin.save(force_insert=True)


def test_more_than_its_line_has_left_asks_for_a_reason(organisation, officer):
    activity = committed()
    bill = handed_in(activity, "1900.00")
    line = hall(activity)

    with pytest.raises(Refused) as refused:
        accept_bill(bill, Acceptance(line), by=officer.actor())
    accepted = accept_bill(
        bill, Acceptance(line, reason="Two more hours of the hall."), by=officer.actor()
    )

    assert refused.value.objection.code == "over_estimate"
    assert "USD 100.00" in str(refused.value)
    assert accepted.decided_because == "Two more hours of the hall."


def test_what_was_spent_before_counts_against_the_line(organisation, officer):
    activity = committed()
    line = hall(activity)
    accept_bill(handed_in(activity, "1500"), Acceptance(line), by=officer.actor())
    second = handed_in(activity, "400", supplier_number="CE-2")

    assert code_of(lambda: accept_bill(second, Acceptance(line), by=officer.actor())) == (
        "over_estimate"
    )


def test_more_than_its_arrangement_costs_asks_for_a_reason(organisation, officer):
    activity = committed()
    dinner = Arrangement.objects.create(
        activity=activity, kind="catering", title="Dinner", cost_minor=30_000, currency="USD"
    )
    bill = handed_in(activity, "350", arrangement=dinner)

    with pytest.raises(Refused, match=r"USD 50\.00 more"):
        accept_bill(bill, Acceptance(hall(activity)), by=officer.actor())


def test_a_bill_in_another_currency_is_posted_with_what_was_paid(organisation, officer):
    activity = committed()
    bill = handed_in(activity, amount=Money(Decimal(300), "EUR"))
    line = hall(activity)

    assert code_of(lambda: accept_bill(bill, Acceptance(line), by=officer.actor())) == "say_amount"
    accept_bill(bill, Acceptance(line, usd("330.10")), by=officer.actor())

    assert str(budget_of(activity).actual) == "USD 330.10"


def test_a_line_of_another_activity_is_refused(organisation, officer):
    bill, other = handed_in(committed()), committed()

    code = code_of(lambda: accept_bill(bill, Acceptance(hall(other)), by=officer.actor()))

    assert code == "line_elsewhere"
    assert Posting.objects.filter(kind="actual").count() == 0


def test_nothing_is_accepted_before_the_activity_is_approved(organisation, officer):
    activity = ActivityFactory(state="draft")
    bill = handed_in(activity)
    line = BudgetLine.objects.create(activity=activity, category="venue", description="Hall")

    code = code_of(lambda: accept_bill(bill, Acceptance(line), by=officer.actor()))

    assert code == "spending_not_approved"


@pytest.mark.parametrize(
    ("state", "code"), [("closed", "books_closed"), ("cancelled", "activity_cancelled")]
)
def test_no_bill_comes_after_the_end(organisation, state, code):
    assert code_of(lambda: handed_in(ActivityFactory(state=state))) == code


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"supplier": " - "}, "no_supplier"),
        ({"supplier_number": "#"}, "no_bill_number"),
        ({"what_for": " "}, "no_purpose"),
        ({"amount": Money(Decimal(0), "USD")}, "amount_not_positive"),
        ({"amount": Money(Decimal(5), "us$")}, "no_such_currency"),
        ({"billed_on": date(2999, 1, 1)}, "billed_tomorrow"),
    ],
    ids=["nobody", "no number", "for nothing", "nothing", "no currency", "tomorrow"],
)
def test_a_bill_says_who_asks_for_what(organisation, facts, code):
    assert code_of(lambda: handed_in(ActivityFactory(state="open"), **facts)) == code


def test_what_is_arranged_elsewhere_is_refused(organisation):
    other = Arrangement.objects.create(
        activity=ActivityFactory(), kind="venue", title="Hall", currency="USD"
    )

    assert code_of(lambda: handed_in(ActivityFactory(), arrangement=other)) == "arranged_elsewhere"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 a sheet", "not_a_paper"),
        (b"", "not_a_paper"),
        (b"%PDF-" + bytes(25 * 1024 * 1024), "paper_too_large"),
    ],
    ids=["a sheet", "empty", "large"],
)
def test_the_paper_is_a_document_or_a_picture(organisation, content, code):
    facts = BillFacts("Hotel", "1", date(2026, 1, 1), usd("10"), "Rooms")
    activity = ActivityFactory(state="open")

    refused = code_of(
        lambda: hand_in_bill(activity, facts, PaperOfBill("a.pdf", content), by=SYSTEM)
    )

    assert refused == code
    assert Bill.objects.count() == 0


def test_a_picture_from_a_phone_is_kept_as_what_it_is(organisation):
    facts = BillFacts("Hotel", "1", day_here(), usd("10"), "Rooms")
    photo = PaperOfBill("IMG_0001.HEIC", b"\xff\xd8\xff\xe0 taken by a phone")

    bill = hand_in_bill(ActivityFactory(state="open"), facts, photo, by=SYSTEM)

    assert (bill.file.content_type, bill.sha256) == ("image/jpeg", bill.file.sha256)


def test_only_whoever_handed_it_in_takes_it_back_and_only_while_it_waits(
    organisation, agent, officer
):
    activity = committed()
    bill = handed_in(activity, by=agent.actor())

    assert code_of(lambda: withdraw_bill(bill, by=officer.actor())) == "not_your_paper"
    withdrawn = withdraw_bill(bill, by=agent.actor())
    assert withdrawn.state == "withdrawn"
    assert code_of(lambda: withdraw_bill(bill, by=agent.actor())) == "decided_already"
    with pytest.raises(IllegalMove):
        withdrawn.move("accepted")


def test_it_is_sent_back_with_words(organisation, officer):
    bill = handed_in(committed())

    assert code_of(lambda: return_bill(bill, reason="  ", by=officer.actor())) == "paper_reason"


def test_an_activity_that_is_over_closes_after_its_last_bill(organisation, officer):
    activity = committed()
    bill = handed_in(activity)
    running = {k.fact.name: k.reading for k in read_facts(activity)}["bills"]
    for state in ("open", "running", "held", "reconciling"):
        activity.move(state)

    known = read_facts(activity)

    assert (running.state, running.objection, running.count) == ("now", None, "0/1")
    assert BILLS_WAIT in objections_to(Stage.CLOSE, known)
    accept_bill(bill, Acceptance(hall(activity)), by=officer.actor())
    known = read_facts(activity)
    assert BILLS_WAIT not in objections_to(Stage.CLOSE, known)
    assert {k.fact.name: k.reading.state for k in known}["bills"] == "done"


def test_an_activity_without_bills_says_nothing_of_them(organisation):
    assert "bills" not in {known.fact.name for known in read_facts(committed())}


def test_today_of_finance_names_the_bills_of_others(organisation, agent, officer):
    activity = committed()
    bill = handed_in(activity, by=agent.actor())
    handed_in(activity, supplier_number="CE-9", by=officer.actor())
    at = bill.handed_in_at + timedelta(hours=1)

    needs = [n for n in needs_of(access(officer, organisation), at=at) if n.url_name == "bill"]

    assert [(need.number, need.key) for need in needs] == [(bill.number, str(bill.pk))]
    assert not [n for n in needs_of(access(agent, organisation), at=at) if n.url_name == "bill"]


def test_a_reversed_posting_is_told_on_its_bill(organisation, officer):
    activity = committed()
    bill = accept_bill(handed_in(activity), Acceptance(hall(activity)), by=officer.actor())
    assert not was_taken_back(bill)

    reverse_entry(bill.posting, reason="Paid by the hotel itself.", by=officer.actor())

    assert was_taken_back(Bill.objects.get(pk=bill.pk))


def test_a_bill_is_known_by_supplier_and_number_alone():
    assert told_by("Compass Events", "CE-2201") == told_by("compass  events.", "ce/2201")
    assert told_by("Compass Events 1", "2") != told_by("Compass Events", "12")


def test_the_file_is_the_one_that_was_handed_in(organisation):
    bill = handed_in(ActivityFactory(state="open"))

    assert bill.file.size == len(content_of(bill.activity, "CE-2201"))
    assert (bill.file.purpose, bill.file.subject_id) == ("bill", bill.activity_id)
