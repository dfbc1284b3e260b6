"""Batches of payments and bank details: put together, released, confirmed; files for the bank."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.api.fields import Reason
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.finance.actions.bank_details import confirm_details, drop_details, enter_details
from symposia.finance.actions.payments import (
    add_payment,
    begin_batch,
    drop_batch,
    leave_out,
    release_batch,
    take_csv,
    take_xml,
)
from symposia.finance.bank_rules import AccountFacts
from symposia.finance.models import (
    BankDetails,
    Bill,
    Channel,
    Expense,
    Payee,
    Payment,
    PaymentBatch,
)
from symposia.finance.payable import Paper, fees_within, holds_of, sees_all
from symposia.finance.payment_lists import PAYMENT_BATCHES, PAYMENTS

router = Router(tags=["payments"])
single = Router(tags=["payments"])
accounts = Router(tags=["payees"])
list_route(router, PAYMENT_BATCHES)
list_route(single, PAYMENTS)
SEES, POSTS = Permission.VIEW_MONEY, Permission.POST_MONEY


class BankDetailsIn(Schema):
    """Where somebody is paid, and how that came."""

    payee: uuid.UUID
    holder: str = Field(min_length=1, max_length=140)
    account: str = Field(min_length=4, max_length=60)
    bank_code: str = Field("", max_length=30)
    came_by: Channel
    reason: Reason = ""


class ConfirmationIn(Schema):
    """How they were asked back."""

    asked_by: Channel
    note: Reason = ""


class BankDetailsOut(Schema):
    """Bank details without the number: its last four signs."""

    id: uuid.UUID
    payee_id: uuid.UUID
    holder: str
    masked: str
    bank_code: str
    state: str
    came_by: str
    asked_by: str
    proposed_by_name: str
    decided_by_name: str


class PaymentBatchIn(Schema):
    """From which of our accounts, on which day."""

    account: uuid.UUID
    pays_on: date


class PaymentBatchOut(Schema):
    """A batch as it stands."""

    id: uuid.UUID
    number: str
    account_id: uuid.UUID
    pays_on: date
    currency: str
    state: str
    made_by_name: str
    released_at: datetime | None
    released_by_name: str
    sha256: str


class PaidPaperIn(Schema):
    """What is paid: an accepted bill or expense, or the fee of a signed agreement."""

    kind: Literal["bill", "expense", "agreement"]
    paper: uuid.UUID


class PaymentOut(Schema):
    """A payment; why it is held while its batch is put together."""

    id: uuid.UUID
    reference: str
    payee_id: uuid.UUID
    activity_id: uuid.UUID
    amount: Decimal
    withheld: Decimal
    currency: str
    state: str
    held: str = ""


class BankFileOut(Schema):
    """A file for the bank: its name, its text and its hash as it was released."""

    name: str
    content: str
    sha256: str


@accounts.post("", response={201: BankDetailsOut}, operation_id="enter_details")
@allowed(POSTS, of_all=True)
def enter(request: Any, body: BankDetailsIn) -> Status[Any]:
    """Say where somebody is paid; held until a second person has asked back."""
    payee = get_object_or_404(Payee.objects.visible_to(request.access), pk=body.payee)
    said = (body.holder, body.account, body.bank_code, str(body.came_by), body.reason)
    return Status(201, enter_details(payee, AccountFacts(*said), by=request.actor))


@accounts.post("/{uuid:pk}/confirmation", response=BankDetailsOut, operation_id="confirm_details")
@allowed(POSTS, of_all=True)
def confirm(request: Any, pk: uuid.UUID, body: ConfirmationIn) -> BankDetails:
    """A second person has asked back through another channel."""
    details, asked_by = _details(request, pk), str(body.asked_by)
    return confirm_details(details, asked_by=asked_by, note=body.note, by=request.actor)


@accounts.post("/{uuid:pk}/ending", response=BankDetailsOut, operation_id="drop_details")
@allowed(POSTS, of_all=True)
def drop_account(request: Any, pk: uuid.UUID) -> BankDetails:
    """They are wrong; what held before holds again."""
    return drop_details(_details(request, pk), by=request.actor)


@router.post("", response={201: PaymentBatchOut}, operation_id="begin_batch")
@allowed(POSTS, of_all=True)
def begin(request: Any, body: PaymentBatchIn) -> Status[Any]:
    """Begin a batch."""
    account = get_object_or_404(Payee.objects.visible_to(request.access), pk=body.account)
    return Status(201, begin_batch(account, body.pays_on, by=request.actor))


@router.get("/{uuid:pk}", response=PaymentBatchOut, operation_id="payment_batch")
@allowed(SEES, of_all=True)
def show(request: Any, pk: uuid.UUID) -> PaymentBatch:
    """One batch."""
    return _batch(request, pk)


@router.get("/{uuid:pk}/payments", response=list[PaymentOut], operation_id="payments_of_batch")
@allowed(SEES, of_all=True)
def payments(request: Any, pk: uuid.UUID) -> list[dict[str, Any]]:
    """What it pays, and what of it is held."""
    rows = list(Payment.objects.of(_batch(request, pk)).visible_to(request.access))
    holds = holds_of([each for each in rows if each.state == "planned"])
    return [_out(each) | {"held": str(holds.get(each.pk, ""))} for each in rows]


@router.post("/{uuid:pk}/payments", response={201: PaymentOut}, operation_id="add_payment")
@allowed(POSTS, of_all=True)
def add(request: Any, pk: uuid.UUID, body: PaidPaperIn) -> Status[Any]:
    """Pay something with it; what a rule forbids is refused."""
    batch, paper = _batch(request, pk), _paper(request, body)
    return Status(201, _out(add_payment(batch, paper, by=request.actor)))


@router.post("/{uuid:pk}/releasing", response=PaymentBatchOut, operation_id="release_batch")
@allowed(POSTS, of_all=True)
def release(request: Any, pk: uuid.UUID) -> PaymentBatch:
    """Somebody who put nothing of it together lets it go."""
    return release_batch(_whole(request, pk), by=request.actor)


@router.post("/{uuid:pk}/ending", response=PaymentBatchOut, operation_id="drop_batch")
@allowed(POSTS, of_all=True)
def drop(request: Any, pk: uuid.UUID) -> PaymentBatch:
    """Pay nothing of it."""
    return drop_batch(_whole(request, pk), by=request.actor)


@router.post("/{uuid:pk}/instructions", response=BankFileOut, operation_id="take_xml")
@allowed(POSTS, of_all=True)
def pain001(request: Any, pk: uuid.UUID) -> dict[str, str]:
    """The file for the bank, pain.001.001.09; who took it is kept."""
    batch = _whole(request, pk)
    content = take_xml(batch, by=request.actor).decode()
    return {"name": f"{batch.number}.xml", "content": content, "sha256": batch.sha256}


@router.post("/{uuid:pk}/listing", response=BankFileOut, operation_id="take_csv")
@allowed(POSTS, of_all=True)
def table(request: Any, pk: uuid.UUID) -> dict[str, str]:
    """The same as a table."""
    batch = _whole(request, pk)
    content = take_csv(batch, by=request.actor).decode("utf-8-sig")
    return {"name": f"{batch.number}.csv", "content": content, "sha256": batch.sha256}


@single.post("/{uuid:pk}/withdrawal", response=PaymentOut, operation_id="leave_out_payment")
@allowed(POSTS, of_all=True)
def leave(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Take it out of a batch that is being put together."""
    rows = Payment.objects.visible_to(request.access, POSTS)
    return _out(leave_out(get_object_or_404(rows, pk=pk), by=request.actor))


