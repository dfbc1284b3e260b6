"""Orders as pages, rules and actions ask for them: what is left, what came, what was billed."""

import uuid
from collections.abc import Mapping

from django.db.models import Q, Sum

from symposia.accounts.queries import local_day
from symposia.activities.models import Activity
from symposia.finance.controls import controls_on
from symposia.finance.expenses import sharers_at
from symposia.finance.matching import Papers, likeness, mismatches
from symposia.finance.models import (
    Bill,
    BudgetLine,
    Delivered,
    HandedInState,
    OrderState,
    OrderUnit,
    Payee,
    PayeeKind,
    PurchaseOrder,
)
from symposia.finance.queries import LineTotals, lines_of
from symposia.shared.money import Money
from symposia.shared.refusals import Objection


def vendor_known_as(known_as: str) -> Payee | None:
    """The vendor of a name, however it is written."""
    return Payee.objects.filter(kind=PayeeKind.VENDOR, known_as=known_as).first()


def orderable_lines(activity: Activity) -> list[tuple[LineTotals, Money]]:
    """Each line of a budget with what of its commitment is neither spent nor ordered."""
    lines, ordered = lines_of(activity), _open_by_line(activity)
    return [
        (each, each.committed - each.actual - ordered.get(each.line.pk, _none(each)))
        for each in lines
    ]


def left_for_orders(line: BudgetLine) -> Money:
    """The same of one line."""
    rows = orderable_lines(Activity.objects.get(pk=line.activity_id))
    return next(left for each, left in rows if each.line.pk == line.pk)


def _none(each: LineTotals) -> Money:
    return Money.zero(each.committed.currency)


def _open_by_line(activity: Activity) -> Mapping[uuid.UUID, Money]:
    """By line what is ordered and not accepted as billed yet."""
    billed = dict(
        Bill.objects.filter(activity=activity, state=HandedInState.ACCEPTED)
        .exclude(order=None)
        .order_by()
        .values_list("order")
        .annotate(Sum("amount_minor"))
    )
    found: dict[uuid.UUID, Money] = {}
    for order in PurchaseOrder.objects.filter(activity=activity, state=OrderState.OPEN):
        rest = max(order.amount.minor - billed.get(order.pk, 0), 0)
        before = found.get(order.line_id, Money.zero(order.currency))
        found[order.line_id] = before + Money.from_minor(rest, order.currency)
    return found


def heads_recorded(order: PurchaseOrder) -> int | None:
    """How many people are recorded as present, faculty counted; of what is not heads nothing."""
    if order.unit != OrderUnit.HEADS:
        return None
    known = sharers_at(Activity.objects.get(pk=order.activity_id))
    return known.attendees + known.faculty


def papers_of(order: PurchaseOrder, bill: Bill | None = None) -> Papers:
    """An order, what of it came, and what other standing bills ask for it."""
    bills = Bill.objects.standing().filter(order=order, currency=order.currency)
    if bill is not None:
        bills = bills.exclude(pk=bill.pk)
    minor = bills.aggregate(sum=Sum("amount_minor"))["sum"] or 0
    billed = Money.from_minor(minor, order.currency)
    return Papers(order, Delivered.objects.quantity(order), billed)


def faults_of(bill: Bill) -> list[Objection]:
    """What somebody must explain to accept a bill: where it does not match its order, and other
    bills that it may be once more. Limits are those of the day it was handed in."""
    controls = controls_on(local_day(bill.handed_in_at))
    found: list[Objection] = []
    if bill.order_id:
        order = PurchaseOrder.objects.select_related("vendor").get(pk=bill.order_id)
        found += mismatches(bill, papers_of(order, bill), controls)
    others = Bill.objects.standing().exclude(pk=bill.pk)
    same = Q(sha256=bill.sha256)
    if bill.vendor_id:
        same |= Q(vendor=bill.vendor_id)
    for other in others.filter(same).order_by("handed_in_at", "pk")[:200]:
        objection = likeness(bill, other, controls)
        if objection:
            found.append(objection)
    return found


def left_of_order(bill: Bill) -> Money | None:
    """What of its order other bills leave for it; nothing where it has none in its currency."""
    if bill.order_id is None:
        return None
    order = PurchaseOrder.objects.get(pk=bill.order_id)
    return papers_of(order, bill).left if order.currency == bill.currency else None


def handed_in_by(order: PurchaseOrder, person: uuid.UUID | None) -> bool:
    """Whether a person handed in a standing bill for an order."""
    if person is None:
        return False
    return Bill.objects.standing().filter(order=order, handed_in_by_id=person).exists()
