"""Expenses of activities: receipts handed in, accepted, sent back, taken back with a reason."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.bills import AcceptanceIn
from symposia.api.fields import Amount
from symposia.api.gates import allowed
from symposia.api.kept_files import KeptFileOut, file_out
from symposia.api.lists import list_route
from symposia.api.orders import OverrunOut
from symposia.finance.actions.deciding import Acceptance
from symposia.finance.actions.expenses import (
    Receipt,
    accept_expense,
    ask_about_expense,
    hand_in_expense,
    return_expense,
    withdraw_expense,
)
from symposia.finance.expense_lists import EXPENSES
from symposia.finance.expenses import Split, sharers_at, split_as_kept, split_of
from symposia.finance.expensing import ExpenseFacts, fault_words, objection_to_sharers
from symposia.finance.handed_in import LARGEST
from symposia.finance.models import BudgetLine, Category, Expense
from symposia.finance.queries import books_currency
from symposia.shared.money import Money
from symposia.shared.refusals import refuse_if

router = Router(tags=["expenses"])
list_route(router, EXPENSES)
MOST_HEADS = 100_000


class SplitIn(Schema):
    """An amount to divide; without a currency it is in that of the books, without a number of
    people it is everybody who was there."""

    activity: uuid.UUID
    kind: Category
    amount: Amount
    currency: str = Field("", pattern="^([A-Z]{3})?$")
    attendees: int | None = Field(None, ge=0, le=MOST_HEADS)
    faculty: int | None = Field(None, ge=0, le=MOST_HEADS)
    staff: int = Field(1, ge=0, le=MOST_HEADS)


class ExpenseIn(SplitIn):
    """What a receipt says, and who shared it."""

    paid_to: str = Field(min_length=1, max_length=200)
    spent_on: date
    what_for: str = Field("", max_length=300)


class ExpenseReasonIn(Schema):
    """What is wrong with a receipt, or why it is taken back."""

    reason: str = Field(min_length=1, max_length=500)


class ExpenseFindingOut(Schema):
    """What one rule says of the cost of each."""

    rule: str
    result: str
    message: str
    confidence: str


class SplitOut(Schema):
    """What each had of it and what rules say; `unread` where they cannot read the amount."""

    attendees: int
    faculty: int
    staff: int
    per_head: Decimal | None
    findings: list[ExpenseFindingOut]
    unread: str


class ExpenseOut(Schema):
    """An expense as it stands; what is hard to read about its picture is said in words."""

    id: uuid.UUID
    number: str
    activity_id: uuid.UUID
    kind: str
    paid_to: str
    spent_on: date
    currency: str
    amount: Decimal
    what_for: str
    attendees: int
    faculty: int
    staff: int
    hard_to_read: list[str]
    finding: str
    sha256: str
    state: str
    handed_in_at: datetime
    handed_in_by_name: str
    decided_at: datetime | None
    decided_by_name: str

    @staticmethod
    def resolve_amount(expense: Expense) -> Decimal:
        return expense.amount.amount

    @staticmethod
    def resolve_hard_to_read(expense: Expense) -> list[str]:
        return [str(each) for each in fault_words(expense.faults)]


@router.post("", response={201: ExpenseOut}, operation_id="hand_in_expense")
@allowed(Permission.HAND_IN_BILLS)
def hand_in(request: Any, body: Form[ExpenseIn], file: File[UploadedFile]) -> Expense:
    """Hand in a receipt with its photograph, as a form with a file."""
    receipt = Receipt(file.name or "", file.read(LARGEST + 1))
    facts = _facts(body, body.paid_to, body.spent_on, body.what_for)
    return hand_in_expense(_activity(request, body), facts, receipt, by=request.actor)


@router.post("/splits", response=SplitOut, operation_id="split_expense")
@allowed(Permission.HAND_IN_BILLS)
def split(request: Any, body: SplitIn) -> dict[str, Any]:
    """What each would have of it, and what rules say; nothing of it is kept."""
    activity, facts = _activity(request, body), _facts(body)
    known = sharers_at(activity)
    refuse_if(objection_to_sharers(facts, known))
    return _split(split_of(activity, facts, known))


@router.get("/{uuid:pk}", response=ExpenseOut, operation_id="expense")
@allowed(Permission.VIEW_BILLS)
def show(request: Any, pk: uuid.UUID) -> Expense:
    """One expense."""
    return _expense(request, pk)


@router.get("/{uuid:pk}/split", response=SplitOut, operation_id="split_of_expense")
@allowed(Permission.VIEW_BILLS)
def kept_split(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """What each had of it, and what rules say now."""
    return _split(split_as_kept(_expense(request, pk)))


@router.get("/{uuid:pk}/file", response=KeptFileOut, operation_id="file_of_expense")
@allowed(Permission.VIEW_BILLS)
def paper(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Where the receipt is."""
    return file_out(request, _expense(request, pk).file_id)