def _paper(request: Any, body: PaidPaperIn) -> Paper:
    if body.kind == "bill":
        bills = Bill.objects.postable_by(request.access).select_related("activity", "arrangement")
        return get_object_or_404(bills, pk=body.paper)
    if body.kind == "expense":
        rows = Expense.objects.postable_by(request.access).select_related("activity")
        return get_object_or_404(rows, pk=body.paper)
    found: Paper = get_object_or_404(fees_within(request.access), pk=body.paper)
    return found


def _details(request: Any, pk: uuid.UUID) -> BankDetails:
    return get_object_or_404(BankDetails.objects.visible_to(request.access), pk=pk)


def _batch(request: Any, pk: uuid.UUID) -> PaymentBatch:
    rows = PaymentBatch.objects.visible_to(request.access).select_related("bank")
    return get_object_or_404(rows, pk=pk)


def _whole(request: Any, pk: uuid.UUID) -> PaymentBatch:
    """A batch of which this person sees everything."""
    batch = _batch(request, pk)
    if not sees_all(request.access, batch):
        raise Http404
    return batch


def _out(payment: Payment) -> dict[str, Any]:
    names = ("reference", "payee_id", "activity_id", "currency", "state")
    facts = {name: getattr(payment, name) for name in names}
    amounts = {"amount": payment.amount.amount, "withheld": payment.withheld.amount}
    return facts | amounts | {"id": payment.pk}
