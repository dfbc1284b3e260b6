"""Payees, orders and what of them was delivered; what is far above by two."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.fields import Amount, Reason
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.finance.actions.orders import add_payee, confirm_delivered, end_order, place_order
from symposia.finance.actions.overruns import agree_to_overrun, drop_overrun
from symposia.finance.models import (
    BudgetLine,
    Delivered,
    OrderUnit,
    Overrun,
    Payee,
    PurchaseOrder,
)
from symposia.finance.order_lists import ORDERS, OVERRUNS, PAYEES
from symposia.finance.ordering import DeliveredFacts, OrderFacts, PayeeFacts
from symposia.finance.queries import books_currency
from symposia.shared.money import Money

router = Router(tags=["orders"])
payees = Router(tags=["payees"])
overruns = Router(tags=["bills"])
list_route(router, ORDERS)
list_route(payees, PAYEES)
list_route(overruns, OVERRUNS)
SEES, PLANS, POSTS = Permission.VIEW_MONEY, Permission.PLAN_MONEY, Permission.POST_MONEY
Quantity = Annotated[Decimal, Field(max_digits=9, decimal_places=2)]


class PayeeIn(Schema):
    """A vendor, or an own account."""

    kind: str = Field("vendor", pattern="^(vendor|house)$")
    name: str = Field(min_length=1, max_length=200)
    country: str = Field("", pattern="^([A-Z]{2})?$")
    tax_number: str = Field("", max_length=60)


class PayeeOut(Schema):
    """Whom money goes to."""

    id: uuid.UUID
    number: str
    kind: str
    name: str
    country: str
    tax_number: str


class OrderIn(Schema):
    """What is ordered from whom, on which line; a reason where the line has not so much left."""

    activity: uuid.UUID
    vendor: uuid.UUID
    line: uuid.UUID
    what_for: str = Field(min_length=1, max_length=300)
    each: Amount
    quantity: Quantity = Decimal(1)
    unit: OrderUnit = OrderUnit.WHOLE
    reason: str = Field("", max_length=500)


class OrderOut(Schema):
    """An order and how much of it came."""

    id: uuid.UUID
    number: str
    activity_id: uuid.UUID
    vendor_id: uuid.UUID
    what_for: str
    unit: str
    quantity: Decimal
    came: Decimal
    currency: str
    amount: Decimal
    state: str

    @staticmethod
    def resolve_amount(order: PurchaseOrder) -> Decimal:
        return order.amount.amount

    @staticmethod
    def resolve_came(order: PurchaseOrder) -> Decimal:
        return Delivered.objects.quantity(order)


class DeliveredIn(Schema):
    """How much came; below nothing puts right what was confirmed before."""

    quantity: Quantity
    delivered_on: date
    note: Reason = ""


class DeliveredOut(Schema):
    """Who confirmed what."""

    id: uuid.UUID
    quantity: Decimal
    delivered_on: date
    recorded: int | None
    note: str
    confirmed_at: datetime
    confirmed_by_name: str


class OrderEndIn(Schema):
    """Why an order ends."""

    reason: Reason


class OverrunOut(Schema):
    """A paper far above what was expected, and what became of it."""

    id: uuid.UUID
    bill_id: uuid.UUID | None
    expense_id: uuid.UUID | None
    amount: Decimal
    over: Decimal
    currency: str
    reason: str
    state: str
    proposed_by_name: str
    decided_by_name: str

    @staticmethod
    def resolve_amount(overrun: Overrun) -> Decimal:
        return overrun.amount.amount

    @staticmethod
    def resolve_over(overrun: Overrun) -> Decimal:
        return overrun.over.amount


@payees.post("", response={201: PayeeOut}, operation_id="add_payee")
@allowed(POSTS, of_all=True)
def note_payee(request: Any, body: PayeeIn) -> Status[Any]:
    """Note a vendor, or an own account."""
    facts = PayeeFacts(body.kind, body.name, body.country, body.tax_number)
    return Status(201, add_payee(facts, by=request.actor))


@payees.get("/{uuid:pk}", response=PayeeOut, operation_id="payee")
@allowed(SEES, of_all=True)
def payee(request: Any, pk: uuid.UUID) -> Payee:
    """One payee."""
    return get_object_or_404(Payee.objects.visible_to(request.access), pk=pk)


@router.post("", response={201: OrderOut}, operation_id="place_order")
@allowed(PLANS)
def place(request: Any, body: OrderIn) -> Status[Any]:
    """Order something from a vendor for an activity."""
    seen = Activity.objects.visible_to(request.access, PLANS)
    activity = get_object_or_404(seen, pk=body.activity)
    facts = OrderFacts(
        get_object_or_404(Payee.objects.vendors(), pk=body.vendor),
        get_object_or_404(BudgetLine.objects.of(activity), pk=body.line),
        body.what_for,
        Money(body.each, books_currency()),
        body.quantity,
        str(body.unit),
        body.reason,
    )
    return Status(201, place_order(activity, facts, by=request.actor))


@router.get("/{uuid:pk}", response=OrderOut, operation_id="order")
@allowed(SEES)
def show(request: Any, pk: uuid.UUID) -> PurchaseOrder:
    """One order."""
    return get_object_or_404(PurchaseOrder.objects.visible_to(request.access), pk=pk)


@router.post(
    "/{uuid:pk}/deliveries", response={201: DeliveredOut}, operation_id="confirm_delivered"
)
@allowed(PLANS)
def delivered(request: Any, pk: uuid.UUID, body: DeliveredIn) -> Status[Any]:
    """Confirm how much of it came."""
    facts = DeliveredFacts(body.quantity, body.delivered_on, body.note)
    return Status(201, confirm_delivered(_planned(request, pk), facts, by=request.actor))


@router.post("/{uuid:pk}/ending", response=OrderOut, operation_id="end_order")
@allowed(PLANS)
def end(request: Any, pk: uuid.UUID, body: OrderEndIn) -> PurchaseOrder:
    """Everything is billed, or the rest is not wanted."""
    return end_order(_planned(request, pk), reason=body.reason, by=request.actor)


@overruns.post("/{uuid:pk}/agreement", response=OverrunOut, operation_id="agree_to_overrun")
@allowed(POSTS)
def agree(request: Any, pk: uuid.UUID) -> Overrun:
    """A second person accepts what is far above."""
    return agree_to_overrun(_overrun(request, pk), by=request.actor)


@overruns.post("/{uuid:pk}/ending", response=OverrunOut, operation_id="drop_overrun")
@allowed(POSTS)
def drop(request: Any, pk: uuid.UUID) -> Overrun:
    """Not like this; the paper waits as before."""
    return drop_overrun(_overrun(request, pk), by=request.actor)


def _planned(request: Any, pk: uuid.UUID) -> PurchaseOrder:
    return get_object_or_404(PurchaseOrder.objects.visible_to(request.access, PLANS), pk=pk)


def _overrun(request: Any, pk: uuid.UUID) -> Overrun:
    return get_object_or_404(Overrun.objects.visible_to(request.access, POSTS), pk=pk)
