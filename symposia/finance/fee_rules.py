"""What somebody pays, when, and what may become of it. Pure: no query, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity
from symposia.finance.models import Charge, ChargeState, Discount, Fee, FeeTerms
from symposia.finance.taxes import Tax
from symposia.shared.money import Money, round_half_up
from symposia.shared.refusals import Objection

FEES_ARE_OVER = Objection(
    "fees_are_over", _("The activity is over: what it costs is settled no more.")
)
FEE_CURRENCY = Objection("fee_currency", _("The books are kept in %(currency)s; fees are too."))
FEE_NEGATIVE = Objection("fee_negative", _("A fee is nothing or more."))
DISCOUNT_TWICE = Objection("discount_twice", _("There is a discount with this code already."))
NO_SUCH_DISCOUNT = Objection(
    "no_such_discount", _("This code is not known here, or its time is over.")
)
DISCOUNT_USED_UP = Objection("discount_used_up", _("This code has been used as often as it may."))
DISCOUNTED = Objection("already_discounted", _("A discount is taken off already."))
NOTHING_OWED = Objection("nothing_owed", _("Nothing is to be paid here any more."))
PAID_ALREADY = Objection("fee_paid_already", _("This fee is paid already."))
OTHER_AMOUNT = Objection(
    "other_amount", _("%(paid)s came in, %(owed)s is owed. Ask the payer, then post it by hand.")
)
NO_PAYMENT_PAPER = Objection(
    "no_payment_paper", _("Say what proves it: the line of the statement, the receipt.")
)
ON_INVOICE = Objection(
    "fee_on_invoice", _("This fee stands on an invoice: its payer settles it, not the person.")
)
NOT_PAID = Objection("fee_not_paid", _("Only what was paid is paid back."))
WHY_PAID_BACK = Objection("why_paid_back", _("Say why it is paid back; it stays in the ledger."))
REMINDED_TODAY = Objection(
    "fee_reminded_today", _("The payer was reminded within the last day. Once a day is enough.")
)
NO_TAX_KNOWN = Objection(
    "no_tax_known",
    _("No such tax is known for %(country)s on the day. Say nothing of tax, or ask for the data."),
)
NO_RECEIPT = Objection("no_receipt", _("There is a receipt once the fee is paid."))

# So long nobody is reminded again.
REST = timedelta(days=1)


@dataclass(frozen=True)
class FeeFacts:
    """What it costs whom, until when."""

    name: str
    amount: Money
    profession: str = ""
    until_on: date | None = None


@dataclass(frozen=True)
class DiscountFacts:
    """A code, what it takes off, until when and for how many."""

    code: str
    percent: int
    until_on: date | None = None
    most: int | None = None


def fee_for(fees: Iterable[Fee], profession: str, *, on: date) -> Fee | None:
    """The first that holds on the day: `fees` has the narrowest first."""
    return next(
        (
            each
            for each in fees
            if each.profession in {"", profession} and (not each.until_on or on <= each.until_on)
        ),
        None,
    )


def lowered(amount_minor: int, percent: int) -> int:
    """What is left of an amount after a discount, in whole minor units."""
    return int(round_half_up(Decimal(amount_minor) * (100 - percent) / 100, 0))


def due_on(terms: FeeTerms, activity: Activity, *, today: date) -> date:
    """The last day to pay: never after the activity has begun."""
    begins: date = activity.wall_starts.date()
    return min(today + timedelta(days=terms.days_to_pay), max(today, begins))


def reminder_on(terms: FeeTerms, last_day: date, *, today: date) -> date | None:
    """The day on which whoever has not paid is reminded; nobody on the day they are charged."""
    day = last_day - timedelta(days=terms.remind_days)
    return day if terms.remind_days and day > today else None


def objection_to_reminding(charge: Charge, *, at: datetime) -> Objection | None:
    """Whoever owes nothing is not reminded, and nobody twice a day."""
    if objection := objection_to_asking_person(charge):
        return objection
    reminded = charge.reminded_at
    return REMINDED_TODAY if reminded and at < reminded + REST else None


def objection_to_tax(kind: str, tax: Tax | None, *, country: str) -> Objection | None:
    """Nothing is printed of a tax that nobody has written down."""
    return NO_TAX_KNOWN.about(country=country or "-") if kind and tax is None else None


def objection_to_asking_person(charge: Charge) -> Objection | None:
    """Nothing is asked of whoever owes nothing, or for whom somebody else pays."""
    if not charge.is_open:
        return NOTHING_OWED
    return ON_INVOICE if charge.invoice_id else None


def objection_to_fee(activity: Activity, facts: FeeFacts, *, currency: str) -> Objection | None:
    """Whether an activity can cost so much."""
    if activity.is_over:
        return FEES_ARE_OVER
    if facts.amount.currency != currency:
        return FEE_CURRENCY.about(currency=currency)
    return FEE_NEGATIVE if facts.amount.minor < 0 else None


def objection_to_discount(
    charge: Charge, discount: Discount | None, *, on: date
) -> Objection | None:
    """Whether somebody pays less by this code."""
    if objection := objection_to_asking_person(charge):
        return objection
    if charge.discount_id:
        return DISCOUNTED
    if discount is None or (discount.until_on and on > discount.until_on):
        return NO_SUCH_DISCOUNT
    used_up = discount.most is not None and discount.used >= discount.most
    return DISCOUNT_USED_UP if used_up else None


def objection_to_payment(charge: Charge, *, evidence: str) -> Objection | None:
    """A fee is paid once, and something proves it."""
    if charge.is_paid:
        return PAID_ALREADY
    if objection := objection_to_asking_person(charge):
        return objection
    return None if evidence.strip() else NO_PAYMENT_PAPER


def objection_to_amount_paid(charge: Charge, paid: Money) -> Objection | None:
    """A statement settles a fee only with exactly what is owed."""
    if paid == charge.amount:
        return None
    return OTHER_AMOUNT.about(paid=paid, owed=charge.amount)


def objection_to_paying_back(charge: Charge, *, reason: str) -> Objection | None:
    """What was paid is paid back once, with a reason."""
    if charge.state != ChargeState.PAID:
        return NOT_PAID
    return None if reason.strip() else WHY_PAID_BACK


def objection_to_receipt(charge: Charge | None) -> Objection | None:
    """What is not paid has no receipt; what stands on an invoice is its payer's."""
    if charge and charge.invoice_id:
        return ON_INVOICE
    return None if charge and charge.is_paid else NO_RECEIPT
