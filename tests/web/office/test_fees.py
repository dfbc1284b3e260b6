import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from symposia.finance.actions.charges import charge_registration
from symposia.finance.actions.fees import TermsFacts, add_discount, add_fee, settle_fee_terms
from symposia.finance.fee_rules import DiscountFacts, FeeFacts
from symposia.finance.models import Charge, Discount, Fee, FeeTerms, Invoice
from symposia.finance.queries import books_currency
from symposia.registrations.letters import TICKET
from symposia.shared.actors import SYSTEM
from symposia.shared.links import make_link
from symposia.shared.money import Money
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.registrations import RegistrationFactory


@pytest.fixture
def coordinator(client, organisation):
    user = member(organisation, "coordinator")
    client.force_login(user)
    return user


@pytest.fixture
def finance(client, organisation):
    user = member(organisation, "finance_officer")
    client.force_login(user)
    return user


@pytest.fixture
def activity(organisation):
    return ActivityFactory(state="open")


@pytest.fixture
def fee(activity):
    amount = Money(Decimal(120), books_currency())
    return add_fee(activity, FeeFacts("Physicians", amount), by=SYSTEM)


@pytest.fixture
def charge(activity, fee):
    registration = RegistrationFactory(activity=activity, clinician__full_name="Radhika Iyer")
    return charge_registration(registration, by=SYSTEM)


