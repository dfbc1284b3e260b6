"""What may be ordered from whom, what of it was delivered, and who a vendor is: pure rules."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from symposia.activities.models import Activity
from symposia.finance.billing import ORDERED_ELSEWHERE
from symposia.finance.handed_in import DECIDED
from symposia.finance.models import (
    Bill,
    BudgetLine,
    HandedInState,
    OrderState,
    OrderUnit,
    Payee,
    PayeeKind,
    PurchaseOrder,
)
from symposia.finance.models.payees import known_words
from symposia.finance.policies import NOT_AN_AMOUNT, WRONG_CURRENCY, objection_to_spending
from symposia.shared.money import Money, in_a_sentence
from symposia.shared.refusals import Objection

PAYEE_NAMELESS = Objection("payee_nameless", _("Write what the payee is called."))
PAYEE_THERE = Objection("payee_there", _("%(name)s is known already, as %(number)s."))
NOT_A_VENDOR = Objection("not_a_vendor", _("One orders from a vendor."))
ORDER_PURPOSE = Objection("order_purpose", _("Write what is ordered."))
ORDER_UNIT = Objection("order_unit", _("Choose what is counted."))
ORDER_QUANTITY = Objection("order_quantity", _("Order more than nothing, and less than a million."))
ORDER_LINE = Objection("order_line", _("Choose a line of this activity's budget."))
ORDER_OVER = Objection(
    "order_over",
    _("The line has %(left)s left for orders, and this is %(more)s more. Write why."),
)
ORDER_ENDED = Objection("order_ended", _("This order has ended."))
ORDER_REASON = Objection("order_reason", _("Write why it ends; it stays on the order."))
DELIVERED_TOMORROW = Objection(
    "delivered_tomorrow", _("The day it was delivered has not come yet.")
)
DELIVERED_NOTHING = Objection("delivered_nothing", _("Write how much was delivered."))
PUT_RIGHT_WHY = Objection("delivered_why", _("Write why it is put right; both stay."))
LESS_THAN_NOTHING = Objection(
    "delivered_below_nothing", _("Only %(n)s were confirmed; no more than that is taken back.")
)
MORE_THAN_PRESENT = Objection(
    "delivered_more_heads",
    _(
        "%(said)s heads were served, but only %(known)s are recorded as present, faculty counted. "
        "Check in who is missing, write fewer, or say who else ate."
    ),
)
OWN_DELIVERY = Objection(
    "own_delivery", _("You handed its bill in; somebody else confirms what was delivered.")
)

MOST = Decimal(1_000_000)


@dataclass(frozen=True)
class PayeeFacts:
    """Who a payee is."""

    kind: str
    name: str
    country: str = ""
    tax_number: str = ""


@dataclass(frozen=True)
class OrderFacts:
    """What is ordered from whom, on which line; `reason` where it is more than that has left."""

    vendor: Payee
    line: BudgetLine
    what_for: str
    each: Money
    quantity: Decimal = Decimal(1)
    unit: str = OrderUnit.WHOLE
    reason: str = ""


@dataclass(frozen=True)
class DeliveredFacts:
    """How much came when; a note where it is fewer again, or more than were recorded."""

    quantity: Decimal
    delivered_on: date
    note: str = ""


def objection_to_payee(facts: PayeeFacts, twin: Payee | None) -> Objection | None:
    """A name, once for vendors and own accounts."""
    if not known_words(facts.name) or facts.kind not in PayeeKind.values:
        return PAYEE_NAMELESS
    return PAYEE_THERE.about(name=twin.name, number=twin.number) if twin else None


def objection_to_order(
    activity: Activity, facts: OrderFacts, *, left: Money, currency: str
) -> Objection | None:
    """A vendor, a line of the activity, an amount that the line has left, or why not."""
    amount = facts.each.amount * facts.quantity
    over = amount - left.amount
    objections = (
        (facts.vendor.kind != PayeeKind.VENDOR, NOT_A_VENDOR),
        (facts.line.activity_id != activity.pk, ORDER_LINE),
        (not facts.what_for.strip(), ORDER_PURPOSE),
        (facts.unit not in OrderUnit.values, ORDER_UNIT),
        (not 0 < facts.quantity < MOST, ORDER_QUANTITY),
        (facts.each.currency != currency, WRONG_CURRENCY.about(currency=currency)),
        (facts.each.minor <= 0, NOT_AN_AMOUNT),
        (
            over > 0 and not facts.reason.strip(),
            ORDER_OVER.about(
                left=in_a_sentence(left), more=in_a_sentence(Money(max(over, Decimal(0)), currency))
            ),
        ),
    )
    found = next((objection for holds, objection in objections if holds), None)
    return objection_to_spending(activity) or found


def objection_to_delivered(
    order: PurchaseOrder,
    facts: DeliveredFacts,
    *,
    before: Decimal,
    recorded: int | None,
    is_own: bool,
    today: date,
) -> Objection | None:
    """Somebody else than whoever bills it says what came; no more heads than were there, or why."""
    after, note = before + facts.quantity, facts.note.strip()
    more = recorded is not None and after > recorded
    objections = (
        (order.state != OrderState.OPEN, ORDER_ENDED),
        (is_own, OWN_DELIVERY),
        (not facts.quantity or abs(facts.quantity) >= MOST, DELIVERED_NOTHING),
        (facts.delivered_on > today, DELIVERED_TOMORROW),
        (after < 0, LESS_THAN_NOTHING.about(n=f"{before.normalize():f}")),
        (facts.quantity < 0 and not note, PUT_RIGHT_WHY),
        (more and not note, MORE_THAN_PRESENT.about(said=f"{after.normalize():f}", known=recorded)),
    )
    return next((objection for holds, objection in objections if holds), None)


def objection_to_linking(bill: Bill, order: PurchaseOrder | None) -> Objection | None:
    """While it waits for finance, a bill is said to be for an order of its activity."""
    if bill.state != HandedInState.HANDED_IN:
        return DECIDED.about(state=bill.get_state_display())
    if order is not None and order.activity_id != bill.activity_id:
        return ORDERED_ELSEWHERE
    return None


def objection_to_ending_order(order: PurchaseOrder, *, reason: str) -> Objection | None:
    """Once, with a reason."""
    if order.state != OrderState.OPEN:
        return ORDER_ENDED
    return None if reason.strip() else ORDER_REASON
