"""What an activity costs those who come: the table of fees, discounts, how they are paid."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from symposia.activities.models import Activity
from symposia.audit.actions import record
from symposia.finance.fee_rules import (
    DISCOUNT_TWICE,
    FEES_ARE_OVER,
    DiscountFacts,
    FeeFacts,
    objection_to_fee,
    objection_to_tax,
)
from symposia.finance.models import Discount, Fee, FeeTerms, TaxKind
from symposia.finance.owed import tax_country, tax_of
from symposia.finance.queries import books_currency
from symposia.shared.actors import Actor
from symposia.shared.refusals import refuse_if


@dataclass(frozen=True)
class TermsFacts:
    """How fees are paid, and what becomes of a place that is not paid."""

    days_to_pay: int = 14
    lapses: bool = False
    bank_words: str = ""
    takes_cards: bool = False
    remind_days: int = 3
    tax: str = TaxKind.UNSAID
    tax_number: str = ""


@transaction.atomic
def add_fee(activity: Activity, facts: FeeFacts, *, by: Actor) -> Fee:
    """Say what it costs, for everybody or for a profession; whoever registers from now on pays."""
    activity = Activity.objects.locked(activity.pk)

    refuse_if(objection_to_fee(activity, facts, currency=books_currency()))

    fee = Fee.objects.create(activity=activity, **_columns(facts))

    record(by, "fee.added", fee)
    return fee


@transaction.atomic
def change_fee(fee: Fee, facts: FeeFacts, *, by: Actor) -> Fee:
    """Say otherwise what it costs; whoever is charged already pays what they were told."""
    activity = Activity.objects.locked(fee.activity_id)
    fee = Fee.objects.locked(fee.pk)

    refuse_if(objection_to_fee(activity, facts, currency=books_currency()))

    for name, value in _columns(facts).items():
        setattr(fee, name, value)
    fee.save()

    record(by, "fee.changed", fee)
    return fee


@transaction.atomic
def withdraw_fee(fee: Fee, *, by: Actor) -> None:
    """Charge it to nobody from now on."""
    fee = Fee.objects.locked(fee.pk)

    if fee.withdrawn_at is None:
        fee.withdrawn_at = now()
        fee.save(update_fields=["withdrawn_at"])
        record(by, "fee.withdrawn", fee)


def _columns(facts: FeeFacts) -> dict[str, Any]:
    return {
        "name": facts.name,
        "profession": facts.profession,
        "until_on": facts.until_on,
        "amount_minor": facts.amount.minor,
        "currency": facts.amount.currency,
    }


@transaction.atomic
def add_discount(activity: Activity, facts: DiscountFacts, *, by: Actor) -> Discount:
    """Make a code by which people pay less."""
    activity = Activity.objects.locked(activity.pk)
    code = facts.code.strip().upper()

    refuse_if(FEES_ARE_OVER if activity.is_over else None)
    refuse_if(DISCOUNT_TWICE if Discount.objects.of(activity).filter(code=code) else None)

    discount = Discount.objects.create(activity=activity, **(asdict(facts) | {"code": code}))

    record(by, "discount.added", discount)
    return discount


@transaction.atomic
def withdraw_discount(discount: Discount, *, by: Actor) -> None:
    """Take the code off nothing from now on; whoever has used it pays less all the same."""
    discount = Discount.objects.locked(discount.pk)

    if discount.withdrawn_at is None:
        discount.withdrawn_at = now()
        discount.save(update_fields=["withdrawn_at"])
        record(by, "discount.withdrawn", discount)


@transaction.atomic
def settle_fee_terms(activity: Activity, facts: TermsFacts, *, by: Actor) -> FeeTerms:
    """Settle by when and how fees are paid; days that run already stay."""
    activity = Activity.objects.locked(activity.pk)

    refuse_if(FEES_ARE_OVER if activity.is_over else None)
    tax, country = tax_of(activity, facts.tax), tax_country(activity)
    refuse_if(objection_to_tax(facts.tax, tax, country=country))

    terms, _made = FeeTerms.objects.update_or_create(activity=activity, defaults=asdict(facts))

    record(by, "fee_terms.settled", terms)
    return terms
