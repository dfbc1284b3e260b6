"""Money leaves by two people, to accounts that were asked back, never where a rule forbids it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from xml.etree.ElementTree import SubElement

import pytest
import time_machine
from django.db import IntegrityError, transaction

from symposia.activities.models import Agreement, Arrangement, Contributor, Rate
from symposia.audit.models import Entry
from symposia.finance.actions.bank_details import confirm_details, drop_details
from symposia.finance.actions.budgets import reverse_entry
from symposia.finance.actions.deciding import Acceptance
from symposia.finance.actions.expenses import accept_expense
from symposia.finance.actions.payments import (
    add_payment,
    drop_batch,
    leave_out,
    release_batch,
    take_csv,
    take_xml,
)
from symposia.finance.actions.statements import post_statement
from symposia.finance.bank_rules import iban_fits, is_iban
from symposia.finance.bank_statements import read_statement
from symposia.finance.models import BankDetails, BudgetLine, Payee, Payment, PaymentBatch
from symposia.finance.pain001 import (
    Account,
    Initiation,
    Transfer,
    document_of,
    faults_of,
    latin,
    pain001,
)
from symposia.finance.payable import dues
from symposia.shared.actors import SYSTEM
from symposia.shared.money import Money
from symposia.shared.refusals import Refused
from symposia.shared.tenancy import acting_in
from tests.factories.accounts import OrganisationFactory, day_here, member
from tests.factories.activities import ActivityFactory
from tests.factories.approvals import access
from tests.factories.finance import committed, payee, spent_at, usd
from tests.factories.paying import (
    OUR_IBAN,
    THEIR_IBAN,
    accepted,
    batch_of,
    confirmed,
    entered,
    our_account,
    vendor_of,
)
from tests.factories.team import ContributorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
GOLDEN = Path(__file__).with_name("pain001_golden.xml")


def refusal_of(change):
    with pytest.raises(Refused) as refused, transaction.atomic():
        change()
    return refused.value.objection


def code_of(change):
    return refusal_of(change).code


@pytest.fixture
def officers(organisation):
    return [member(organisation, "finance_officer").actor() for _n in range(4)]


@pytest.fixture
def account(officers):
    return our_account(officers)


@pytest.fixture
def bill(organisation):
    return accepted(committed())


def test_a_batch_is_released_by_somebody_who_put_nothing_of_it_together(account, bill, officers):
    batch = batch_of(account, by=officers[2])
    add_payment(batch, bill, by=officers[1])
    confirmed(vendor_of(bill), officers[2:])

    for own in officers[1:3]:
        assert code_of(lambda own=own: release_batch(batch, by=own)) == "own_batch"
    assert code_of(lambda: release_batch(batch, by=SYSTEM)) == "own_batch"
    released = release_batch(batch, by=officers[3])

    [payment] = Payment.objects.all()
    assert (released.state, payment.state, len(released.sha256)) == ("released", "released", 64)
    assert payment.bank.masked == "…6819"
    assert Entry.objects.filter(action="payment_batch.released").count() == 1
    assert code_of(lambda: release_batch(batch, by=officers[0])) == "batch_not_open"


def test_the_database_itself_wants_two_for_a_batch(account, bill, officers):
    batch = batch_of(account, bill, by=officers[2])
    bank = BankDetails.objects.first()
    with pytest.raises(IntegrityError, match="two_people_release"), transaction.atomic():
        batch.move("released", released_by_id=batch.made_by_id, bank=bank, sha256="0" * 64)


def test_changed_bank_details_hold_every_payment_until_they_are_asked_back(account, bill, officers):
    batch = batch_of(account, bill, by=officers[2])
    vendor = vendor_of(bill)
    assert code_of(lambda: release_batch(batch, by=officers[3])) == "no_details"
    confirmed(vendor, officers)
    changed = entered(vendor, officers[0], OUR_IBAN, came_by="mail")
    refused = refusal_of(lambda: release_batch(batch, by=officers[3]))
    assert (refused.code, vendor.name in str(refused)) == ("details_held", True)

    ask = lambda by, how: code_of(  # noqa: E731
        lambda: confirm_details(changed, asked_by=how, by=by)
    )
    assert ask(officers[0], "phone") == "own_details"
    assert ask(officers[1], "mail") == "same_channel"
    assert ask(officers[1], "pigeon") == "no_channel"
    drop_details(changed, by=officers[1])
    assert code_of(lambda: drop_details(changed, by=officers[1])) == "details_decided"
    # What held before holds again.
    assert release_batch(batch, by=officers[3]).state == "released"
    assert Payment.objects.get().bank.tail == THEIR_IBAN[-4:]


def test_whoever_lately_pointed_money_somewhere_does_not_release_it(account, bill, officers):
    batch = batch_of(account, bill, by=officers[2])
    confirmed(vendor_of(bill), officers)
    assert code_of(lambda: release_batch(batch, by=officers[0])) == "own_details_in_batch"
    with time_machine.travel(datetime.now(UTC) + timedelta(days=31)):
        PaymentBatch.objects.update(pays_on=day_here() + timedelta(days=1))
        assert release_batch(batch, by=officers[0]).state == "released"


def test_numbers_of_accounts_are_sealed_and_never_in_the_journal(account, officers):
    vendor = payee()
    details = confirmed(vendor, officers)
    kept = BankDetails.objects.get(pk=details.pk)
    assert THEIR_IBAN not in kept.account
    assert str(kept) == "…6819"
    said = [str(x.details) for x in Entry.objects.all()]
    assert not any(THEIR_IBAN in each or OUR_IBAN in each for each in said)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"account": "GB29NWBK60161331926818"}, "iban_wrong"),
        ({"account": "12"}, "account_wrong"),
        ({"account": "50100x234/56"}, "account_wrong"),
        ({"holder": " "}, "no_holder"),
        ({"bank_code": "A"}, "bank_code_wrong"),
        ({"came_by": "rumour"}, "no_channel"),
    ],
    ids=str,
)
def test_an_account_is_one(officers, facts, code):
    assert code_of(lambda: entered(payee(), officers[0], **facts)) == code


def test_ibans_and_other_numbers_are_told_apart():
    assert is_iban(THEIR_IBAN)
    assert iban_fits(THEIR_IBAN)
    assert not is_iban("50100123456789")


def test_one_change_at_a_time(officers):
    vendor = payee()
    entered(vendor, officers[0])
    assert code_of(lambda: entered(vendor, officers[1], OUR_IBAN)) == "details_waiting"


def test_everything_is_paid_once_and_only_what_stands(account, bill, officers):
    batch = batch_of(account, bill, by=officers[2])
    add = lambda paper: code_of(lambda: add_payment(batch, paper, by=officers[2]))  # noqa: E731
    assert add(bill) == "in_a_batch"
    leave_out(Payment.objects.get(), by=officers[2])
    assert code_of(lambda: leave_out(Payment.objects.get(), by=officers[2])) == (
        "payment_not_planned"
    )
    again = add_payment(batch, bill, by=officers[2])
    assert again.amount == usd("400")

    # Taken back after it was added: it is asked once more before it goes.
    confirmed(vendor_of(bill), officers)
    reverse_entry(bill.posting, reason="Twice", by=officers[2])
    assert code_of(lambda: release_batch(batch, by=officers[3])) == "posted_back"
    drop_batch(batch, by=officers[2])
    assert code_of(lambda: drop_batch(batch, by=officers[2])) == "batch_not_open"
    assert code_of(lambda: batch_of(account, bill, by=officers[2])) == "posted_back"
    assert code_of(lambda: batch_of(vendor_of(bill), by=officers[2])) == "not_our_account"
    assert code_of(lambda: batch_of(account, by=officers[2], days=-1)) == "pays_yesterday"
    empty = batch_of(account, by=officers[2])
    assert code_of(lambda: release_batch(empty, by=officers[3])) == "batch_empty"


def test_an_expense_goes_back_to_whoever_paid_it(organisation, account, officers):
    activity = committed()
    person = member(organisation, "coordinator")
    meals = BudgetLine.objects.get(activity=activity, category="meals")
    mine = spent_at(activity, by=person.actor())
    accept_expense(mine, Acceptance(meals), by=officers[0])
    batch = batch_of(account, mine, by=officers[2])
    assert Payee.objects.get(kind="staff").user_id == person.pk
    waiting = spent_at(activity, content=b"%PDF-1.7 other")
    assert code_of(lambda: add_payment(batch, waiting, by=officers[2])) == "not_accepted_yet"
    accept_expense(waiting, Acceptance(meals), by=officers[0])
    assert code_of(lambda: add_payment(batch, waiting, by=officers[2])) == "nobody_to_repay"


def test_travel_of_those_who_attend_is_refused_before_the_money_moves_and_a_speakers_is_not():
    company = OrganisationFactory(kind="company", country="IN", currency="INR")
    with acting_in(company.pk):
        officers = [member(company, "finance_officer").actor() for _n in range(3)]
        meeting = ActivityFactory(state="draft", mode="scientific", country="IN")
        lines = (("travel", "Journeys", "90000"),)
        activity = committed(lines=lines, activity=meeting, currency="INR")
        speaker = Contributor.objects.create(name="Dr Rao")
        journeys = [
            Arrangement.objects.create(
                activity=activity,
                kind="travel",
                title=f"Flight of {name}",
                person=name,
                contributor=contributor,
                cost_minor=20_000_00,
                currency="INR",
            )
            for name, contributor in (("Dr Mehta", None), ("Dr Rao", speaker))
        ]
        bills = [
            accepted(
                activity,
                Money(Decimal(20000), "INR"),
                arrangement=each,
                supplier_number=f"AIR-{number}",
            )
            for number, each in enumerate(journeys)
        ]
        batch = batch_of(our_account(officers), by=officers[2])
        refused = refusal_of(lambda: add_payment(batch, bills[0], by=officers[2]))
        assert refused.code == "rule_forbids_paying"
        assert "Travel and lodging for speakers only" in str(refused)
        assert add_payment(batch, bills[1], by=officers[2]).state == "planned"


def statement(*rows):
    return "amount,text\n" + "\n".join(f"{amount},{words}" for amount, words in rows)


def test_the_bank_says_what_was_paid_and_what_came_back(organisation, account, officers):
    first, second = accepted(committed()), accepted(committed(), "250", supplier_number="CE-2")
    batch = batch_of(account, first, second, by=officers[2])
    confirmed(vendor_of(first), officers)
    reader = access(member(organisation, "finance_officer"), organisation)

    def read(*rows):
        lines, objection = read_statement(statement(*rows), reader, currency="USD")
        assert objection is None
        return lines

    one, other = Payment.objects.get(bill=first), Payment.objects.get(bill=second)
    [early] = read(("-400.00", f"Transfer {one.reference}"))
    assert early.objection.code == "told_not_sent"
    release_batch(batch, by=officers[3])

    lines = read(
        ("-400.00", f"Transfer {one.reference}"),
        ("-251.00", f"Transfer {other.reference}"),
        ("-250.00", f"Transfer {other.reference[:4]} {other.reference[4:]}"),
        ("400.00", "Something else"),
    )
    assert [each.objection and each.objection.code for each in lines] == [
        None,
        "told_other_amount",
        None,
        "no_reference_in_line",
    ]
    post_statement(lines, by=officers[0])
    assert PaymentBatch.objects.get().state == "settled"
    assert {each.state for each in Payment.objects.all()} == {"paid"}

    [back] = read(("250.00", f"Returned {other.reference}"))
    post_statement([back], by=officers[0])
    assert Payment.objects.get(pk=other.pk).state == "failed"
    # It waits to be paid again.
    assert [each.paper for each in dues(reader)] == [second]


def test_the_file_is_the_one_that_was_released_and_each_taking_is_kept(account, bill, officers):
    batch = batch_of(account, bill, by=officers[2])
    assert code_of(lambda: take_xml(batch, by=officers[0])) == "batch_not_released"
    confirmed(vendor_of(bill), officers)
    released = release_batch(batch, by=officers[3])
    content = take_xml(released, by=officers[0])
    assert take_xml(released, by=officers[1]) == content
    assert THEIR_IBAN.encode() in content
    table = take_csv(released, by=officers[0]).decode("utf-8-sig")
    assert f"{Payment.objects.get().reference},Compass Events" in table
    assert Entry.objects.filter(action="payment_batch.taken").count() == 3
    PaymentBatch.objects.filter(pk=batch.pk).update(sha256="f" * 64)
    released.refresh_from_db()
    assert code_of(lambda: take_xml(released, by=officers[0])) == "batch_file_differs"


BATCH = Initiation(
    "PAY-2026-0001",
    datetime(2026, 3, 4, 9, 30, tzinfo=UTC),
    "Harbour Teaching Hospital",
    date(2026, 3, 5),
    Account("Harbour Teaching Hospital", OUR_IBAN, "COBADEFFXXX"),
    "INR",
    [
        Transfer(
            Account("Café Müller & Söhne", THEIR_IBAN, "NWBKGB2L"),
            Money(Decimal("1200.50"), "INR"),
            "SY23456789",
            "CE-2201 BILL-2026-0001",
        ),
        Transfer(
            Account("Lakeside Print", "50100123456789", "HDFC0001234"),
            Money(Decimal(80), "INR"),
            "SYABCDEFGH",
            "LP-9",
        ),
    ],
)


def test_a_batch_is_written_as_it_was_once_read_by_eye():
    assert pain001(BATCH).decode() == GOLDEN.read_text(encoding="utf-8")
    assert faults_of(document_of(BATCH)) == []


def test_names_keep_to_the_signs_of_every_bank():
    assert latin("Café Müller & Söhne", 140) == "Cafe Muller . Sohne"
    assert latin("€", 5) == "."


@pytest.mark.parametrize(
    "breaking",
    [
        lambda d: d.find(".//CtrlSum").__setattr__("text", "1.00"),
        lambda d: d.find(".//NbOfTxs").__setattr__("text", "3"),
        lambda d: d.find(".//CdtTrfTxInf").remove(d.find(".//CdtTrfTxInf/Amt")),
        lambda d: d.find(".//EndToEndId").__setattr__("text", "x" * 36),
        lambda d: d.find(".//CdtrAcct/Id/IBAN").__setattr__("text", "no iban"),
        lambda d: d.find(".//PmtInf").insert(0, d.find(".//DbtrAgt")),
        lambda d: SubElement(d.find(".//Cdtr"), "Salary"),
        lambda d: d.findall(".//EndToEndId")[1].__setattr__("text", "SY23456789"),
        lambda d: d.find(".//InstdAmt").set("Ccy", "EUR"),
    ],
    ids=[
        "sum",
        "number",
        "no amount",
        "long reference",
        "iban",
        "order",
        "unknown element",
        "one reference twice",
        "two currencies",
    ],
)
def test_what_breaks_the_structure_of_the_message_is_found(breaking):
    document = document_of(BATCH)
    breaking(document)
    assert faults_of(document)


def fee_of(activity, each="300.00", ceiling="400", **facts):
    """An agreement with somebody who teaches, signed by both."""
    at = datetime(2026, 1, 2, tzinfo=UTC)
    rate = Rate.objects.create(
        service="speaker",
        tier="national",
        unit="hour",
        currency="USD",
        amount_minor=100_00,
        ceiling_minor=usd(ceiling).minor,
        from_on=at.date(),
        source="Study",
        set_by_name="x",
    )
    said = {
        "number": "AGR-2026-0001",
        "contributor": ContributorFactory(),
        "service": "speaker",
        "tier": "national",
        "unit": "hour",
        "quantity": 2,
        "currency": "USD",
        "each_minor": usd(each).minor,
        "rate": rate,
        "services": "Teaches",
        "state": "signed",
        "accepted_at": at,
        "signed_at": at,
        "factor": "totp",
        "sha256": "0" * 64,
    }
    return Agreement.objects.create(activity=activity, **(said | facts))


def test_a_fee_is_paid_after_the_service_signed_by_both_and_within_fair_value(account, officers):
    held = ActivityFactory(state="held")
    fee = fee_of(held)
    batch = batch_of(account, fee, by=officers[2])
    payment = Payment.objects.get()
    assert (payment.payee.kind, payment.amount) == ("faculty", usd("600"))

    add = lambda paper: code_of(lambda: add_payment(batch, paper, by=officers[2]))  # noqa: E731
    assert add(fee) == "in_a_batch"
    leave_out(payment, by=officers[2])
    Rate.objects.update(ceiling_minor=250_00)
    assert add(fee) == "fee_above_cap"
    Agreement.objects.update(activity=ActivityFactory(state="open"))
    assert add(Agreement.objects.get()) == "service_not_given"
    fee.move("ended", ended_at=datetime(2026, 1, 3, tzinfo=UTC), ended_because="x")
    assert add(Agreement.objects.get()) == "agreement_not_signed"
