"""Transfers between nodes of the budget, for machines; only a person agrees."""

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from symposia.accounts.permissions import Permission
from symposia.api.fields import Reason
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.finance.actions.budget_transfers import (
    agree_to_transfer,
    drop_transfer,
    propose_transfer,
    take_transfer_back,
)
from symposia.finance.models import BudgetNode, BudgetTransfer
from symposia.finance.transfer_lists import BUDGET_TRANSFERS
from symposia.shared.money import Money

router = Router(tags=["budget"])
list_route(router, BUDGET_TRANSFERS)
SEES, PROPOSES, AGREES = Permission.VIEW_MONEY, Permission.PLAN_MONEY, Permission.POST_MONEY


class TransferIn(Schema):
    """From which node to which, how much, and why."""

    from_node: uuid.UUID
    to_node: uuid.UUID
    amount: Decimal = Field(ge=0, max_digits=15, decimal_places=3)
    reason: Reason


class TransferReason(Schema):
    """Why it is taken back."""

    reason: Reason


class TransferOut(Schema):
    """A transfer, and how far it is."""

    id: uuid.UUID
    number: str
    from_node: uuid.UUID
    to_node: uuid.UUID
    amount: Decimal
    currency: str
    reason: str
    takes_back: uuid.UUID | None
    state: str
    proposed_at: datetime
    proposed_by: str
    decided_at: datetime | None
    decided_by: str


@router.post(
    "", response={201: TransferOut}, operation_id="propose_budget_transfer", summary="Propose one"
)
@allowed(PROPOSES)
def propose(request: Any, body: TransferIn) -> Status[Any]:
    mine = BudgetNode.objects.visible_to(request.access, PROPOSES)
    leaving = get_object_or_404(mine, pk=body.from_node)
    coming = get_object_or_404(BudgetNode.objects.visible_to(request.access), pk=body.to_node)
    amount = Money(body.amount, leaving.currency)
    made = propose_transfer(leaving, coming, amount, reason=body.reason, by=request.actor)
    return Status(201, _out(made))


@router.get(
    "/{uuid:pk}", response=TransferOut, operation_id="budget_transfer", summary="A transfer"
)
@allowed(SEES)
def show(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    return _out(_transfer(request, pk))


@router.post(
    "/{uuid:pk}/agreement",
    response=TransferOut,
    operation_id="agree_to_budget_transfer",
    summary="Agree as a second person",
)
@allowed(AGREES, of_all=True)
def agree(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    return _out(agree_to_transfer(_transfer(request, pk), by=request.actor))


@router.post(
    "/{uuid:pk}/ending",
    response=TransferOut,
    operation_id="drop_budget_transfer",
    summary="Leave everything as it is",
)
@allowed(SEES)
def drop(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    agrees = request.access.everywhere(AGREES)
    return _out(drop_transfer(_transfer(request, pk), agrees=agrees, by=request.actor))


@router.post(
    "/{uuid:pk}/reversal",
    response={201: TransferOut},
    operation_id="take_budget_transfer_back",
    summary="Propose the counter-transfer",
)
@allowed(PROPOSES)
def take_back(request: Any, pk: uuid.UUID, body: TransferReason) -> Status[Any]:
    transfer = _transfer(request, pk)
    return Status(201, _out(take_transfer_back(transfer, reason=body.reason, by=request.actor)))


def _transfer(request: Any, pk: uuid.UUID) -> BudgetTransfer:
    return get_object_or_404(BudgetTransfer.objects.visible_to(request.access), pk=pk)


def _out(transfer: BudgetTransfer) -> dict[str, Any]:
    return {
        "id": transfer.pk,
        "number": transfer.number,
        "from_node": transfer.from_node_id,
        "to_node": transfer.to_node_id,
        "amount": transfer.amount.amount,
        "currency": transfer.currency,
        "reason": transfer.reason,
        "takes_back": transfer.reverses_id,
        "state": transfer.state,
        "proposed_at": transfer.proposed_at,
        "proposed_by": transfer.proposed_by_name,
        "decided_at": transfer.decided_at,
        "decided_by": transfer.decided_by_name,
    }
