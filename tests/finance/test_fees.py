"""What people owe for their places: charged, lowered, paid, paid back; the ledger balances."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.finance.actions.charges import (
    charge_registration,
    lapse_unpaid,
    mark_paid,
    pay_back,
    use_discount,
)
from symposia.finance.actions.fees import (
    TermsFacts,
    add_discount,
    add_fee,
    change_fee,
    settle_fee_terms,
    withdraw_discount,
    withdraw_fee,
)
from symposia.finance.actions.statements import post_statement
from symposia.finance.bank_statements import (
    NO_AMOUNT,
    NO_COLUMNS,
    NO_REFERENCE,
    PAID_TWICE_HERE,
    UNKNOWN_REFERENCE,
    read_statement,
)
from symposia.finance.fee_rules import (
    DISCOUNT_TWICE,
    DISCOUNT_USED_UP,
    DISCOUNTED,
    FEE_CURRENCY,
    FEES_ARE_OVER,
    NO_PAYMENT_PAPER,
    NO_SUCH_DISCOUNT,
    NOT_PAID,
    NOTHING_OWED,
    OTHER_AMOUNT,
    PAID_ALREADY,
    WHY_PAID_BACK,
    DiscountFacts,
    FeeFacts,
    lowered,
)
from symposia.finance.models import Charge, Fee, FeeEntry, FeePosting
from symposia.finance.owed import fee_sums
from symposia.finance.prices import price_of
from symposia.finance.queries import books_currency
from symposia.finance.receipts import print_receipt
from symposia.registrations.actions.places import cancel_registration, register_clinician
from symposia.registrations.actions.substitution import substitute
from symposia.shared.actors import SYSTEM
from symposia.shared.money import Money
from symposia.shared.refusals import Refused
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory


@pytest.fixture
def activity(organisation):
    return ActivityFactory(state="open")


def money(amount):
    return Money(Decimal(amount), books_currency())


def fee(activity, amount=120, **more):
    facts = FeeFacts(**({"name": "Everybody", "amount": money(amount)} | more))
    return add_fee(activity, facts, by=SYSTEM)


def register(activity, **person):
    clinician = ClinicianFactory(**person)
    return register_clinician(clinician, activity, source="office", by=SYSTEM)


def charged(activity, **person):
    return charge_registration(register(activity, **person), by=SYSTEM)


def paid(charge):
    return mark_paid(charge, method="bank", evidence="Line 4", by=SYSTEM)


def sums(activity):
    found = fee_sums(activity)
    assert found.is_balanced
    return [int(each.amount) for each in (found.income, found.owed, found.received)]


def refusal(work):
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.objection


def test_whoever_has_a_place_owes_the_fee_of_their_profession_and_of_the_day(activity):
    early = fee(activity, 100, name="Early", until_on=date(2026, 12, 1))
    late, nurses = fee(activity, 150, name="Late"), fee(activity, 40, profession="nurse")

    with time_machine.travel("2026-11-20T12:00Z"):
        first, nurse = charged(activity), charged(activity, profession="nurse")
    with time_machine.travel("2026-12-03T12:00Z"):
        second = charged(activity)

    assert [c.fee for c in (first, second, nurse)] == [early, late, nurses]
    assert first.due_on == date(2026, 12, 4)
    assert sums(activity) == [290, 290, 0]


def test_nothing_is_owed_where_it_is_free_by_whoever_waits_or_twice(activity):
    assert charged(activity) is None
    fee(activity)
    registration = register(activity)
    assert charge_registration(registration, by=SYSTEM)

    assert charge_registration(registration, by=SYSTEM) is None
    full = ActivityFactory(state="open", capacity=1)
    fee(full)
    register(full)
    assert charged(full) is None
    assert charged(activity, profession="other") is not None


def test_paying_late_is_never_after_the_beginning(activity):
    fee(activity)
    with time_machine.travel(activity.starts_at - timedelta(days=3)):
        charge = charged(activity)

    assert charge.due_on == activity.wall_starts.date()


def test_a_code_lowers_what_is_owed_once_and_as_often_as_it_may(activity):
    fee(activity, 100)
    add_discount(activity, DiscountFacts("early-20", 20, most=1), by=SYSTEM)
    first, second = charged(activity), charged(activity)

    use_discount(first, "Early-20", by=SYSTEM)

    first.refresh_from_db()
    assert (first.amount_minor, first.discount.used) == (8000, 1)
    assert refusal(lambda: use_discount(first, "early-20", by=SYSTEM)) == DISCOUNTED
    assert refusal(lambda: use_discount(second, "early-20", by=SYSTEM)) == DISCOUNT_USED_UP
    assert refusal(lambda: use_discount(second, "other", by=SYSTEM)) == NO_SUCH_DISCOUNT
    assert sums(activity) == [180, 180, 0]


def test_what_is_free_by_a_code_is_owed_no_more(activity):
    fee(activity, 100)
    made = add_discount(activity, DiscountFacts("FACULTY", 100), by=SYSTEM)
    charge = use_discount(charged(activity), "faculty", by=SYSTEM)

    assert charge.state == "ended"
    assert sums(activity) == [0, 0, 0]
    assert refusal(lambda: paid(charge)) == NOTHING_OWED
    again = DiscountFacts("faculty", 10)
    assert refusal(lambda: add_discount(activity, again, by=SYSTEM)) == DISCOUNT_TWICE
    withdraw_discount(made, by=SYSTEM)
    assert refusal(lambda: use_discount(charged(activity), "faculty", by=SYSTEM)) == (
        NO_SUCH_DISCOUNT
    )


def test_a_discount_rounds_half_up_in_the_smallest_coin():
    assert [lowered(999, 50), lowered(1, 50), lowered(12345, 33)] == [500, 1, 8271]


def test_a_fee_is_paid_once_with_what_proves_it(activity):
    fee(activity)
    charge = charged(activity)

    nothing = refusal(lambda: mark_paid(charge, method="bank", evidence=" ", by=SYSTEM))
    assert nothing == NO_PAYMENT_PAPER
    charge = paid(charge)

    assert (charge.state, charge.method) == ("paid", "bank")
    assert refusal(lambda: paid(charge)) == PAID_ALREADY
    assert sums(activity) == [120, 0, 120]
    assert print_receipt(charge).startswith(b"%PDF")


def test_what_was_paid_is_paid_back_with_a_reason_and_takes_the_income_along(activity):
    fee(activity)
    charge = charged(activity)
    assert refusal(lambda: pay_back(charge, reason="Ill", by=SYSTEM)) == NOT_PAID
    charge = paid(charge)
    assert refusal(lambda: pay_back(charge, reason=" ", by=SYSTEM)) == WHY_PAID_BACK

    charge = pay_back(charge, reason="Ill", by=SYSTEM)

    assert charge.state == "refunded"
    assert sums(activity) == [0, 0, 0]


def test_whoever_gives_up_owes_nothing_and_what_was_paid_stays_to_be_paid_back(activity):
    fee(activity)
    owing, has_paid = charged(activity), charged(activity)
    paid(has_paid)

    cancel_registration(owing.registration, by=SYSTEM)
    cancel_registration(has_paid.registration, by=SYSTEM)

    assert sorted(Charge.objects.values_list("state", flat=True)) == ["ended", "paid"]
    assert sums(activity) == [120, 0, 120]


def test_whoever_comes_instead_has_what_was_paid(activity):
    fee(activity)
    charge = paid(charged(activity))

    made = substitute(charge.registration, ClinicianFactory(), by=SYSTEM)

    assert charge_registration(made, by=SYSTEM) is None
    assert Charge.objects.get().registration == made


@pytest.mark.parametrize(("lapses", "state"), [(True, "cancelled"), (False, "confirmed")])
def test_a_place_that_is_not_paid_lapses_where_that_was_settled(activity, lapses, state):
    fee(activity)
    settle_fee_terms(activity, TermsFacts(days_to_pay=5, lapses=lapses), by=SYSTEM)
    with time_machine.travel("2026-12-01T12:00Z"):
        charge = charged(activity)
        assert not lapse_unpaid(charge, by=SYSTEM)

    with time_machine.travel("2026-12-07T12:00Z"):
        assert lapse_unpaid(charge, by=SYSTEM) == lapses

    charge.registration.refresh_from_db()
    assert charge.registration.state == state


def test_a_paid_place_does_not_lapse(activity):
    fee(activity)
    settle_fee_terms(activity, TermsFacts(lapses=True), by=SYSTEM)
    charge = paid(charged(activity))

    with time_machine.travel(activity.starts_at):
        assert not lapse_unpaid(charge, by=SYSTEM)


def test_fees_are_in_the_currency_of_the_books_and_settled_before_the_end(activity):
    foreign = FeeFacts("Abroad", Money(Decimal(10), "JPY"))
    assert refusal(lambda: add_fee(activity, foreign, by=SYSTEM)) == FEE_CURRENCY
    held = ActivityFactory(state="held")
    assert refusal(lambda: fee(held)) == FEES_ARE_OVER
    assert refusal(lambda: settle_fee_terms(held, TermsFacts(), by=SYSTEM)) == FEES_ARE_OVER


def test_a_changed_fee_changes_nothing_that_is_owed_and_a_withdrawn_one_is_charged_no_more(
    activity,
):
    made = fee(activity)
    charge = charged(activity)

    change_fee(made, FeeFacts("Everybody", money(200)), by=SYSTEM)
    charge.refresh_from_db()
    assert charge.amount == money(120)

    withdraw_fee(made, by=SYSTEM)
    assert charged(activity) is None
    assert Fee.objects.of(activity).count() == 0


def test_the_price_says_what_may_still_be_paid(activity):
    fee(activity, 100, name="Early", until_on=date(2026, 12, 1))
    fee(activity, 150, name="Late")

    with time_machine.travel("2026-11-20T12:00Z"):
        early = price_of(activity)
    with time_machine.travel("2026-12-20T12:00Z"):
        late = price_of(activity)

    assert "Early" in early
    assert "until 1 Dec 2026" in early
    assert late == f"Late: {money(150)}"


def statement(access, *lines):
    text = "\n".join(["Date;Amount;Text", *lines])
    return read_statement(text, access, currency=books_currency())[0]


@pytest.fixture
def finance_access(organisation):
    return access_of(member(organisation, "finance_officer"), organisation, at=now())


def test_a_statement_pays_what_it_names_exactly_and_says_why_not(activity, finance_access):
    fee(activity, 1200)
    one, other, gone = (charged(activity) for _number in range(3))
    cancel_registration(gone.registration, by=SYSTEM)
    spaced = f"{one.reference[:4]} {one.reference[4:]}"

    lines = statement(
        finance_access,
        f"1.12.;1.200,00;Fee {spaced} Dr Iyer",
        f"1.12.;1,200.00;{one.reference} once more",
        f"1.12.;90;{other.reference}",
        f"1.12.;1200;{gone.reference}",
        "1.12.;1200;SYZZZZZZZZ",
        "1.12.;1200;Rent",
        f"1.12.;much;{other.reference}",
    )

    assert [each.objection for each in lines] == [
        None,
        PAID_TWICE_HERE,
        OTHER_AMOUNT,
        NOTHING_OWED,
        UNKNOWN_REFERENCE,
        NO_REFERENCE,
        NO_AMOUNT,
    ]
    assert not FeePosting.objects.filter(kind="paid").exists()
    assert post_statement(lines, by=SYSTEM) == [one]
    again = statement(finance_access, f"1.12.;1200;{one.reference}")
    assert again[0].objection == PAID_ALREADY


def test_a_statement_that_is_too_long_is_not_read_in_part(activity, finance_access):
    text = "\n".join(["amount;text", *["1;Rent"] * 2_001])

    lines, objection = read_statement(text, finance_access, currency="USD")

    assert (lines, objection.code) == ([], "too_many_lines")


def test_a_statement_without_its_columns_says_which_it_needs(activity, finance_access):
    assert read_statement("a,b\n1,2", finance_access, currency="USD") == ([], NO_COLUMNS)
    assert read_statement("", finance_access, currency="USD") == ([], NO_COLUMNS)


def test_the_database_refuses_a_posting_of_a_fee_that_does_not_balance(activity):
    fee(activity)
    posting = FeePosting.objects.get(charge=charged(activity))

    with pytest.raises(DatabaseError, match="off balance"), transaction.atomic():
        FeeEntry.objects.create(
            posting=posting, account="bank", amount_minor=1, currency=books_currency()
        )
        connection.check_constraints()
