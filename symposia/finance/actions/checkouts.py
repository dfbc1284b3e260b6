"""Fees paid by card: begun on the provider's page, settled by what it tells, paid back by it."""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction
from django.utils.timezone import now

from symposia.audit.actions import record
from symposia.finance.actions.charges import mark_paid, pay_back
from symposia.finance.card_rules import (
    PROVIDER_SILENT,
    objection_to_checkout,
    objection_to_paying_back_a_card,
)
from symposia.finance.cards import CardProvider, ProviderSilent, Wanted
from symposia.finance.models import Charge, Checkout, CheckoutState, FeeTerms, Method
from symposia.shared.actors import Actor
from symposia.shared.money import Money
from symposia.shared.refusals import Refused, refuse_if

Answer = TypeVar("Answer")


@transaction.atomic
def begin_checkout(
    charge: Charge, cards: CardProvider, *, organisation_code: str, back: str, by: Actor
) -> Checkout:
    """Ask the provider for a page on which a fee is paid; one that was begun is used again."""
    terms = FeeTerms.objects.of(charge.activity)

    refuse_if(objection_to_checkout(charge, terms))

    known = Checkout.objects.begun().filter(charge=charge, amount_minor=charge.amount_minor)
    if checkout := known.last():
        return checkout
    wanted = Wanted(
        charge.amount, f"{organisation_code}.{charge.reference}", str(charge.activity), back
    )
    begun = _asked(lambda: cards.begin(wanted))

    checkout = Checkout.objects.create(
        activity=charge.activity,
        charge=charge,
        payment=begun.payment,
        page=begun.page[:600],
        amount_minor=charge.amount_minor,
        currency=charge.currency,
    )

    record(by, "checkout.begun", checkout)
    return checkout


def _asked(ask: Callable[[], Answer]) -> Answer:
    """What the provider answers; its silence is said in words."""
    try:
        return ask()
    except ProviderSilent as silent:
        raise Refused(PROVIDER_SILENT) from silent


@transaction.atomic
def settle_checkout(payment: str, state: CheckoutState, *, by: Actor) -> Checkout | None:
    """Take over what the provider says of a payment; the same again changes nothing. What was paid
    although nothing is owed stays at the provider, to be paid back by a person."""
    checkout = Checkout.objects.filter(payment=payment).select_for_update(of=("self",)).first()
    if checkout is None or not checkout.can_move(state):
        return None

    checkout.move(state, ended_at=now(), page="")

    record(by, f"checkout.{state}", checkout)
    charge: Charge = checkout.charge
    if checkout.state == CheckoutState.PAID and charge.is_open and _pays(checkout, charge):
        mark_paid(charge, method=Method.CARD, evidence=payment, by=by)
    return checkout


def _pays(checkout: Checkout, charge: Charge) -> bool:
    """Of what stands on an invoice nothing is taken from the person as well."""
    same = (checkout.amount_minor, checkout.currency) == (charge.amount_minor, charge.currency)
    return same and charge.invoice_id is None


@transaction.atomic
def pay_back_card(checkout: Checkout, cards: CardProvider, *, reason: str, by: Actor) -> Checkout:
    """Let the provider pay back what came by card, and the ledger say so."""
    checkout = Checkout.objects.locked(checkout.pk)

    refuse_if(objection_to_paying_back_a_card(checkout, reason=reason))

    amount = Money.from_minor(checkout.amount_minor, checkout.currency)
    _asked(lambda: cards.refund(checkout.payment, amount))
    checkout.move(CheckoutState.REFUNDED, ended_at=now())

    record(by, "checkout.refunded", checkout, reason=reason)
    charge: Charge = checkout.charge
    if charge.is_paid and charge.method == Method.CARD:
        pay_back(charge, reason=reason, evidence=checkout.payment, by=by)
    return checkout
