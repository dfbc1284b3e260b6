"""One payer for several: issued, paid whole, cancelled; nobody on it is asked as well."""

from decimal import Decimal

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from symposia.accounts.queries import access_of
from symposia.audit.models import Entry
from symposia.finance.actions.charges import (
    charge_registration,
    lapse_unpaid,
    mark_paid,
    use_discount,
)
from symposia.finance.actions.fees import TermsFacts, add_discount, add_fee, settle_fee_terms
from symposia.finance.actions.invoice_mail import mail_invoice
from symposia.finance.actions.invoices import cancel_invoice, issue_invoice, pay_invoice
from symposia.finance.actions.reminders import remind_in_time, remind_payer
from symposia.finance.actions.statements import post_statement
from symposia.finance.bank_statements import PAID_TWICE_HERE, read_statement
from symposia.finance.card_rules import objection_to_checkout
from symposia.finance.events import InvoiceMailed
from symposia.finance.fee_rules import (
    NO_PAYMENT_PAPER,
    NOTHING_OWED,
    ON_INVOICE,
    OTHER_AMOUNT,
    DiscountFacts,
    FeeFacts,
    objection_to_receipt,
)
from symposia.finance.invoice_lists import INVOICES
from symposia.finance.invoice_papers import print_invoice
from symposia.finance.invoicing import (
    CANCELLED_INVOICE,
    INVOICE_CHANGED,
    INVOICE_ENDED,
    NO_PAYER,
    NO_PAYER_ADDRESS,
    NOBODY_ON_IT,
    WHY_CANCELLED,
    Payer,
)
from symposia.finance.models import Charge, FeeTerms, Invoice
from symposia.finance.owed import fee_sums, owed_for, owed_on
from symposia.finance.queries import books_currency
from symposia.notifications.models import Delivery
from symposia.notifications.policies import BAD_ADDRESS
from symposia.notifications.posting import hand_over, letter_of
from symposia.registrations.actions.places import cancel_registration
from symposia.registrations.actions.substitution import substitute
from symposia.shared import events
from symposia.shared.actors import SYSTEM
from symposia.shared.money import Money
from symposia.shared.refusals import Refused
from symposia.work.files import may_fetch
from symposia.work.models import StoredFile
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.directory import ClinicianFactory
from tests.factories.registrations import RegistrationFactory

WARD = Payer("Ward 3", "Harbour Hospital\n12 Dock Road", tax_number="T-77", order="CC 118")


@pytest.fixture
def activity(organisation):
    made = ActivityFactory(state="open")
    amount = Money(Decimal(100), books_currency())
    add_fee(made, FeeFacts("Everybody", amount), by=SYSTEM)
    return made


@pytest.fixture
def heard(monkeypatch):
    """What is announced of invoices that were mailed."""
    told = []
    monkeypatch.setitem(events._listeners, InvoiceMailed, [told.append])
    return told


def charged(activity, **person):
    return charge_registration(RegistrationFactory(activity=activity, **person), by=SYSTEM)


@pytest.fixture
def three(activity):
    return [charged(activity) for _n in range(3)]


def issued(activity, charges, payer=WARD):
    return issue_invoice(activity, [charge.pk for charge in charges], payer, by=SYSTEM)


def paid(invoice):
    return pay_invoice(invoice, method="bank", evidence="Line 4", by=SYSTEM)


def refusal(work):
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.objection


def fresh(*charges):
    return [Charge.objects.get(pk=charge.pk) for charge in charges]


def test_one_payer_owes_the_sum_of_several_and_what_it_says_stays(activity, three):
    invoice = issued(activity, three[:2])

    assert invoice.number.startswith("INV-")
    assert (invoice.amount_minor, owed_on(invoice)) == (20_000, invoice.amount)
    assert [charge.invoice for charge in fresh(*three)] == [invoice, invoice, None]
    name = three[0].registration.clinician.full_name
    substitute(three[0].registration, ClinicianFactory(), by=SYSTEM)
    invoice.refresh_from_db()
    assert name in [line[0] for line in invoice.lines]
    assert print_invoice(invoice) == print_invoice(invoice)
    assert Entry.objects.filter(action="charge.invoiced").count() == 2


