"""Fees paid by card: on the provider's page, settled by its signed message, paid back."""

from decimal import Decimal

import pytest
import time_machine
from django.test import override_settings
from django.urls import reverse

from symposia.finance import cards
from symposia.finance.actions.charges import charge_registration, use_discount
from symposia.finance.actions.checkouts import (
    begin_checkout,
    pay_back_card,
    settle_checkout,
)
from symposia.finance.actions.fees import TermsFacts, add_discount, add_fee, settle_fee_terms
from symposia.finance.card_rules import CARD_NOT_PAID, NO_CARDS, PROVIDER_SILENT
from symposia.finance.cards import ProviderSilent
from symposia.finance.fee_rules import (
    NOTHING_OWED,
    PAID_ALREADY,
    WHY_PAID_BACK,
    DiscountFacts,
    FeeFacts,
)
from symposia.finance.models import Checkout, CheckoutState
from symposia.finance.owed import fee_sums
from symposia.finance.queries import books_currency
from symposia.finance.tasks import (
    GIVE_UP_AFTER,
    Asked,
    Asking,
    ask_one_by_one,
    reconcile_activity,
    reconcile_cards,
    start_reconciling,
)
from symposia.registrations.actions.places import cancel_registration
from symposia.registrations.letters import TICKET
from symposia.shared.actors import SYSTEM
from symposia.shared.links import make_link
from symposia.shared.money import Money
from symposia.shared.refusals import Refused
from symposia.work.models import Job
from symposia.work.outgoing import Reply
from tests.factories.accounts import member
from tests.factories.activities import ActivityFactory
from tests.factories.registrations import RegistrationFactory
from tests.fakes.cards import SECRET, FakeProvider, message

AT = "2026-12-01T12:00Z"


@pytest.fixture
def outside():
    return FakeProvider()


@pytest.fixture
def installed(outside, monkeypatch):
    """The provider as the settings name it, with the outside world at its other end."""
    monkeypatch.setattr(cards, "fetch", outside.send)
    with override_settings(CARDS_URL="https://cards.example", CARDS_KEY="key", CARDS_SECRET=SECRET):
        yield outside


@pytest.fixture
def charge(organisation):
    activity = ActivityFactory(state="open")
    add_fee(activity, FeeFacts("All", Money(Decimal(120), books_currency())), by=SYSTEM)
    settle_fee_terms(activity, TermsFacts(takes_cards=True), by=SYSTEM)
    return charge_registration(RegistrationFactory(activity=activity), by=SYSTEM)


def begin(charge, outside):
    words = {"organisation_code": "HARBOR", "back": "https://symposia.example/t/x/"}
    return begin_checkout(charge, outside.adapter, **words, by=SYSTEM)


def settle(checkout, state="paid"):
    return settle_checkout(checkout.payment, CheckoutState(state), by=SYSTEM)


def sums(charge):
    found = fee_sums(charge.activity)
    assert found.is_balanced
    return [int(each.amount) for each in (found.income, found.owed, found.received)]


def refusal(work):
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.objection


def test_a_payment_is_begun_once_for_one_amount_and_names_no_card(charge, outside):
    checkout = begin(charge, outside)
    again = begin(charge, outside)

    assert again == checkout
    assert checkout.page == "https://cards.example/pages/pay_1"
    ((method, path, said, headers),) = outside.asked
    assert (method, path) == ("POST", "/payments")
    assert said["amount"] == 12000
    assert said["reference"] == f"HARBOR.{charge.reference}"
    assert headers["Authorization"] == "Bearer key"
    assert headers["Idempotency-Key"] == said["reference"]


def test_what_the_provider_says_settles_the_fee_once(charge, outside):
    checkout = begin(charge, outside)

    assert settle(checkout)
    assert settle(checkout) is None
    assert settle_checkout("pay_unknown", CheckoutState.PAID, by=SYSTEM) is None

    charge.refresh_from_db()
    assert (charge.state, charge.method) == ("paid", "card")
    assert sums(charge) == [120, 0, 120]
    assert Checkout.objects.get().page == ""
    assert refusal(lambda: begin(charge, outside)) == PAID_ALREADY


def test_a_failed_payment_leaves_the_fee_open_and_another_may_follow(charge, outside):
    settle(begin(charge, outside), "failed")

    charge.refresh_from_db()
    assert charge.is_open
    assert begin(charge, outside).payment == "pay_2"


