"""An order, what of it came, and the bill: three papers that agree, or somebody says why not."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from symposia.audit.models import Entry
from symposia.finance.actions.bills import accept_bill, ask_about_bill, link_bill, return_bill
from symposia.finance.actions.deciding import Acceptance
from symposia.finance.actions.expenses import accept_expense, ask_about_expense
from symposia.finance.actions.orders import end_order
from symposia.finance.actions.overruns import agree_to_overrun, drop_overrun
from symposia.finance.controls import controls_on, known_controls
from symposia.finance.models import Bill, BudgetLine, Delivered, Expense, Overrun, Posting
from symposia.finance.ordered import faults_of, left_for_orders, papers_of
from symposia.finance.queries import budget_of
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from tests.factories.accounts import day_here, member
from tests.factories.finance import came, committed, handed_in, ordered, payee, spent_at, usd

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def refusal_of(change):
    with pytest.raises(Refused) as refused, transaction.atomic():
        change()
    return refused.value.objection


def code_of(change):
    return refusal_of(change).code


@pytest.fixture
def officers(organisation):
    return [member(organisation, "finance_officer").actor() for _n in range(3)]


@pytest.fixture
def activity(organisation):
    return committed()


@pytest.fixture
def vendor(organisation):
    return payee()


def meals(activity):
    return BudgetLine.objects.get(activity=activity, category="meals")


def codes(bill):
    return [each.code for each in faults_of(bill)]


def test_a_vendor_is_known_once_however_the_name_is_written(vendor):
    assert vendor.number.startswith("PYE-")
    assert code_of(lambda: payee("COMPASS events, ")) == "payee_there"
    assert code_of(lambda: payee(" - ")) == "payee_nameless"
    assert payee("Compass Events", kind="house").kind == "house"


def test_an_order_draws_on_what_its_line_has_promised(activity, vendor):
    line = meals(activity)
    assert left_for_orders(line) == usd("2000.00")
    order = ordered(activity, vendor)
    assert (str(order.amount), left_for_orders(line)) == ("USD 800.00", usd("1200.00"))

    more = refusal_of(lambda: ordered(activity, vendor, quantity=Decimal(70)))
    assert more.code == "order_over"
    assert "1,200 USD left for orders, and this is 200 USD more" in str(more)
    assert ordered(activity, vendor, quantity=Decimal(70), reason="Late wish").over_because
    assert budget_of(activity).committed == usd("4250.00")

    end_order(order, reason="Called off", by=SYSTEM)
    assert left_for_orders(line) == usd("600.00")
    assert code_of(lambda: end_order(order, reason="Again", by=SYSTEM)) == "order_ended"


def test_what_is_ordered_says_what_from_whom_and_on_which_line(activity, vendor):
    elsewhere = meals(committed())
    refuse = lambda **facts: code_of(lambda: ordered(activity, vendor, **facts))  # noqa: E731
    assert refuse(line=elsewhere) == "order_line"
    assert refuse(what_for=" ") == "order_purpose"
    assert refuse(quantity=Decimal(0)) == "order_quantity"
    assert refuse(each=usd("0")) == "amount_not_positive"
    assert refuse(unit="miles") == "order_unit"
    assert code_of(lambda: ordered(activity, payee("Us", kind="house"))) == "not_a_vendor"


def test_no_more_heads_were_served_than_are_recorded_unless_somebody_says_who(activity, vendor):
    order = ordered(activity, vendor)
    refused = refusal_of(lambda: came(order, note=""))
    assert refused.code == "delivered_more_heads"
    assert "40 heads were served, but only 0 are recorded" in str(refused)

    assert came(order, note="The choir ate too").recorded == 0
    assert code_of(lambda: came(order, "-3", note="")) == "delivered_why"
    assert code_of(lambda: came(order, "-50")) == "delivered_below_nothing"
    came(order, "-3", note="Counted twice")
    assert papers_of(order).came == 37
    tomorrow = day_here() + timedelta(days=1)
    assert code_of(lambda: came(order, delivered_on=tomorrow)) == "delivered_tomorrow"


def test_whoever_bills_it_does_not_confirm_it_and_nothing_confirmed_is_edited(
    organisation, activity, vendor
):
    agent = member(organisation, "agency").actor()
    order = ordered(activity, vendor)
    handed_in(activity, "800", order=order, by=agent)
    assert code_of(lambda: came(order, by=agent)) == "own_delivery"

    kept = came(order)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Delivered.objects.filter(pk=kept.pk).update(quantity=1)


def test_three_papers_that_agree_are_accepted_without_a_word(activity, vendor, officers):
    order = ordered(activity, vendor)
    came(order)
    bill = handed_in(activity, "815.00", order=order)  # within two percent
    assert (bill.vendor, codes(bill)) == (vendor, [])

    # Fifteen more than the order is above it all the same, by hand of one person with a reason.
    said = Acceptance(meals(activity), reason="Service")
    assert accept_bill(bill, said, by=officers[0]).state == "accepted"
    assert left_for_orders(meals(activity)) == usd("1185.00")


@pytest.mark.parametrize(
    ("billed", "served", "supplier", "expected"),
    [
        ("800", None, "Compass Events", ["match_not_delivered"]),
        ("800", "30", "Compass Events", ["match_less_delivered", "match_above_delivered"]),
        ("600", "30", "Compass Events", ["match_less_delivered"]),
        ("944", "40", "Compass Events", ["match_above_delivered", "match_above_ordered"]),
        ("800", "40", "Bay Hotels", ["match_other_vendor"]),
    ],
    ids=["nothing came", "fewer came", "billed what came", "18 % over", "another vendor"],
)
def test_each_point_in_which_they_differ_is_a_sentence(
    activity, vendor, billed, served, supplier, expected
):
    order = ordered(activity, vendor)
    if served:
        came(order, served)
    bill = handed_in(activity, billed, order=order, supplier=supplier)
    assert codes(bill) == expected
    assert all("%(" not in str(each) for each in faults_of(bill))


def test_a_mismatch_is_accepted_with_a_reason_alone(activity, vendor, officers):
    bill = handed_in(activity, "800", order=ordered(activity, vendor))
    line = meals(activity)
    refused = refusal_of(lambda: accept_bill(bill, Acceptance(line), by=officers[0]))
    assert refused.code == "say_why_nevertheless"
    assert "Nobody has confirmed" in str(refused)

    accept_bill(bill, Acceptance(line, reason="Seen by the hall"), by=officers[0])
    entry = Entry.objects.get(action="bill.accepted")
    assert entry.details["faults"] == "match_not_delivered"


def test_eighteen_percent_over_takes_a_reason_and_a_second_person(activity, vendor, officers):
    order = ordered(activity, vendor)
    came(order)
    bill = handed_in(activity, "944", order=order)
    line, first, second = meals(activity), officers[0], officers[1]
    said = Acceptance(line, reason="Eight more came")

    assert code_of(lambda: accept_bill(bill, Acceptance(line), by=first)) == "over_estimate"
    refused = refusal_of(lambda: accept_bill(bill, said, by=first))
    assert (refused.code, "USD 144.00" in str(refused)) == ("needs_second", True)

    asked = ask_about_bill(bill, said, by=first)
    assert code_of(lambda: ask_about_bill(bill, said, by=second)) == "overrun_asked"
    assert code_of(lambda: agree_to_overrun(asked, by=first)) == "own_overrun"
    assert Bill.objects.get().state == "handed_in"

    agree_to_overrun(asked, by=second)
    bill.refresh_from_db()
    assert (bill.state, bill.decided_because) == ("accepted", "Eight more came")
    assert Posting.objects.get(kind="actual").posted_by_name == second.name
    assert Entry.objects.get(action="bill.accepted").details["asked_by"] == first.name
    assert code_of(lambda: agree_to_overrun(asked, by=officers[2])) == "overrun_decided"


def test_the_database_itself_wants_two_for_an_overrun(activity, vendor, officers):
    bill = handed_in(activity, "2400")
    asked = ask_about_bill(bill, Acceptance(meals(activity), reason="More"), by=officers[0])
    asked.decided_by_id, asked.state = asked.proposed_by_id, "agreed"
    with pytest.raises(IntegrityError, match="two_people_accept"), transaction.atomic():
        asked.save()


def test_what_is_sent_back_or_not_wanted_waits_for_nobody(activity, officers):
    bill = handed_in(activity, "2400")
    said = Acceptance(meals(activity), reason="More")
    drop_overrun(ask_about_bill(bill, said, by=officers[0]), by=officers[1])
    again = ask_about_bill(bill, said, by=officers[0])
    return_bill(bill, reason="Wrong", by=officers[1])
    again.refresh_from_db()
    assert again.state == "dropped"
    little = handed_in(activity, "10", supplier_number="CE-9")
    small = Acceptance(meals(activity), reason="x")
    assert code_of(lambda: ask_about_bill(little, small, by=officers[0])) == "not_far_over"


def test_an_expense_far_above_its_line_takes_two_as_well(activity, officers):
    expense = spent_at(activity, "2400.00")
    said = Acceptance(meals(activity), reason="A long evening")
    assert code_of(lambda: accept_expense(expense, said, by=officers[0])) == "needs_second"
    agree_to_overrun(ask_about_expense(expense, said, by=officers[0]), by=officers[1])
    assert Expense.objects.get().state == "accepted"
    assert Overrun.objects.get().paper == Expense.objects.get()


def test_a_bill_that_may_be_there_already_is_explained(activity, vendor, officers):
    first = handed_in(activity, "400")
    near = handed_in(activity, "398", supplier_number="CE-2202", billed_on=date(2026, 1, 20))
    late = handed_in(activity, "400", supplier_number="CE-2203", billed_on=date(2025, 11, 1))
    assert (codes(near), codes(late)) == (["twin_near_amount"], [])
    assert first.number in str(faults_of(near)[0])
    Bill.objects.filter(pk=late.pk).update(sha256=first.sha256)
    late.refresh_from_db()
    assert codes(late) == ["twin_same_file"]
    line = meals(activity)
    assert code_of(lambda: accept_bill(near, Acceptance(line), by=officers[0])) == (
        "say_why_nevertheless"
    )


def test_finance_says_which_order_a_bill_is_for_while_it_waits(activity, officers):
    bill = handed_in(activity, "800")
    order = ordered(activity, payee())
    linked = link_bill(bill, order, by=officers[0])
    assert (linked.order, linked.vendor) == (order, order.vendor)
    other = ordered(committed(), order.vendor)
    assert code_of(lambda: link_bill(bill, other, by=officers[0])) == "ordered_elsewhere"
    return_bill(bill, reason="Wrong", by=officers[0])
    assert code_of(lambda: link_bill(bill, None, by=officers[0])) == "decided_already"


def test_limits_are_dated_and_say_where_they_come_from():
    assert controls_on(day_here()).second_percent == 10
    assert all(each.citation and each.confidence == "to verify" for each in known_controls())
