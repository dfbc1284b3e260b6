"""Tax in fees: dated data with its citation, kept with the charge, apart in the ledger."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symposia.finance.actions.charges import charge_registration, mark_paid, pay_back, use_discount
from symposia.finance.actions.fees import TermsFacts, add_discount, add_fee, settle_fee_terms
from symposia.finance.actions.invoices import issue_invoice
from symposia.finance.fee_rules import NO_TAX_KNOWN, DiscountFacts, FeeFacts
from symposia.finance.invoice_papers import print_invoice
from symposia.finance.invoicing import Payer
from symposia.finance.owed import fee_sums
from symposia.finance.queries import books_currency
from symposia.finance.receipts import print_receipt, said_of_tax
from symposia.finance.taxes import known_taxes, tax_for, tax_in
from symposia.registrations.actions.places import cancel_registration
from symposia.shared.actors import SYSTEM
from symposia.shared.money import Money
from symposia.shared.refusals import Refused
from tests.factories.activities import ActivityFactory
from tests.factories.registrations import RegistrationFactory

TAXED = TermsFacts(tax="standard", tax_number="27AAAAA0000A1Z5")


@pytest.fixture
def activity(organisation):
    made = ActivityFactory(state="open", country="IN")
    amount = Money(Decimal(118), books_currency())
    add_fee(made, FeeFacts("Everybody", amount), by=SYSTEM)
    settle_fee_terms(made, TAXED, by=SYSTEM)
    return made


def charged(activity):
    return charge_registration(RegistrationFactory(activity=activity), by=SYSTEM)


def sums(activity):
    found = fee_sums(activity)
    assert found.is_balanced
    return [each.minor for each in (found.income, found.tax, found.owed, found.received)]


def test_every_tax_says_where_it_stands_and_no_two_hold_on_one_day():
    for tax in known_taxes():
        assert tax.citation
        assert tax.confidence in {"verified", "to verify"}
        others = [t for t in known_taxes() if t != tax]
        twins = [t for t in others if (t.country, t.kind) == (tax.country, tax.kind)]
        assert not any(t.holds(tax.valid_from) for t in twins)


@pytest.mark.parametrize(
    ("on", "percent"),
    [
        (date(2020, 6, 30), 19),
        (date(2020, 7, 1), 16),
        (date(2020, 12, 31), 16),
        (date(2021, 1, 1), 19),
    ],
)
def test_the_rate_is_that_of_the_day(on, percent):
    assert tax_for("DE", "standard", on=on).percent == percent
    assert tax_for("DE", "other", on=on) is None


@given(
    amount=st.integers(0, 10**9), percent=st.decimals("0", "30", places=2), part=st.integers(0, 100)
)
@settings(max_examples=300, deadline=None)
def test_tax_is_never_more_than_its_part_and_grows_with_the_amount(amount, percent, part):
    tax = tax_in(amount, percent)

    assert 0 <= tax <= amount
    assert abs(Decimal(tax) - Decimal(amount) * percent / (100 + percent)) <= Decimal("0.5")
    assert tax_in(amount * part // 100, percent) <= tax


def test_a_charge_keeps_its_tax_and_the_ledger_keeps_it_apart(activity):
    charge = charged(activity)

    assert (charge.tax_said, charge.tax.minor) == ("GST 18 %", 1_800)
    assert "11/2017" in charge.tax_citation
    assert sums(activity) == [10_000, 1_800, 11_800, 0]
    settle_fee_terms(activity, TermsFacts(), by=SYSTEM)
    charge.refresh_from_db()
    assert charge.tax_name == "GST"


def test_tax_follows_what_is_taken_off_given_up_and_paid_back(activity):
    add_discount(activity, DiscountFacts("HALF", 50), by=SYSTEM)
    lowered, gone, back = charged(activity), charged(activity), charged(activity)
    lowered = use_discount(lowered, "half", by=SYSTEM)
    assert lowered.tax.minor == 900

    cancel_registration(gone.registration, by=SYSTEM)
    back = mark_paid(back, method="bank", evidence="Line 4", by=SYSTEM)
    assert sums(activity) == [15_000, 2_700, 5_900, 11_800]
    pay_back(back, reason="Ill", by=SYSTEM)

    assert sums(activity) == [5_000, 900, 5_900, 0]


def test_papers_say_the_tax_its_law_and_the_number(activity):
    charges = [charged(activity) for _n in range(3)]
    invoice = issue_invoice(
        activity, [c.pk for c in charges[:2]], Payer("Ward 3", "12 Dock Road"), by=SYSTEM
    )
    paid = mark_paid(charges[2], method="bank", evidence="Line 4", by=SYSTEM)

    said = dict(said_of_tax(invoice.taxes_said, activity))
    assert str(Money.from_minor(3_600, books_currency())) in said["Included: GST 18 %"]
    assert said["Tax number of the organiser"] == TAXED.tax_number
    assert print_invoice(invoice).startswith(b"%PDF")
    assert print_receipt(paid).startswith(b"%PDF")
    assert said_of_tax([("", paid.amount, "")], activity) == []


def test_what_nobody_has_written_down_is_not_printed(organisation):
    nowhere = ActivityFactory(state="open", country="US")

    with pytest.raises(Refused) as refused:
        settle_fee_terms(nowhere, TAXED, by=SYSTEM)

    assert refused.value.objection == NO_TAX_KNOWN.about(country="US")


def test_an_exempt_fee_says_by_which_law(activity):
    settle_fee_terms(activity, TermsFacts(tax="exempt"), by=SYSTEM)

    charge = charged(activity)

    assert (charge.tax_said, charge.tax.minor) == ("GST 0 %", 0)
    assert charge.tax_citation
    assert sums(activity) == [11_800, 0, 11_800, 0]