def test_what_was_paid_for_nothing_is_paid_back_by_the_provider_alone(charge, outside):
    checkout = begin(charge, outside)
    cancel_registration(charge.registration, by=SYSTEM)

    settled = settle(checkout)
    charge.refresh_from_db()
    assert (settled.state, charge.state) == ("paid", "ended")
    back = pay_back_card(settled, outside.adapter, reason="Given up", by=SYSTEM)

    assert (back.state, outside.states) == ("refunded", {"pay_1": "refunded"})
    assert sums(charge) == [0, 0, 0]
    assert refusal(lambda: begin(charge, outside)) == NOTHING_OWED


def test_another_amount_than_what_is_owed_now_settles_nothing(charge, outside):
    add_discount(charge.activity, DiscountFacts("HALF", 50), by=SYSTEM)
    checkout = begin(charge, outside)
    use_discount(charge, "half", by=SYSTEM)

    settle(checkout)

    charge.refresh_from_db()
    assert charge.is_open


def test_a_payment_is_paid_back_once_with_a_reason_and_the_ledger_says_so(charge, outside):
    checkout = begin(charge, outside)
    adapter = outside.adapter
    early = refusal(lambda: pay_back_card(checkout, adapter, reason="Ill", by=SYSTEM))
    settle(checkout)
    without = refusal(lambda: pay_back_card(checkout, adapter, reason=" ", by=SYSTEM))

    pay_back_card(checkout, adapter, reason="Ill", by=SYSTEM)

    charge.refresh_from_db()
    assert (early, without) == (CARD_NOT_PAID, WHY_PAID_BACK)
    assert charge.state == "refunded"
    assert sums(charge) == [0, 0, 0]
    assert outside.asked[-1][:3] == (
        "POST",
        "/payments/pay_1/refunds",
        {"amount": 12000, "currency": charge.currency},
    )


def test_a_provider_that_is_silent_is_said_and_nothing_is_written(charge, outside):
    outside.silent = True

    assert refusal(lambda: begin(charge, outside)) == PROVIDER_SILENT
    assert not Checkout.objects.exists()


def test_where_cards_are_not_taken_none_is_begun(charge, outside):
    settle_fee_terms(charge.activity, TermsFacts(), by=SYSTEM)

    assert refusal(lambda: begin(charge, outside)) == NO_CARDS


def test_payments_of_which_nothing_was_told_are_asked_for(charge, outside):
    checkout = begin(charge, outside)
    asking = Asking(charge.organisation_id, [checkout.payment], outside.adapter)
    assert ask_one_by_one(asking, by=SYSTEM) == Asked()
    outside.states["pay_1"] = "paid"

    assert ask_one_by_one(asking, by=SYSTEM) == Asked(ended=1)

    charge.refresh_from_db()
    assert charge.is_paid


def several(activity, outside, count):
    """So many people of an activity who began to pay by card."""
    made = [
        charge_registration(RegistrationFactory(activity=activity), by=SYSTEM)
        for _each in range(count)
    ]
    return [begin(each, outside).payment for each in made]


def test_a_payment_without_an_answer_keeps_no_other_from_being_settled(charge, outside):
    payments = [begin(charge, outside).payment, *several(charge.activity, outside, 7)]
    outside.states.update(dict.fromkeys(payments, "paid"))
    outside.mute = {payments[0]}
    outside.lost = set(payments[1:7])

    asked = ask_one_by_one(Asking(charge.organisation_id, payments, outside.adapter), by=SYSTEM)

    assert asked == Asked(ended=1, silent=7)
    assert Checkout.objects.get(state="paid").payment == payments[-1]


def test_a_provider_that_is_down_is_not_asked_for_everybody(charge, outside):
    payments = several(charge.activity, outside, GIVE_UP_AFTER + 2)
    outside.silent, before = True, len(outside.asked)

    asked = ask_one_by_one(Asking(charge.organisation_id, payments, outside.adapter), by=SYSTEM)

    assert asked == Asked(silent=GIVE_UP_AFTER + 2)
    assert len(outside.asked) - before == GIVE_UP_AFTER


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(500, b"{}"), "answered 500"),
        (Reply(200, b"<html>"), "JSON"),
        (Reply(200, b"[]"), "no payment"),
        (Reply(200, b'{"id": "x", "url": "http://plain.example"}'), "no payment"),
    ],
    ids=["down", "no JSON", "nothing", "not https"],
)
def test_what_is_no_answer_begins_no_payment(reply, words):
    adapter = cards.HostedCheckout("https://cards.example", "k", "s", send=lambda *_a, **_k: reply)
    wanted = cards.Wanted(Money(Decimal(1), "EUR"), "A.B", "Course", "https://back.example")

    with pytest.raises(ProviderSilent, match=words):
        adapter.begin(wanted)


