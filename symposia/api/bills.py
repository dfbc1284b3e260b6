"""Bills of activities: handed in with their paper, accepted, sent back, taken back."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity, Arrangement
from symposia.api.fields import Amount
from symposia.api.gates import allowed
from symposia.api.kept_files import KeptFileOut, file_out
from symposia.api.lists import list_route
from symposia.api.orders import OverrunOut
from symposia.finance.actions.bills import (
    PaperOfBill,
    accept_bill,
    ask_about_bill,
    hand_in_bill,
    link_bill,
    return_bill,
    withdraw_bill,
)
from symposia.finance.actions.deciding import Acceptance
from symposia.finance.bill_lists import BILLS
from symposia.finance.billing import BillFacts
from symposia.finance.handed_in import LARGEST
from symposia.finance.models import Bill, BudgetLine, PurchaseOrder
from symposia.finance.ordered import faults_of
from symposia.finance.queries import books_currency
from symposia.shared.money import Money

router = Router(tags=["bills"])
list_route(router, BILLS)


class BillIn(Schema):
    """What a bill says; without a currency it is in that of the books."""

    activity: uuid.UUID
    supplier: str = Field(min_length=1, max_length=200)
    supplier_number: str = Field(min_length=1, max_length=80)
    billed_on: date
    amount: Amount
    currency: str = Field("", pattern="^([A-Z]{3})?$")
    what_for: str = Field(min_length=1, max_length=300)
    arrangement: uuid.UUID | None = None
    order: uuid.UUID | None = None


class OrderOfBillIn(Schema):
    """The order a bill is for; without one it is for none."""

    order: uuid.UUID | None = None


class AcceptanceIn(Schema):
    """The line it is posted to; an amount where the bill is not in the currency of the books, a
    reason where it is more than was estimated."""

    line: uuid.UUID
    amount: Amount | None = None
    reason: str = Field("", max_length=500)


class BillFaultOut(Schema):
    """What somebody must explain to accept a bill."""

    code: str
    words: str


class BillReturnIn(Schema):
    """What is wrong with a bill."""

    reason: str = Field(min_length=1, max_length=500)


class BillOut(Schema):
    """A bill as it stands."""

    id: uuid.UUID
    number: str
    activity_id: uuid.UUID
    arrangement_id: uuid.UUID | None
    order_id: uuid.UUID | None
    vendor_id: uuid.UUID | None
    supplier: str
    supplier_number: str
    billed_on: date
    currency: str
    amount: Decimal
    what_for: str
    sha256: str
    state: str
    handed_in_at: datetime
    handed_in_by_name: str
    decided_at: datetime | None
    decided_by_name: str

    @staticmethod
    def resolve_amount(bill: Bill) -> Decimal:
        return bill.amount.amount


@router.post("", response={201: BillOut}, operation_id="hand_in_bill")
@allowed(Permission.HAND_IN_BILLS)
def hand_in(request: Any, body: Form[BillIn], file: File[UploadedFile]) -> Bill:
    """Hand in a bill with its paper, as a form with a file."""
    rows = Activity.objects.visible_to(request.access, Permission.HAND_IN_BILLS)
    activity = get_object_or_404(rows, pk=body.activity)
    arrangement = None
    if body.arrangement:
        arrangement = get_object_or_404(Arrangement.objects.of(activity), pk=body.arrangement)
    facts = BillFacts(
        body.supplier,
        body.supplier_number,
        body.billed_on,
        Money(body.amount, body.currency or books_currency()),
        body.what_for,
        arrangement,
        _order(activity, body.order),
    )
    paper = PaperOfBill(file.name or "", file.read(LARGEST + 1))
    return hand_in_bill(activity, facts, paper, by=request.actor)


@router.get("/{uuid:pk}", response=BillOut, operation_id="bill")
@allowed(Permission.VIEW_BILLS)
def show(request: Any, pk: uuid.UUID) -> Bill:
    """One bill."""
    return get_object_or_404(Bill.objects.visible_to(request.access), pk=pk)


@router.get("/{uuid:pk}/file", response=KeptFileOut, operation_id="file_of_bill")
@allowed(Permission.VIEW_BILLS)
def paper(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Where the paper of a bill is."""
    bill = get_object_or_404(Bill.objects.visible_to(request.access), pk=pk)
    return file_out(request, bill.file_id)


@router.post("/{uuid:pk}/acceptance", response=BillOut, operation_id="accept_bill")
@allowed(Permission.POST_MONEY)
def accept(request: Any, pk: uuid.UUID, body: AcceptanceIn) -> Bill:
    """Find it right and post it to a line of the budget."""
    bill = _to_decide(request, pk)
    return accept_bill(bill, _acceptance(bill, body), by=request.actor)


@router.post(
    "/{uuid:pk}/overruns", response={201: OverrunOut}, operation_id="ask_second_person_about_bill"
)
@allowed(Permission.POST_MONEY)
def ask_second(request: Any, pk: uuid.UUID, body: AcceptanceIn) -> Status[Any]:
    """Find it right where it is far above what was expected: a second person agrees first."""
    bill = _to_decide(request, pk)
    return Status(201, ask_about_bill(bill, _acceptance(bill, body), by=request.actor))


@router.post("/{uuid:pk}/matching", response=BillOut, operation_id="link_bill")
@allowed(Permission.POST_MONEY)
def link(request: Any, pk: uuid.UUID, body: OrderOfBillIn) -> Bill:
    """Say which order it is for."""
    bill = _to_decide(request, pk)
    return link_bill(bill, _order(bill.activity, body.order), by=request.actor)


@router.get("/{uuid:pk}/faults", response=list[BillFaultOut], operation_id="faults_of_bill")
@allowed(Permission.POST_MONEY)
def faults(request: Any, pk: uuid.UUID) -> list[dict[str, str]]:
    """Where it does not match its order, and bills that it may be once more."""
    return [{"code": x.code, "words": str(x)} for x in faults_of(_to_decide(request, pk))]


@router.post("/{uuid:pk}/returning", response=BillOut, operation_id="return_bill")
@allowed(Permission.POST_MONEY)
def send_back(request: Any, pk: uuid.UUID, body: BillReturnIn) -> Bill:
    """Send it back with what is wrong."""
    return return_bill(_to_decide(request, pk), reason=body.reason, by=request.actor)


@router.post("/{uuid:pk}/withdrawal", response=BillOut, operation_id="withdraw_bill")
@allowed(Permission.HAND_IN_BILLS)
def withdraw(request: Any, pk: uuid.UUID) -> Bill:
    """Take one's own bill back."""
    bill = get_object_or_404(Bill.objects.visible_to(request.access), pk=pk)
    return withdraw_bill(bill, by=request.actor)


def _to_decide(request: Any, pk: uuid.UUID) -> Bill:
    rows = Bill.objects.postable_by(request.access)
    return get_object_or_404(rows.select_related("activity"), pk=pk)


def _acceptance(bill: Bill, body: AcceptanceIn) -> Acceptance:
    line = get_object_or_404(BudgetLine.objects.of(bill.activity), pk=body.line)
    amount = None if body.amount is None else Money(body.amount, books_currency())
    return Acceptance(line, amount, body.reason)


def _order(activity: Activity, pk: uuid.UUID | None) -> PurchaseOrder | None:
    return get_object_or_404(PurchaseOrder.objects.of(activity), pk=pk) if pk else None
