"""What activities cost those who come: fees, discounts, charges, statements of the bank."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.directory.models import Profession
from symposia.finance.actions.charges import mark_paid, pay_back
from symposia.finance.actions.fees import (
    TermsFacts,
    add_discount,
    add_fee,
    change_fee,
    settle_fee_terms,
    withdraw_discount,
    withdraw_fee,
)
from symposia.finance.actions.reminders import remind_payer
from symposia.finance.actions.statements import post_statement
from symposia.finance.bank_statements import StatementLine, read_statement
from symposia.finance.fee_lists import CHARGES, DISCOUNTS, FEES
from symposia.finance.fee_rules import DiscountFacts, FeeFacts
from symposia.finance.models import Charge, Discount, Fee, FeeTerms, Method, TaxKind
from symposia.finance.queries import books_currency
from symposia.shared.money import Money
from symposia.shared.refusals import refuse_if

router = Router(tags=["fees"])
list_route(router, FEES)
list_route(router, CHARGES, "/charges")
list_route(router, DISCOUNTS, "/discounts")
_PLAN, _POST = Permission.PLAN_MONEY, Permission.POST_MONEY


class FeeIn(Schema):
    """What it costs whom, until when; in the currency of the books."""

    name: str = Field(min_length=1, max_length=120)
    amount: Decimal = Field(ge=0, max_digits=12)
    profession: Profession | None = None
    until_on: date | None = None

    def facts(self) -> FeeFacts:
        amount = Money(self.amount, books_currency())
        return FeeFacts(self.name, amount, self.profession or "", self.until_on)


class NewFee(FeeIn):
    """A fee of an activity."""

    activity: uuid.UUID


class FeeOut(Schema):
    """A fee as it holds now; the amount in whole minor units."""

    id: uuid.UUID
    activity_id: uuid.UUID
    name: str
    profession: str
    amount_minor: int
    currency: str
    until_on: date | None


class NewDiscount(Schema):
    """A code and what it takes off."""

    activity: uuid.UUID
    code: str = Field(pattern="^[A-Za-z0-9-]+$", max_length=30)
    percent: int = Field(ge=1, le=100)
    until_on: date | None = None
    most: int | None = Field(None, ge=1, le=100_000)


class DiscountOut(Schema):
    """A code, and how often it was used."""

    id: uuid.UUID
    activity_id: uuid.UUID
    code: str
    percent: int
    until_on: date | None
    most: int | None
    used: int


class FeeTermsSchema(Schema):
    """By when and how fees are paid."""

    days_to_pay: int = Field(14, ge=1, le=365)
    lapses: bool = False
    bank_words: str = Field("", max_length=600)
    takes_cards: bool = False
    remind_days: int = Field(3, ge=0, le=60)
    tax: TaxKind = TaxKind.UNSAID
    tax_number: str = Field("", max_length=60)


class PaymentIn(Schema):
    """What came in, and what proves it."""

    method: Method = Method.BANK
    evidence: str = Field(min_length=1, max_length=200)


class PayBackIn(Schema):
    """Why it is paid back."""

    reason: str = Field(min_length=1, max_length=300)
    evidence: str = Field("", max_length=200)


class ChargeOut(Schema):
    """What somebody owes."""

    id: uuid.UUID
    activity_id: uuid.UUID
    registration_id: uuid.UUID
    reference: str
    amount_minor: int
    currency: str
    due_on: date
    state: str
    method: str


class BankStatementIn(Schema):
    """A statement of the bank as CSV; `dry_run` says what it pays and posts nothing."""

    lines: str = Field(min_length=1, max_length=400_000)
    dry_run: bool = True


class StatementLineOut(Schema):
    """What a line pays, or why it pays nothing."""

    line: int
    reference: str
    pays: bool
    why: str


@router.post("", response={201: FeeOut}, operation_id="add_fee")
@allowed(_PLAN)
def new(request: Any, body: NewFee) -> Status[Fee]:
    """Say what an activity costs."""
    activity = _activity(request, body.activity)
    return Status(201, add_fee(activity, body.facts(), by=request.actor))


@router.put("/{uuid:pk}", response=FeeOut, operation_id="change_fee")
@allowed(_PLAN)
def change(request: Any, pk: uuid.UUID, body: FeeIn) -> Fee:
    """Say otherwise what it costs; whoever is charged already pays what they were told."""
    return change_fee(_fee(request, pk), body.facts(), by=request.actor)


@router.delete("/{uuid:pk}", response={204: None}, operation_id="withdraw_fee")
@allowed(_PLAN)
def withdraw(request: Any, pk: uuid.UUID) -> Status[None]:
    """Charge it to nobody from now on."""
    withdraw_fee(_fee(request, pk), by=request.actor)
    return Status(204, None)


@router.put("/terms/{uuid:pk}", response=FeeTermsSchema, operation_id="settle_fee_terms")
@allowed(_PLAN)
def terms(request: Any, pk: uuid.UUID, body: FeeTermsSchema) -> FeeTerms:
    """Settle by when and how the fees of the activity with this key are paid."""
    return settle_fee_terms(_activity(request, pk), TermsFacts(**body.dict()), by=request.actor)


@router.post("/discounts", response={201: DiscountOut}, operation_id="add_discount")
@allowed(_PLAN)
def new_discount(request: Any, body: NewDiscount) -> Status[Discount]:
    """Make a code by which people pay less."""
    facts = DiscountFacts(body.code, body.percent, body.until_on, body.most)
    return Status(201, add_discount(_activity(request, body.activity), facts, by=request.actor))


@router.delete("/discounts/{uuid:pk}", response={204: None}, operation_id="withdraw_discount")
@allowed(_PLAN)
def end_discount(request: Any, pk: uuid.UUID) -> Status[None]:
    """Take a code off nothing from now on."""
    rows = Discount.objects.visible_to(request.access, _PLAN)
    withdraw_discount(get_object_or_404(rows, pk=pk), by=request.actor)
    return Status(204, None)


@router.post("/charges/{uuid:pk}/payment", response=ChargeOut, operation_id="mark_paid")
@allowed(_POST)
def paid(request: Any, pk: uuid.UUID, body: PaymentIn) -> Charge:
    """Settle a charge with what came in."""
    return mark_paid(_charge(request, pk), **body.dict(), by=request.actor)


@router.post("/charges/{uuid:pk}/reminders", response=ChargeOut, operation_id="remind_payer")
@allowed(_POST)
def remind(request: Any, pk: uuid.UUID) -> Charge:
    """Write to whoever owes a charge how much, by when and where to."""
    return remind_payer(_charge(request, pk), by=request.actor)


@router.post("/charges/{uuid:pk}/refunding", response=ChargeOut, operation_id="pay_back")
@allowed(_POST)
def returned(request: Any, pk: uuid.UUID, body: PayBackIn) -> Charge:
    """Note that a fee was paid back."""
    return pay_back(_charge(request, pk), **body.dict(), by=request.actor)


@router.post("/statements", response=list[StatementLineOut], operation_id="post_statement")
@allowed(_POST)
def statement(request: Any, body: BankStatementIn) -> list[dict[str, Any]]:
    """Say what each line of a statement pays, and post it unless it is tried only."""
    lines, objection = read_statement(body.lines, request.access, currency=books_currency())
    refuse_if(objection)
    if not body.dry_run:
        post_statement(lines, by=request.actor)
    return [_line(each) for each in lines]


def _line(line: StatementLine) -> dict[str, Any]:
    return {
        "line": line.number,
        "reference": line.reference,
        "pays": line.objection is None,
        "why": str(line.objection or ""),
    }


def _activity(request: Any, pk: uuid.UUID) -> Activity:
    return get_object_or_404(Activity.objects.visible_to(request.access, _PLAN), pk=pk)


def _fee(request: Any, pk: uuid.UUID) -> Fee:
    return get_object_or_404(Fee.objects.visible_to(request.access, _PLAN), pk=pk)


def _charge(request: Any, pk: uuid.UUID) -> Charge:
    return get_object_or_404(Charge.objects.visible_to(request.access, _POST), pk=pk)
