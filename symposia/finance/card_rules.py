"""Whether a fee is paid by card, and paid back by the provider. Pure."""

from django.utils.translation import gettext_lazy as _

from symposia.finance.fee_rules import (
    PAID_ALREADY,
    WHY_PAID_BACK,
    objection_to_asking_person,
)
from symposia.finance.models import Charge, Checkout, CheckoutState, FeeTerms
from symposia.shared.refusals import Objection

NO_CARDS = Objection("no_cards_taken", _("Cards are not taken here. Pay by bank transfer."))
PROVIDER_SILENT = Objection(
    "card_provider_silent",
    _("The provider of card payments does not answer. Nothing was paid; try again in a while."),
)
CARD_NOT_PAID = Objection(
    "card_not_paid", _("Only a payment that came by card is paid back by the provider.")
)


def objection_to_checkout(charge: Charge, terms: FeeTerms) -> Objection | None:
    """Whether somebody can pay this by card."""
    if charge.is_paid:
        return PAID_ALREADY
    if objection := objection_to_asking_person(charge):
        return objection
    return None if terms.takes_cards else NO_CARDS


def objection_to_paying_back_a_card(checkout: Checkout, *, reason: str) -> Objection | None:
    """What came by card goes back to the card, once, with a reason."""
    if checkout.state != CheckoutState.PAID:
        return CARD_NOT_PAID
    return None if reason.strip() else WHY_PAID_BACK