def test_it_is_paid_whole_once_and_everybody_on_it_with_it(activity, three):
    invoice = issued(activity, three[:2])
    assert (
        refusal(lambda: pay_invoice(invoice, method="bank", evidence=" ", by=SYSTEM))
        == NO_PAYMENT_PAPER
    )

    paid(invoice)

    assert [charge.state for charge in fresh(*three)] == ["paid", "paid", "open"]
    assert objection_to_receipt(fresh(three[0])[0]) == ON_INVOICE
    sums = fee_sums(activity)
    assert sums.is_balanced
    assert int(sums.received.amount) == 200
    assert refusal(lambda: paid(invoice)) == INVOICE_ENDED
    assert refusal(lambda: cancel_invoice(invoice, reason="Late", by=SYSTEM)) == INVOICE_ENDED


def test_nobody_on_an_invoice_is_asked_as_well(activity, three):
    settle_fee_terms(activity, TermsFacts(lapses=True, takes_cards=True), by=SYSTEM)
    add_discount(activity, DiscountFacts("HALF", 50), by=SYSTEM)
    issued(activity, three[:1])
    (charge,) = fresh(three[0])

    assert (
        refusal(lambda: mark_paid(charge, method="desk", evidence="Receipt 1", by=SYSTEM))
        == ON_INVOICE
    )
    assert refusal(lambda: use_discount(charge, "half", by=SYSTEM)) == ON_INVOICE
    assert refusal(lambda: remind_payer(charge, by=SYSTEM)) == ON_INVOICE
    assert objection_to_checkout(charge, FeeTerms.objects.of(activity)) == ON_INVOICE
    assert not remind_in_time(charge, by=SYSTEM)
    assert not owed_for(charge.registration).is_asked
    with time_machine.travel(activity.starts_at):
        assert not lapse_unpaid(charge, by=SYSTEM)


def test_a_place_given_up_since_asks_for_another_invoice(activity, three):
    invoice = issued(activity, three)
    cancel_registration(three[0].registration, by=SYSTEM)

    assert refusal(lambda: paid(invoice)) == INVOICE_CHANGED.about(owed=owed_on(invoice))
    assert refusal(lambda: cancel_invoice(invoice, reason=" ", by=SYSTEM)) == WHY_CANCELLED
    cancel_invoice(invoice, reason="Dr Iyer does not come", by=SYSTEM)
    again = issued(activity, fresh(*three[1:]))

    assert again.number != invoice.number
    assert paid(again).state == "paid"
    assert [charge.state for charge in fresh(*three)] == ["ended", "paid", "paid"]
    assert fee_sums(activity).is_balanced


def test_only_what_is_open_and_on_no_invoice_is_put_on_one(activity, three):
    issued(activity, three[:1])
    has_paid = mark_paid(three[1], method="desk", evidence="Receipt 1", by=SYSTEM)

    assert refusal(lambda: issued(activity, three[:1])) == ON_INVOICE
    assert refusal(lambda: issued(activity, [has_paid])) == NOTHING_OWED
    assert refusal(lambda: issued(activity, [])) == NOBODY_ON_IT
    assert refusal(lambda: issued(activity, three[2:], Payer("Ward 3", " "))) == NO_PAYER
    other = ActivityFactory(state="open")
    assert refusal(lambda: issued(other, three[2:])) == NOBODY_ON_IT


def test_a_statement_of_the_bank_pays_an_invoice_with_exactly_its_amount(
    organisation, activity, three
):
    invoice = issued(activity, three[:2])
    access = access_of(member(organisation, "finance_officer"), organisation, at=now())

    def read(*lines):
        text = "\n".join(["amount,text", *lines])
        return read_statement(text, access, currency=books_currency())[0]

    lines = read(
        f"150,{invoice.reference}",
        f"200,{invoice.reference} ward 3",
        f"200,{invoice.reference} again",
        f"100,{three[0].reference}",
    )
    assert [line.objection for line in lines] == [
        OTHER_AMOUNT,
        None,
        PAID_TWICE_HERE,
        ON_INVOICE,
    ]

    post_statement(lines, by=SYSTEM)

    assert [charge.state for charge in fresh(*three)] == ["paid", "paid", "open"]
    assert read(f"200,{invoice.reference}")[0].objection == INVOICE_ENDED


