"""What people owe for their places, what came in, and what the ledger says of it."""

import uuid
from dataclasses import dataclass

from django.db.models import Sum

from symposia.accounts.queries import this_organisation
from symposia.activities.models import Activity
from symposia.finance.cards import provider
from symposia.finance.fee_rules import objection_to_asking_person
from symposia.finance.models import (
    Charge,
    ChargeState,
    Checkout,
    Discount,
    FeeAccount,
    FeeEntry,
    FeePosting,
    FeeTerms,
    Invoice,
)
from symposia.finance.queries import books_currency
from symposia.finance.taxes import Tax, tax_for
from symposia.registrations.models import Registration
from symposia.shared.money import Money


def charge_of(charge_id: uuid.UUID) -> Charge:
    """The charge that an event or a job names, with whose it is."""
    rows = Charge.objects.select_related("activity", "registration__activity", "fee", "discount")
    return rows.select_related("registration__clinician").get(pk=charge_id)


@dataclass(frozen=True)
class Owed:
    """What somebody owes or has paid for a place, and how it can be paid."""

    charge: Charge
    terms: FeeTerms
    has_discounts: bool
    # A payment by card that was begun and has not ended.
    checkout: Checkout | None
    takes_cards: bool

    @property
    def is_asked(self) -> bool:
        """Whether the person is to pay it, and nobody else does."""
        return objection_to_asking_person(self.charge) is None


def owed_for(registration: Registration) -> Owed | None:
    """Nothing where the place is free."""
    rows = Charge.objects.select_related("fee", "discount", "invoice")
    charge = rows.of_registration(registration)
    if charge is None:
        return None
    terms = FeeTerms.objects.of(registration.activity)
    has_discounts = Discount.objects.of(registration.activity).exists()
    takes_cards = terms.takes_cards and provider() is not None
    begun = Checkout.objects.begun().filter(charge=charge).last() if takes_cards else None
    return Owed(charge, terms, has_discounts, begun, takes_cards)


def checkouts_of(charge: Charge) -> list[Checkout]:
    """Every payment by card of a charge, the first first."""
    return list(Checkout.objects.filter(charge=charge).order_by("begun_at", "pk"))


def checkouts_begun(activity: Activity) -> list[Checkout]:
    """Payments by card of an activity whose end nobody has told yet."""
    return list(Checkout.objects.begun().filter(activity=activity))


@dataclass(frozen=True)
class FeeSums:
    """The fees of one activity in the ledger: what was charged, what of it is tax, what is owed,
    what came in."""

    income: Money
    tax: Money
    owed: Money
    received: Money

    @property
    def is_balanced(self) -> bool:
        """Debit equals credit: what was earned is owed or has come in."""
        return self.income + self.tax == self.owed + self.received


def fee_sums(activity: Activity) -> FeeSums:
    """From the entries alone."""
    rows = FeeEntry.objects.filter(posting__charge__activity=activity).order_by()
    sums = dict(rows.values_list("account").annotate(Sum("amount_minor")))
    currency = books_currency()

    def of(*accounts: FeeAccount) -> Money:
        return Money.from_minor(sum(sums.get(each, 0) for each in accounts), currency)

    received = of(FeeAccount.BANK, FeeAccount.CARD, FeeAccount.DESK)
    income, tax = -of(FeeAccount.INCOME), -of(FeeAccount.TAX)
    return FeeSums(income, tax, of(FeeAccount.RECEIVABLE), received)


def owed_on(invoice: Invoice) -> Money:
    """What is still open of what stands on an invoice."""
    rows = Charge.objects.filter(invoice=invoice, state=ChargeState.OPEN).order_by()
    found = rows.aggregate(owed=Sum("amount_minor"))["owed"] or 0
    return Money.from_minor(found, invoice.currency)


def charges_to_invoice(activity: Activity) -> list[Charge]:
    """What is open and on no invoice yet, by the names of the people."""
    rows = Charge.objects.of(activity).filter(state=ChargeState.OPEN, invoice=None)
    people = rows.select_related("registration__clinician", "registration__party", "fee")
    return list(people.order_by("registration__clinician__search_text", "pk"))


def tax_of(activity: Activity, kind: str) -> Tax | None:
    """The tax of a kind in the fees of an activity: where and on the day that it is held."""
    return tax_for(tax_country(activity), kind, on=activity.wall_starts.date())


def tax_country(activity: Activity) -> str:
    """Where it is held; what is online only is held where its organiser is."""
    return activity.country or this_organisation().country


def postings_of(charge: Charge) -> list[FeePosting]:
    """What happened to the money of a charge, the first first."""
    return list(FeePosting.objects.filter(charge=charge).order_by("posted_at", "pk"))