def test_only_a_fresh_message_of_the_provider_is_believed(outside):
    body, signature = message("pay_1", "paid", "HARBOR.SY1", at=1_000)
    read = outside.adapter.read_message

    told = read(body, signature, at=1_100)
    assert (told.payment, told.state, told.organisation_code) == ("pay_1", "paid", "HARBOR")
    assert read(body, signature, at=2_000) is None
    assert read(body + b" ", signature, at=1_100) is None
    assert read(body, "t=1000,v1=", at=1_100) is None
    assert read(body, "nothing", at=1_100) is None
    other, forged = message("pay_1", "paid", "HARBOR.SY1", at=1_000, secret="other")
    assert read(other, forged, at=1_100) is None


def tell(client, organisation, charge, status="paid", **forged):
    with time_machine.travel(AT, tick=False):
        said = message("pay_1", status, f"{organisation.code}.{charge.reference}", **forged)
        return client.post(
            reverse("card_messages"),
            said[0],
            content_type="application/json",
            headers={"signature": said[1]},
        )


def test_the_ticket_leads_to_the_page_and_the_message_settles_it(
    client, organisation, charge, installed
):
    way = make_link(TICKET, charge.registration_id, organisation.code)
    before = client.get(reverse("ticket", args=[way])).text
    client.post(reverse("ticket_checkout", args=[way]), {"idempotency_key": "a"})
    during = client.get(reverse("ticket", args=[way])).text

    forged = tell(client, organisation, charge, secret="other")
    told = tell(client, organisation, charge)

    assert "Pay by card" in before
    assert "https://cards.example/pages/pay_1" in during
    assert (forged.status_code, told.status_code) == (400, 204)
    charge.refresh_from_db()
    assert charge.is_paid


def test_without_a_provider_no_card_and_no_message_is_taken(client, organisation, charge):
    way = make_link(TICKET, charge.registration_id, organisation.code)

    assert "Pay by card" not in client.get(reverse("ticket", args=[way])).text
    page = client.post(
        reverse("ticket_checkout", args=[way]), {"idempotency_key": "a"}, follow=True
    )
    assert "Cards are not taken here. Pay by bank transfer." in page.text
    assert tell(client, organisation, charge).status_code == 400


def test_finance_asks_the_provider_and_pays_back(client, organisation, charge, installed):
    client.force_login(member(organisation, "finance_officer"))
    begin(charge, installed)
    installed.states["pay_1"] = "paid"
    asked = client.post(
        reverse("fees_reconciliation", args=[charge.activity_id]),
        {"idempotency_key": "a"},
        follow=True,
    )
    job = Job.objects.get()
    reconcile_activity.run(str(organisation.pk), job_id=str(job.pk), payments=["pay_1"])
    job.refresh_from_db()
    assert (job.state, job.message) == ("done", "1 payment has ended.")
    page = client.get(reverse("charge", args=[charge.pk])).text
    to = reverse("checkout_refund", args=[Checkout.objects.get().pk])
    client.post(to, {"idempotency_key": "b", "reason": "Ill"})

    assert "The provider is asked for 1 payment." in asked.text
    assert "Pay back to the card" in page
    charge.refresh_from_db()
    assert charge.state == "refunded"


def test_where_no_payment_is_open_nobody_is_asked(charge, installed):
    assert start_reconciling(charge.activity, by=SYSTEM, href="/") == 0
    assert not Job.objects.exists()


def test_the_hourly_look_asks_for_what_is_late(organisation, charge, installed):
    begin(charge, installed)
    installed.states["pay_1"] = "paid"
    Checkout.objects.update(begun_at=charge.created_at.replace(year=2025))

    reconcile_cards()

    charge.refresh_from_db()
    assert charge.is_paid
