"""Statements of cards for machines: the dry run of a file, its lines, and their receipts; taxes."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.api.fields import Reason
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.finance.actions.card_lines import (
    check_cards,
    explain_card_line,
    import_cards,
    match_card_line,
    part_card_line,
    undo_cards,
)
from symposia.finance.actions.tax_lines import set_taxes
from symposia.finance.card_lists import CARD_IMPORTS, CARD_LINES
from symposia.finance.card_rows import KIND
from symposia.finance.models import Bill, CardLine, Expense, TaxLine, TaxWay
from symposia.finance.tax_rules import TaxFacts
from symposia.work.imports.kept import kept_upload
from symposia.work.models import Import

router = Router(tags=["cards"])
taxes = Router(tags=["bills"])
list_route(router, CARD_LINES)
list_route(router, CARD_IMPORTS, "/imports")
GATE = Permission.POST_MONEY
Percent = Annotated[Decimal, Field(max_digits=5, decimal_places=2)]


class CardImportOut(Schema):
    """A statement of a card and what its rows would do, or did."""

    id: uuid.UUID
    file_name: str
    state: str
    counts: dict[str, int]


class CardMatchIn(Schema):
    """Of which receipt a line is."""

    expense: uuid.UUID


class CardReasonIn(Schema):
    """Why there is no receipt, or why a line parts from it."""

    reason: Reason


class CardLineOut(Schema):
    """A payment with a card of the house."""

    id: uuid.UUID
    spent_on: date
    merchant: str
    amount: Decimal
    currency: str
    state: str
    expense_id: uuid.UUID | None
    explained_because: str

    @staticmethod
    def resolve_amount(line: CardLine) -> Decimal:
        return line.amount.amount


class TaxIn(Schema):
    """A tax that stands in the amount, or is withheld."""

    way: TaxWay
    name: str = Field(min_length=1, max_length=20)
    percent: Percent
    citation: str = Field("", max_length=300)


class TaxesIn(Schema):
    """All taxes of a paper."""

    taxes: list[TaxIn] = Field(max_length=10)


class TaxOut(Schema):
    """What a tax of a paper comes to."""

    way: str
    name: str
    percent: Decimal
    base: Decimal
    amount: Decimal
    currency: str
    citation: str

    @staticmethod
    def resolve_base(tax: TaxLine) -> Decimal:
        return tax.base.amount

    @staticmethod
    def resolve_amount(tax: TaxLine) -> Decimal:
        return tax.amount.amount


@router.post("/imports", response={201: CardImportOut}, operation_id="check_cards")
@allowed(GATE, of_all=True)
def check(request: Any, file: File[UploadedFile]) -> Status[Any]:
    """The dry run of a file: what each row would do."""
    by = request.actor
    with kept_upload(file, purpose=KIND, by=by) as (path, kept):
        made = check_cards(path, name=kept.name, storage_name=kept.storage_name, by=by)
    return Status(201, made)


@router.post("/imports/{uuid:pk}/rows", response=CardImportOut, operation_id="import_cards")
@allowed(GATE, of_all=True)
def bring_in(request: Any, pk: uuid.UUID) -> Import:
    """Bring in what the dry run showed; what one receipt alone can be meant for has it."""
    return import_cards(_made(request, pk), by=request.actor)


@router.post("/imports/{uuid:pk}/reversal", response=CardImportOut, operation_id="undo_cards")
@allowed(GATE, of_all=True)
def take_back(request: Any, pk: uuid.UUID) -> Import:
    """Take back what it brought."""
    return undo_cards(_made(request, pk), by=request.actor)


@router.post("/{uuid:pk}/matching", response=CardLineOut, operation_id="match_card_line")
@allowed(GATE, of_all=True)
def match(request: Any, pk: uuid.UUID, body: CardMatchIn) -> CardLine:
    """Say which receipt a line is of."""
    rows = Expense.objects.postable_by(request.access)
    expense = get_object_or_404(rows, pk=body.expense)
    return match_card_line(_line(request, pk), expense, by=request.actor)


@router.post("/{uuid:pk}/explanation", response=CardLineOut, operation_id="explain_card_line")
@allowed(GATE, of_all=True)
def explain(request: Any, pk: uuid.UUID, body: CardReasonIn) -> CardLine:
    """Say why it has no receipt."""
    return explain_card_line(_line(request, pk), reason=body.reason, by=request.actor)


@router.post("/{uuid:pk}/parting", response=CardLineOut, operation_id="part_card_line")
@allowed(GATE, of_all=True)
def part(request: Any, pk: uuid.UUID, body: CardReasonIn) -> CardLine:
    """It was another receipt, or no explanation."""
    return part_card_line(_line(request, pk), reason=body.reason, by=request.actor)


@taxes.post("/bills/{uuid:pk}/taxes", response=list[TaxOut], operation_id="set_taxes_of_bill")
@allowed(GATE)
def of_bill(request: Any, pk: uuid.UUID, body: TaxesIn) -> list[TaxLine]:
    """Say which taxes a bill has, all of them at once."""
    bill = get_object_or_404(Bill.objects.postable_by(request.access), pk=pk)
    return set_taxes(bill, _facts(body), by=request.actor)


@taxes.post("/expenses/{uuid:pk}/taxes", response=list[TaxOut], operation_id="set_taxes_of_expense")
@allowed(GATE)
def of_expense(request: Any, pk: uuid.UUID, body: TaxesIn) -> list[TaxLine]:
    """The same of an expense."""
    expense = get_object_or_404(Expense.objects.postable_by(request.access), pk=pk)
    return set_taxes(expense, _facts(body), by=request.actor)


def _facts(body: TaxesIn) -> list[TaxFacts]:
    return [TaxFacts(str(x.way), x.name, x.percent, x.citation) for x in body.taxes]


def _made(request: Any, pk: uuid.UUID) -> Import:
    made: Import = get_object_or_404(CARD_IMPORTS.rows(request.access), pk=pk)
    return made


def _line(request: Any, pk: uuid.UUID) -> CardLine:
    return get_object_or_404(CardLine.objects.visible_to(request.access), pk=pk)
