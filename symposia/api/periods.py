"""Months and quarters of the books for machines: what is open, closing, opening again by two."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from symposia.accounts.permissions import Permission
from symposia.api.fields import Reason
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.finance.actions.periods import (
    agree_to_reopen,
    ask_to_reopen,
    begin_closing,
    close_period,
    leave_closed,
)
from symposia.finance.closing import tasks_of
from symposia.finance.models import BooksPeriod, PeriodKind, PeriodReopening
from symposia.finance.period_lists import BOOKS_PERIODS

router = Router(tags=["periods"])
list_route(router, BOOKS_PERIODS)
SEES, CLOSES = Permission.VIEW_MONEY, Permission.POST_MONEY


class PeriodIn(Schema):
    """Which month or quarter."""

    kind: PeriodKind
    first: date


class PeriodCloseIn(Schema):
    """Why what is still open is carried over."""

    reason: str = Field("", max_length=300)


class ReopeningIn(Schema):
    """Why the books open again."""

    reason: Reason


class PeriodOut(Schema):
    """A period and how far it is."""

    id: uuid.UUID
    kind: str
    starts_on: date
    ends_on: date
    state: str
    closed_at: datetime | None
    closed_by: str
    closed_because: str


class OpenOut(Schema):
    """Something still open: what, of which activity, how much, and whose turn it is."""

    task: str
    is_needed: bool
    label: str
    activity: uuid.UUID | None
    amount: Decimal
    currency: str
    whose_turn: str


class ReopeningOut(Schema):
    """Who asks to open the books again, and what became of it."""

    id: uuid.UUID
    period: uuid.UUID
    reason: str
    state: str
    proposed_by: str
    decided_by: str


@router.post("", response={201: PeriodOut}, operation_id="begin_closing", summary="Begin to close")
@allowed(CLOSES, of_all=True)
def begin(request: Any, body: PeriodIn) -> Status[Any]:
    return Status(201, _out(begin_closing(str(body.kind), body.first, by=request.actor)))


@router.get("/{uuid:pk}", response=PeriodOut, operation_id="books_period", summary="A period")
@allowed(SEES, of_all=True)
def show(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    return _out(_period(request, pk))


@router.get(
    "/{uuid:pk}/tasks",
    response=list[OpenOut],
    operation_id="tasks_of_period",
    summary="What is still open",
)
@allowed(SEES, of_all=True)
def tasks(request: Any, pk: uuid.UUID) -> list[dict[str, Any]]:
    return [
        {
            "task": task.name,
            "is_needed": task.is_needed,
            "label": each.label,
            "activity": each.activity.pk if each.activity else None,
            "amount": each.amount.amount,
            "currency": each.amount.currency,
            "whose_turn": str(each.by),
        }
        for task in tasks_of(_period(request, pk), request.access)
        for each in task.owed
    ]


@router.post("/{uuid:pk}/closing", response=PeriodOut, operation_id="close_period", summary="Close")
@allowed(CLOSES, of_all=True)
def close(request: Any, pk: uuid.UUID, body: PeriodCloseIn) -> dict[str, Any]:
    return _out(close_period(_period(request, pk), reason=body.reason, by=request.actor))


@router.post(
    "/{uuid:pk}/reopenings",
    response={201: ReopeningOut},
    operation_id="ask_to_reopen",
    summary="Ask to open it again",
)
@allowed(CLOSES, of_all=True)
def reopen(request: Any, pk: uuid.UUID, body: ReopeningIn) -> Status[Any]:
    asked = ask_to_reopen(_period(request, pk), reason=body.reason, by=request.actor)
    return Status(201, _asked_out(asked))


@router.post(
    "/{uuid:pk}/reopenings/{uuid:asked_pk}/agreement",
    response=PeriodOut,
    operation_id="agree_to_reopen",
    summary="Agree as a second person",
)
@allowed(CLOSES, of_all=True)
def agree(request: Any, pk: uuid.UUID, asked_pk: uuid.UUID) -> dict[str, Any]:
    return _out(agree_to_reopen(_asked(request, pk, asked_pk), by=request.actor))


@router.post(
    "/{uuid:pk}/reopenings/{uuid:asked_pk}/ending",
    response=ReopeningOut,
    operation_id="leave_closed",
    summary="Leave it closed",
)
@allowed(CLOSES, of_all=True)
def leave(request: Any, pk: uuid.UUID, asked_pk: uuid.UUID) -> dict[str, Any]:
    return _asked_out(leave_closed(_asked(request, pk, asked_pk), by=request.actor))


def _period(request: Any, pk: uuid.UUID) -> BooksPeriod:
    return get_object_or_404(BooksPeriod.objects.visible_to(request.access), pk=pk)


def _asked(request: Any, pk: uuid.UUID, asked_pk: uuid.UUID) -> PeriodReopening:
    return get_object_or_404(PeriodReopening.objects.of(_period(request, pk)), pk=asked_pk)


def _out(period: BooksPeriod) -> dict[str, Any]:
    names = ("kind", "starts_on", "ends_on", "state", "closed_at", "closed_because")
    facts = {name: getattr(period, name) for name in names}
    return facts | {"id": period.pk, "closed_by": period.closed_by_name}


def _asked_out(asked: PeriodReopening) -> dict[str, Any]:
    return {
        "id": asked.pk,
        "period": asked.period_id,
        "reason": asked.reason,
        "state": asked.state,
        "proposed_by": asked.proposed_by_name,
        "decided_by": asked.decided_by_name,
    }