def get(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def post(client, page, *args, **values):
    return client.post(reverse(page, args=args), {"idempotency_key": uuid.uuid4(), **values})


def ticket(name, organisation, charge):
    return reverse(name, args=[make_link(TICKET, charge.registration_id, organisation.code)])


def test_a_fee_is_added_changed_and_withdrawn(client, coordinator, activity):
    answer = post(
        client, "fee_new", activity.pk, name="Nurses", amount="1,200.50", profession="nurse"
    )
    fee = Fee.objects.get()
    assert (fee.amount_minor, fee.profession) == (120050, "nurse")
    assert "Nurses" in client.get(answer.url).text

    post(client, "fee", fee.pk, name="Nurses", amount="90", until_on="2026-12-31")
    fee.refresh_from_db()
    assert (fee.amount_minor, str(fee.until_on)) == (9000, "2026-12-31")
    assert "Withdraw the fee" in get(client, "fee", fee.pk).text

    post(client, "fee_withdrawal", fee.pk)
    assert "Nothing is asked for" in get(client, "activity_fees", activity.pk).text


def test_how_fees_are_paid_is_settled(client, coordinator, activity):
    values = {"days_to_pay": "7", "lapses": "on", "bank_words": "IBAN DE00", "remind_days": "2"}
    post(client, "fee_terms", activity.pk, **values)

    terms = FeeTerms.objects.get()
    assert (terms.days_to_pay, terms.lapses, terms.takes_cards) == (7, True, False)
    assert terms.remind_days == 2
    assert "7 days to pay." in get(client, "activity_fees", activity.pk).text


def test_tax_is_said_with_its_law_and_refused_where_none_is_known(
    client, coordinator, organisation
):
    values = {"days_to_pay": "7", "remind_days": "2", "tax": "standard"}
    known = ActivityFactory(state="open", country="GB")
    unknown = ActivityFactory(state="open", country="US")

    post(client, "fee_terms", known.pk, **values)
    refused = post(client, "fee_terms", unknown.pk, **values)

    page = get(client, "activity_fees", known.pk).text
    assert "Fees include VAT 20 %: Value Added Tax Act 1994, section 2(1)." in page
    assert "To verify" in page
    assert refused.status_code == 422
    assert "No such tax is known for US" in refused.text


def test_a_code_is_made_once_and_withdrawn(client, coordinator, activity):
    post(client, "discount_new", activity.pk, code="early-20", percent="20")
    again = post(client, "discount_new", activity.pk, code="EARLY-20", percent="10")

    assert again.status_code == 422
    assert "There is a discount with this code already." in again.text
    discount = Discount.objects.get()
    assert "EARLY-20" in get(client, "activity_discounts", activity.pk).text
    post(client, "discount", discount.pk)
    assert "EARLY-20" not in get(client, "activity_discounts", activity.pk).text


def test_finance_reminds_a_payer_and_is_told_why_not_again(client, finance, charge):
    assert "Remind the payer" in get(client, "charge", charge.pk).text

    answer = post(client, "charge_reminder", charge.pk)

    page = client.get(answer.url).text
    assert "The payer gets the amount" in page
    assert "Once a day is enough." in page


def test_finance_marks_a_fee_paid_and_paid_back(client, finance, activity, charge):
    assert "Radhika Iyer" in get(client, "activity_charges", activity.pk, state="open").text
    missing = post(client, "charge_payment", charge.pk, method="bank")
    post(client, "charge_payment", charge.pk, method="bank", evidence="Line 4")
    page = get(client, "charge", charge.pk).text
    receipt = get(client, "charge_receipt", charge.pk)

    assert missing.status_code == 422
    assert "Line 4" in page
    assert receipt["content-type"] == "application/pdf"

    no_reason = post(client, "charge_refund", charge.pk)
    post(client, "charge_refund", charge.pk, reason="Ill")
    charge.refresh_from_db()
    assert (no_reason.status_code, charge.state) == (422, "refunded")
    refused = client.get(reverse("charge_receipt", args=[charge.pk]), follow=True)
    assert "There is a receipt once the fee is paid." in refused.text


def test_a_statement_is_shown_before_it_is_posted(client, finance, activity, charge):
    lines = f"date,amount,text\n1 Dec,120.00,Fee {charge.reference}\n2 Dec,90,Rent\n"

    tried = post(client, "fee_statement", activity.pk, lines=lines)
    assert "1 line pays a fee. Nothing is posted yet." in tried.text
    assert "No reference of ours stands in this line." in tried.text
    charge.refresh_from_db()
    assert charge.is_open

    posted = post(client, "fee_statement", activity.pk, lines=lines, post="1")
    assert posted.status_code == 302
    charge.refresh_from_db()
    assert (charge.state, charge.method) == ("paid", "bank")


@pytest.mark.parametrize("lines", ["", "a,b\n1,2\n"], ids=["nothing", "no columns"])
def test_what_is_no_statement_is_said_and_nothing_is_lost(client, finance, activity, lines):
    answer = post(client, "fee_statement", activity.pk, lines=lines)

    assert answer.status_code == 422
    assert "a,b" in answer.text or not lines


def test_whoever_plans_money_posts_none(client, coordinator, charge):
    assert post(client, "charge_payment", charge.pk, evidence="x").status_code in {403, 404}
    assert Charge.objects.get().is_open


@pytest.mark.parametrize("name", ["fee", "charge", "charge_receipt", "discount"])
def test_what_is_not_mine_does_not_exist(client, finance, coordinator, name):
    assert get(client, name, uuid.uuid4()).status_code == 404


def test_the_ticket_says_what_is_owed_and_takes_a_code(client, organisation, activity, charge):
    settle_fee_terms(activity, TermsFacts(bank_words="IBAN DE00 1234"), by=SYSTEM)
    add_discount(activity, DiscountFacts("EARLY", 50), by=SYSTEM)
    page = client.get(ticket("ticket", organisation, charge)).text

    key = {"idempotency_key": uuid.uuid4(), "code": "nothing"}
    wrong = client.post(ticket("ticket_discount", organisation, charge), key, follow=True).text
    values = {"idempotency_key": uuid.uuid4(), "code": "early"}
    client.post(ticket("ticket_discount", organisation, charge), values)

    assert charge.reference in page
    assert "IBAN DE00 1234" in page
    assert "This code is not known here, or its time is over." in wrong
    charge.refresh_from_db()
    assert charge.amount_minor == 6000
    early = client.get(ticket("ticket_receipt", organisation, charge), follow=True).text
    assert "There is a receipt once the fee is paid." in early


def test_the_receipt_stands_on_the_ticket_once_it_is_paid(client, finance, organisation, charge):
    post(client, "charge_payment", charge.pk, method="desk", evidence="Receipt 7")

    assert "Receipt" in client.get(ticket("ticket", organisation, charge)).text
    file = client.get(ticket("ticket_receipt", organisation, charge))
    assert file.content.startswith(b"%PDF")


def test_what_is_free_says_nothing_of_fees(client, organisation, activity):
    registration = RegistrationFactory(activity=activity)
    way = make_link(TICKET, registration.pk, organisation.code)

    assert "Your fee" not in client.get(reverse("ticket", args=[way])).text
    assert client.get(reverse("ticket_receipt", args=[way])).status_code == 404


PAYER = {"name": "Ward 3", "address": "12 Dock Road", "order": "CC 118"}


def test_finance_issues_one_invoice_for_several_and_prints_it(client, finance, activity, charge):
    assert "Radhika Iyer" in get(client, "invoice_new", activity.pk).text
    nobody = post(client, "invoice_new", activity.pk, **PAYER)
    answer = post(client, "invoice_new", activity.pk, **PAYER, charges=[charge.pk])

    invoice = Invoice.objects.get()
    page = client.get(answer.url).text
    assert nobody.status_code == 422
    assert "CC 118" in page
    assert "Radhika Iyer" in page
    assert get(client, "invoice_pdf", invoice.pk).content.startswith(b"%PDF")
    assert invoice.number in get(client, "activity_invoices", activity.pk).text
    assert invoice.number in get(client, "charge", charge.pk).text


def test_an_invoice_is_paid_with_what_proves_it_or_cancelled_for_a_reason(
    client, finance, organisation, activity, charge
):
    post(client, "invoice_new", activity.pk, **PAYER, charges=[charge.pk])
    invoice = Invoice.objects.get()

    assert post(client, "invoice_cancellation", invoice.pk).status_code == 422
    post(client, "invoice_cancellation", invoice.pk, reason="Wrong payer")
    assert "Wrong payer" in get(client, "invoice", invoice.pk).text
    post(client, "invoice_new", activity.pk, **PAYER, charges=[charge.pk])
    second = Invoice.objects.exclude(pk=invoice.pk).get()
    assert post(client, "invoice_payment", second.pk, method="bank").status_code == 422
    post(client, "invoice_payment", second.pk, method="bank", evidence="Line 4")
    charge.refresh_from_db()
    assert charge.state == "paid"
    assert "Receipt" not in get(client, "charge", charge.pk).text
    assert "Ward 3 has paid for you" in client.get(ticket("ticket", organisation, charge)).text


def test_whoever_stands_on_an_invoice_is_told_that_somebody_pays(
    client, finance, organisation, activity, charge
):
    post(client, "invoice_new", activity.pk, **PAYER, charges=[charge.pk])

    page = client.get(ticket("ticket", organisation, charge)).text

    assert "Ward 3 pays for you" in page
    assert charge.reference not in page


def test_whoever_only_plans_money_sees_no_invoice(client, coordinator, activity):
    assert get(client, "activity_invoices", activity.pk).status_code == 403
    assert get(client, "invoice_new", activity.pk).status_code == 403


def test_finance_mails_an_invoice_to_its_payer_and_again(client, finance, activity, charge):
    post(client, "invoice_new", activity.pk, **PAYER, charges=[charge.pk])
    invoice = Invoice.objects.get()
    assert "It was not mailed yet." in get(client, "invoice", invoice.pk).text

    nowhere = post(client, "invoice_mailing", invoice.pk, to="")
    answer = post(client, "invoice_mailing", invoice.pk, to="ward3@harbour.example")

    page = client.get(answer.url).text
    assert nowhere.status_code == 422
    assert "The invoice is on its way to ward3@harbour.example." in page
    assert "Send it again" in page
    assert "Waiting" in page


def test_all_invoices_stand_in_one_list_with_its_files(client, finance, activity, charge):
    post(client, "invoice_new", activity.pk, **PAYER, charges=[charge.pk])
    invoice = Invoice.objects.get()

    page = get(client, "invoices", state="open")

    assert invoice.number in page.text
    assert activity.number in page.text
    assert invoice.number not in get(client, "invoices", due="overdue").text
    assert invoice.number in get(client, "invoices_csv").getvalue().decode()
    assert reverse("invoices") in get(client, "money").text
