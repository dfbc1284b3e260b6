"""What the money says on the readiness rail, to the rules and to whoever signs."""

from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from symposia.activities.facts import Fact, Reading, Stage, register_fact
from symposia.activities.models import Activity
from symposia.activities.numbers import number_of, numbers_of, register_numbers
from symposia.approvals.parts import adds_part
from symposia.compliance.facts import engages_people, knows_facts
from symposia.finance.models import (
    Account,
    Bill,
    Expense,
    Payee,
    PayeeKind,
    Payment,
    PaymentState,
    PurchaseOrder,
)
from symposia.finance.payable import unpaid_bills, unpaid_expenses, unpaid_fees
from symposia.finance.queries import (
    figures_for_rules,
    frozen_budget,
    lines_with,
    speakers_with_fees,
)
from symposia.shared.counting import CountOf
from symposia.shared.refusals import Objection

BILLS_WAIT = Objection("bills_wait", _("A bill waits for finance to accept it or send it back."))
RECEIPTS_WAIT = Objection(
    "receipts_wait", _("A receipt waits for finance to accept it or send it back.")
)
UNPAID = Objection(
    "money_open", _("Something is accepted and not paid, or the bank has not told of it yet.")
)
ORDERS_OPEN = Objection("orders_open", _("An order is open. End it once everything is billed."))
NO_ESTIMATE = Objection("no_estimate", _("Nobody has said yet what it will cost."))

# Those of the activity of the outer statement.
_OF_ACTIVITY = Bill.objects.filter(activity=OuterRef("pk"))
_ORDERS = PurchaseOrder.objects.filter(activity=OuterRef("pk"))
_PAID = Payment.objects.filter(activity=OuterRef("pk"))
_UNPAID = ("bills_unpaid", "expenses_unpaid", "fees_unpaid", "payments_open")
_SPENT = Expense.objects.filter(activity=OuterRef("pk"))


def read_budget(activity: Activity) -> Reading:
    """How far the money of an activity is: estimated, then committed by its approval."""
    link = ("activity_money", [activity.pk])
    estimated = number_of(activity, "lines_estimated")
    if not estimated:
        return Reading("now", NO_ESTIMATE, link)
    is_committed = number_of(activity, "lines_committed") > 0
    return Reading("sealed" if is_committed else "done", link=link, count=str(estimated))


def read_bills(activity: Activity) -> Reading | None:
    """Whether bills wait; an activity that nobody handed a bill in for says nothing of them."""
    known, waiting = numbers_of(activity, "bills_known", "bills_waiting")
    return _waiting(activity, known, waiting, "activity_bills", BILLS_WAIT)


def read_expenses(activity: Activity) -> Reading | None:
    """The same of the receipts of whoever paid something."""
    known, waiting = numbers_of(activity, "expenses_known", "expenses_waiting")
    return _waiting(activity, known, waiting, "activity_expenses", RECEIPTS_WAIT)


def read_payments(activity: Activity) -> Reading | None:
    """Whether everything accepted is paid and told of by the bank; of whoever pays elsewhere
    nothing."""
    accounts, *left = numbers_of(activity, "own_accounts", *_UNPAID)
    known, unpaid = number_of(activity, "payments_known"), sum(left)
    if not accounts:
        return None
    return _waiting(activity, known + unpaid, unpaid, "activity_bills", UNPAID)


def read_orders(activity: Activity) -> Reading | None:
    """Whether an order is open; nothing where nothing was ordered."""
    known, waiting = numbers_of(activity, "orders_known", "orders_open")
    return _waiting(activity, known, waiting, "activity_bills", ORDERS_OPEN)


def _waiting(
    activity: Activity, known: int, waiting: int, page: str, objection: Objection
) -> Reading | None:
    if not known:
        return None
    link = (page, [activity.pk])
    if not waiting:
        return Reading("done", link=link, count=str(known))
    count = f"{known - waiting}/{known}"
    if activity.is_over:
        return Reading("blocked", objection, link, count)
    return Reading("now", link=link, count=count)


def register() -> None:
    """Put the budget on the rail, into the rules' facts and into what is signed."""
    register_numbers(
        lines_estimated=CountOf(lines_with(Account.ESTIMATE)),
        lines_committed=CountOf(lines_with(Account.COMMITMENT)),
        bills_known=CountOf(_OF_ACTIVITY.standing()),
        bills_waiting=CountOf(_OF_ACTIVITY.waiting()),
        expenses_known=CountOf(_SPENT.standing()),
        expenses_waiting=CountOf(_SPENT.waiting()),
        orders_known=CountOf(_ORDERS),
        orders_open=CountOf(_ORDERS.open()),
        own_accounts=CountOf(Payee.objects.filter(kind=PayeeKind.HOUSE)),
        bills_unpaid=CountOf(unpaid_bills().filter(activity=OuterRef("pk"))),
        expenses_unpaid=CountOf(unpaid_expenses().filter(activity=OuterRef("pk"))),
        fees_unpaid=CountOf(unpaid_fees().filter(activity=OuterRef("pk"))),
        payments_open=CountOf(_PAID.untold()),
        payments_known=CountOf(_PAID.filter(state=PaymentState.PAID)),
    )
    register_fact(Fact("budget", _("Budget"), read_budget, order=55))
    closing = frozenset({Stage.CLOSE})
    register_fact(Fact("bills", _("Bills"), read_bills, needed_for=closing, order=86))
    register_fact(Fact("expenses", _("Receipts"), read_expenses, needed_for=closing, order=87))
    register_fact(Fact("orders", _("Orders"), read_orders, needed_for=closing, order=88))
    register_fact(Fact("payments", _("Payments"), read_payments, needed_for=closing, order=89))
    knows_facts("activity", "budget")(figures_for_rules)
    engages_people("activity")(speakers_with_fees)
    adds_part("activity", "budget")(frozen_budget)
