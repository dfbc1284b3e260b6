"""Statements of cards find their receipts; taxes are withheld; nothing closes with open money."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from django.db import IntegrityError, transaction

from symposia.activities.facts import Stage, objections_to, read_facts
from symposia.finance.actions.card_lines import (
    check_cards,
    explain_card_line,
    import_cards,
    match_card_line,
    part_card_line,
    undo_cards,
)
from symposia.finance.actions.deciding import Acceptance
from symposia.finance.actions.expenses import accept_expense, return_expense
from symposia.finance.actions.orders import end_order
from symposia.finance.actions.payments import add_payment, leave_out, release_batch, tell_paid
from symposia.finance.actions.periods import begin_closing, close_period
from symposia.finance.actions.tax_lines import set_taxes
from symposia.finance.closing import tasks_of
from symposia.finance.models import BudgetLine, CardLine, Payment, TaxLine
from symposia.finance.payable import dues
from symposia.finance.tax_rules import TaxFacts, parts_of
from symposia.shared.actors import SYSTEM
from symposia.shared.refusals import Refused
from symposia.work.files import store_file
from symposia.work.imports.kept import copy_of_kept
from tests.factories.accounts import member
from tests.factories.approvals import access
from tests.factories.finance import committed, handed_in, ordered, payee, spent_at, usd
from tests.factories.paying import accepted, batch_of, confirmed, our_account, vendor_of
from tests.work.pictures import photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
HEAD = "Day,Paid to,Amount,Holder,Card,Reference"


def refusal_of(change):
    with pytest.raises(Refused) as refused, transaction.atomic():
        change()
    return refused.value.objection


def code_of(change):
    return refusal_of(change).code


def checked(*rows):
    text = "\n".join([HEAD, *rows]).encode()
    kept = store_file(
        text, name="card.csv", content_type="text/csv", purpose="card_statement", by=SYSTEM
    )
    with copy_of_kept(kept.storage_name) as path:
        return check_cards(Path(path), name=kept.name, storage_name=kept.storage_name, by=SYSTEM)


@pytest.fixture
def officers(organisation):
    return [member(organisation, "finance_officer").actor() for _n in range(4)]


@pytest.fixture
def activity(organisation):
    return committed()


DINNER = "2026-01-06,BAY HOTELS,200.00,A Rao,XXXX 4111,T1"


def test_a_file_is_looked_at_and_what_can_be_meant_by_one_receipt_has_it(activity):
    dinner = spent_at(activity)
    made = checked(DINNER, "2026-01-07,TAXI,17.50,A Rao,4111,T2", "soon,X,1,,,", "2026-01-07,,1,,,")
    assert made.counts == {"new": 2, "rejected": 2}
    assert CardLine.objects.count() == 0

    import_cards(made, by=SYSTEM)
    matched, taxi = CardLine.objects.order_by("reference")
    assert (matched.state, matched.expense, matched.tail) == ("matched", dinner, "4111")
    assert (taxi.state, taxi.expense) == ("open", None)
    assert code_of(lambda: import_cards(made, by=SYSTEM)) == "cards_not_checked"
    assert checked(DINNER).counts == {"unchanged": 1}

    undo_cards(made, by=SYSTEM)
    assert CardLine.objects.count() == 0
    assert code_of(lambda: undo_cards(made, by=SYSTEM)) == "cards_not_in"


def test_equal_rows_of_one_file_are_as_many_payments_and_come_once(activity):
    row = "2026-01-07,TAXI,17.50,A Rao,4111,"
    made = checked(row, row)
    import_cards(made, by=SYSTEM)
    assert CardLine.objects.count() == 2
    assert checked(row, row).counts == {"unchanged": 2}
    assert code_of(checked_without_amount) == "cards_no_column"


def checked_without_amount():
    kept = store_file(
        b"Day,Paid to\n2026-01-01,X\n",
        name="card.csv",
        content_type="text/csv",
        purpose="card_statement",
        by=SYSTEM,
    )
    with copy_of_kept(kept.storage_name) as path:
        return check_cards(Path(path), name="card.csv", by=SYSTEM)


def test_two_receipts_that_may_be_it_wait_for_a_person(activity, officers):
    first = spent_at(activity)
    second = spent_at(activity, content=photo(lines=9))
    import_cards(checked(DINNER), by=SYSTEM)
    [line] = CardLine.objects.all()
    assert line.state == "open"

    other = spent_at(activity, "90", content=photo(lines=4))
    match = lambda expense: code_of(  # noqa: E731
        lambda: match_card_line(line, expense, by=officers[0])
    )
    assert match(other) == "card_other_amount"
    return_expense(second, reason="Wrong", by=officers[0])
    assert match(second) == "card_receipt_gone"
    match_card_line(line, first, by=officers[0])
    assert match(first) == "card_line_decided"
    with pytest.raises(IntegrityError, match="has_its_receipt"), transaction.atomic():
        CardLine.objects.update(expense=None)

    assert code_of(lambda: part_card_line(line, reason=" ", by=officers[0])) == "card_explain"
    part_card_line(line, reason="Another dinner", by=officers[0])
    assert code_of(lambda: explain_card_line(line, reason="", by=officers[0])) == "card_explain"
    explained = explain_card_line(line, reason="Receipt lost, seen by Ms Rao", by=officers[0])
    assert explained.state == "explained"
    made = line.taken_from
    assert code_of(lambda: undo_cards(made, by=SYSTEM)) == "cards_explained"
    part_card_line(line, reason="Found", by=officers[0])
    assert code_of(lambda: part_card_line(line, reason="x", by=officers[0])) == "card_line_open"


def test_what_a_card_of_the_house_paid_is_paid_back_to_nobody(organisation, activity, officers):
    person = member(organisation, "coordinator")
    dinner = spent_at(activity, by=person.actor())
    meals = BudgetLine.objects.get(activity=activity, category="meals")
    accept_expense(dinner, Acceptance(meals), by=officers[0])
    reader = access(member(organisation, "finance_officer"), organisation)
    batch = batch_of(our_account(officers), dinner, by=officers[2])
    import_cards(checked(DINNER), by=SYSTEM)
    [line] = CardLine.objects.all()
    # It is in a batch: whoever matches it sees why not.
    assert line.state == "open"
    assert code_of(lambda: match_card_line(line, dinner, by=officers[0])) == "card_receipt_paid"
    leave_out(Payment.objects.get(), by=officers[2])
    match_card_line(line, dinner, by=officers[0])
    assert code_of(lambda: add_payment(batch, dinner, by=officers[2])) == "paid_by_card"
    assert dues(reader) == []


GST, TDS = TaxFacts("included", "GST", Decimal(18)), TaxFacts("withheld", "TDS 194C", Decimal(2))


def test_what_is_withheld_is_of_the_amount_without_its_tax_and_does_not_go_to_the_payee(
    organisation, activity, officers
):
    assert [(x.base_minor, x.amount_minor) for x in parts_of(usd("1180"), [GST, TDS])] == [
        (100_000, 18_000),
        (100_000, 2_000),
    ]
    bill = accepted(activity, "1180")
    set_taxes(bill, [GST], by=officers[0])
    set_taxes(bill, [GST, TDS], by=officers[0])
    assert [str(x) for x in TaxLine.objects.of(bill)] == ["GST 18 %", "TDS 194C 2 %"]

    reader = access(member(organisation, "finance_officer"), organisation)
    assert [each.amount for each in dues(reader)] == [usd("1160")]
    batch_of(our_account(officers), bill, by=officers[2])
    payment = Payment.objects.get()
    assert (payment.amount, payment.withheld) == (usd("1160"), usd("20"))
    assert code_of(lambda: set_taxes(bill, [], by=officers[0])) == "tax_settled"


@pytest.mark.parametrize(
    ("taxes", "code"),
    [
        ([TaxFacts("withheld", " ", Decimal(2))], "tax_nameless"),
        ([TaxFacts("gone", "TDS", Decimal(2))], "tax_way"),
        ([TaxFacts("withheld", "TDS", Decimal(101))], "tax_rate"),
        ([GST, TaxFacts("withheld", "gst", Decimal(1))], "tax_twice"),
        ([TaxFacts("withheld", "TDS", Decimal(100))], "tax_all"),
    ],
    ids=["nameless", "way", "rate", "twice", "nothing left"],
)
def test_a_tax_is_named_once_at_a_rate_and_leaves_something(activity, taxes, code):
    bill = handed_in(activity)
    assert code_of(lambda: set_taxes(bill, taxes, by=SYSTEM)) == code


def closing(activity):
    return [each.code for each in objections_to(Stage.CLOSE, read_facts(activity))]


def test_no_activity_closes_with_open_money(activity, officers):
    for state in ("open", "running", "held"):
        activity.move(state)
    bill = accepted(activity)
    # Whoever pays elsewhere is asked nothing.
    assert "money_open" not in closing(activity)
    account = our_account(officers)
    assert "money_open" in closing(activity)
    batch = batch_of(account, bill, by=officers[2])
    confirmed(vendor_of(bill), officers)
    assert "money_open" in closing(activity)
    release_batch(batch, by=officers[3])
    assert "money_open" in closing(activity)
    tell_paid(Payment.objects.get(), words="Paid", by=officers[0])
    assert "money_open" not in closing(activity)


def test_no_activity_closes_with_an_open_order(activity):
    order = ordered(activity, payee())
    for state in ("open", "running", "held"):
        activity.move(state)
    assert "orders_open" in closing(activity)
    end_order(order, reason="Billed", by=SYSTEM)
    assert "orders_open" not in closing(activity)


def test_a_month_closes_with_what_is_unpaid_unreleased_and_unproven_named(
    organisation, activity, officers
):
    with time_machine.travel("2027-04-09T15:00:00+00:00", tick=True):
        bill = accepted(activity, billed_on=date(2027, 3, 12))
        march = begin_closing("month", date(2027, 3, 1), by=officers[0])
        reader = access(member(organisation, "finance_officer"), organisation)
        names = lambda: {x.name: x.count for x in tasks_of(march, reader)}  # noqa: E731
        assert "unpaid_bills" not in names()
        account = our_account(officers)
        import_cards(checked("2027-03-07,TAXI,17.50,A Rao,4111,T2"), by=SYSTEM)
        assert names()["unpaid_bills"] == 1
        assert names()["card_lines"] == 1
        batch = batch_of(account, bill, by=officers[2])
        type(batch).objects.update(pays_on=date(2027, 3, 31))
        found = names()
        assert (found["unpaid_bills"], found["batches"]) == (0, 1)
        refused = refusal_of(lambda: close_period(march, by=officers[0]))
        assert refused.code == "period_say_why"
        close_period(march, reason="Paid in April", by=officers[0])
        march.refresh_from_db()
        assert march.is_closed