def test_an_invoice_is_mailed_with_its_paper_and_again(activity, three, heard):
    invoice = issued(activity, three[:2])
    assert refusal(lambda: mail_invoice(invoice, by=SYSTEM)) == NO_PAYER_ADDRESS
    wrong = refusal(lambda: mail_invoice(invoice, to="ward three", by=SYSTEM))
    assert wrong.code == BAD_ADDRESS.code
    assert not Delivery.objects.exists()

    mail_invoice(invoice, to="Ward3@Harbour.example", by=SYSTEM)
    mail_invoice(invoice, by=SYSTEM)

    invoice.refresh_from_db()
    first, second = Delivery.objects.order_by("queued_at", "pk").select_related("attachment")
    assert (first.to_address, second.to_address) == ("ward3@harbour.example",) * 2
    assert invoice.mailed_at is not None
    assert first.subject == f"Invoice {invoice.number}: {activity}"
    assert str(invoice.amount) in first.text
    letter = letter_of(first)
    (paper,) = letter.iter_attachments()
    assert paper.get_filename() == f"{invoice.number}.pdf"
    assert paper.get_content() == print_invoice(invoice)
    assert Entry.objects.filter(action="invoice.mailed").count() == 2
    assert heard == [InvoiceMailed(activity.pk, invoice.pk)] * 2


def test_a_paid_invoice_goes_as_a_copy_and_a_cancelled_one_stays(activity, three):
    settle_fee_terms(activity, TermsFacts(bank_words="IBAN DE00 1234"), by=SYSTEM)
    invoice = issued(activity, three[:1], Payer("Ward 3", "Dock Road", email="w3@harbour.example"))
    other = issued(activity, fresh(three[1]), Payer("Ward 4", "Dock Road", email="w4@a.example"))
    cancel_invoice(other, reason="Wrong ward", by=SYSTEM)
    paid(invoice)

    mail_invoice(invoice, by=SYSTEM)

    text = Delivery.objects.get().text
    assert "Paid" in text
    assert "IBAN" not in text
    assert refusal(lambda: mail_invoice(other, by=SYSTEM)) == CANCELLED_INVOICE


def test_a_paper_that_the_storage_lost_fails_the_message_in_words(activity, three):
    invoice = issued(activity, three[:1], Payer("Ward 3", "Dock Road", email="w3@harbour.example"))
    mail_invoice(invoice, by=SYSTEM)
    letter = Delivery.objects.select_related("attachment").get()
    default_storage.delete(letter.attachment.storage_name)

    outcome = hand_over(letter)

    assert outcome.kind == "failed"
    assert "not in the storage" in outcome.error


def test_who_posts_money_fetches_the_paper_and_nobody_else(organisation, activity, three):
    invoice = issued(activity, three[:1], Payer("Ward 3", "Dock Road", email="w3@harbour.example"))
    mail_invoice(invoice, by=SYSTEM)
    paper = StoredFile.objects.get(purpose="invoice")

    def may(role):
        return may_fetch(
            access_of(member(organisation, role), organisation, at=now()), paper, at=now()
        )

    assert may("finance_officer")
    assert not may("coordinator")


def test_the_address_of_a_payer_is_one(activity, three):
    wrong = Payer("Ward 3", "Dock Road", email="nobody at all")

    assert refusal(lambda: issued(activity, three[:1], wrong)).code == BAD_ADDRESS.code
    assert not Invoice.objects.exists()


def test_a_paid_invoice_says_how_in_the_database_as_well(activity, three):
    invoice = issued(activity, three[:1])

    for wrong in ({"method": "bank"}, {"state": "paid", "ended_at": now(), "method": "shell"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Invoice.objects.filter(pk=invoice.pk).update(**wrong)
    assert paid(invoice).method == "bank"


def test_invoices_are_found_by_when_they_have_to_be_paid(organisation, activity, three):
    access = access_of(member(organisation, "finance_officer"), organisation, at=now())
    first, second, third = (issued(activity, [each]) for each in fresh(*three))
    paid(third)
    Invoice.objects.filter(pk=first.pk).update(due_on="2020-01-01")

    def found(**given):
        rows = INVOICES.rows_for(access, {name: [value] for name, value in given.items()})
        return {each.number for each in rows}

    assert found(due="overdue") == {first.number}
    assert found(due="overdue", state="paid") == set()
    assert found(method="bank") == {third.number}
    assert found(state="open") == {first.number, second.number}
    assert found(due="nonsense") == found()