@router.post("/{uuid:pk}/acceptance", response=ExpenseOut, operation_id="accept_expense")
@allowed(Permission.POST_MONEY)
def accept(request: Any, pk: uuid.UUID, body: AcceptanceIn) -> Expense:
    """Find it right and post it to a line of the budget."""
    expense = _to_decide(request, pk)
    return accept_expense(expense, _acceptance(expense, body), by=request.actor)


@router.post(
    "/{uuid:pk}/overruns",
    response={201: OverrunOut},
    operation_id="ask_second_person_about_expense",
)
@allowed(Permission.POST_MONEY)
def ask_second(request: Any, pk: uuid.UUID, body: AcceptanceIn) -> Status[Any]:
    """Find it right where it is far above what was expected: a second person agrees first."""
    expense = _to_decide(request, pk)
    return Status(201, ask_about_expense(expense, _acceptance(expense, body), by=request.actor))


@router.post("/{uuid:pk}/returning", response=ExpenseOut, operation_id="return_expense")
@allowed(Permission.POST_MONEY)
def send_back(request: Any, pk: uuid.UUID, body: ExpenseReasonIn) -> Expense:
    """Send it back with what is wrong."""
    return return_expense(_to_decide(request, pk), reason=body.reason, by=request.actor)


@router.post("/{uuid:pk}/withdrawal", response=ExpenseOut, operation_id="withdraw_expense")
@allowed(Permission.HAND_IN_BILLS)
def withdraw(request: Any, pk: uuid.UUID, body: ExpenseReasonIn) -> Expense:
    """Take one's own receipt back with a reason; it stays."""
    return withdraw_expense(_expense(request, pk), reason=body.reason, by=request.actor)


def _activity(request: Any, body: SplitIn) -> Activity:
    rows = Activity.objects.visible_to(request.access, Permission.HAND_IN_BILLS)
    return get_object_or_404(rows, pk=body.activity)


def _expense(request: Any, pk: uuid.UUID) -> Expense:
    rows = Expense.objects.visible_to(request.access)
    return get_object_or_404(rows.select_related("activity"), pk=pk)


def _to_decide(request: Any, pk: uuid.UUID) -> Expense:
    rows = Expense.objects.postable_by(request.access)
    return get_object_or_404(rows.select_related("activity"), pk=pk)


def _facts(
    body: SplitIn, paid_to: str = "", spent_on: date = date.min, what_for: str = ""
) -> ExpenseFacts:
    return ExpenseFacts(
        kind=body.kind,
        paid_to=paid_to,
        spent_on=spent_on,
        amount=Money(body.amount, body.currency or books_currency()),
        what_for=what_for,
        attendees=body.attendees,
        faculty=body.faculty,
        staff=body.staff,
    )


def _split(found: Split) -> dict[str, Any]:
    return {
        "attendees": found.attendees,
        "faculty": found.faculty,
        "staff": found.staff,
        "per_head": found.per_head and found.per_head.amount,
        "findings": found.findings,
        "unread": str(found.objection or ""),
    }


def _acceptance(expense: Expense, body: AcceptanceIn) -> Acceptance:
    line = get_object_or_404(BudgetLine.objects.of(expense.activity), pk=body.line)
    amount = None if body.amount is None else Money(body.amount, books_currency())
    return Acceptance(line, amount, body.reason)
