"""Money for machines: sums per activity, the ledger, estimates, actuals and their reversals."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.fields import Amount, Reason
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.finance.actions.budgets import (
    EstimateLine,
    Paper,
    post_actual,
    reverse_entry,
    set_estimate,
)
from symposia.finance.lists import LEDGER, MONEY
from symposia.finance.models import BudgetLine, Category, Posting
from symposia.finance.queries import books_currency, budget_of
from symposia.finance.similar import similar_costs
from symposia.shared.money import Money

router = Router(tags=["money"])
list_route(router, MONEY)
list_route(router, LEDGER, "/postings")


class LineOut(Schema):
    """A budget line with its three amounts."""

    id: uuid.UUID
    category: str
    description: str
    estimate: Decimal
    committed: Decimal
    actual: Decimal


class BudgetOut(Schema):
    """The money of one activity, in one currency."""

    currency: str
    lines: list[LineOut]
    estimate: Decimal
    committed: Decimal
    actual: Decimal
    attendees: int
    per_attendee: Decimal | None


class EstimateIn(Schema):
    """One line of an estimate; an id corrects the line it names."""

    category: Category
    description: str = Field(max_length=200)
    amount: Amount
    id: uuid.UUID | None = None


class ActualIn(Schema):
    """What was spent on a line, and the paper that proves it."""

    line: uuid.UUID
    amount: Amount
    paid_to: str = Field("", max_length=200)
    evidence: str = Field(max_length=200)
    reason: Reason
    # The day of the books; today where nothing is said.
    booked_on: date | None = None


class RangeOut(Schema):
    """What similar activities cost per head, and on how many that rests."""

    category: str
    low: Decimal
    high: Decimal
    currency: str
    activities: int
    is_middle_half: bool


class ReversalIn(Schema):
    """Why a posting is taken back."""

    reason: Reason


@router.get(
    "/{uuid:activity_pk}",
    response=BudgetOut,
    operation_id="budget",
    summary="Budget of an activity",
)
@allowed(Permission.VIEW_MONEY)
def show(request: HttpRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    return _out(_activity(request, activity_pk, Permission.VIEW_MONEY))


@router.get(
    "/{uuid:activity_pk}/similar",
    response=list[RangeOut],
    operation_id="similar_costs",
    summary="What similar activities cost per head",
)
@allowed(Permission.VIEW_MONEY)
def similar(request: Any, activity_pk: uuid.UUID) -> list[dict[str, Any]]:
    activity = _activity(request, activity_pk, Permission.VIEW_MONEY)
    return [
        {
            "category": each.category,
            "low": each.low.amount,
            "high": each.high.amount,
            "currency": each.low.currency,
            "activities": each.activities,
            "is_middle_half": each.is_middle,
        }
        for each in similar_costs(activity, request.access).values()
    ]


@router.put(
    "/{uuid:activity_pk}/estimate",
    response=BudgetOut,
    operation_id="set_estimate",
    summary="Set the estimate",
)
@allowed(Permission.PLAN_MONEY)
def estimate(
    request: HttpRequest, activity_pk: uuid.UUID, lines: list[EstimateIn]
) -> dict[str, Any]:
    activity = _activity(request, activity_pk, Permission.PLAN_MONEY)
    currency = books_currency()
    wanted = [
        EstimateLine(x.category, x.description, Money(x.amount, currency), x.id) for x in lines
    ]
    set_estimate(activity, wanted, by=request.actor)  # type: ignore[attr-defined]
    return _out(activity)


@router.post(
    "/{uuid:activity_pk}/actuals",
    response=BudgetOut,
    operation_id="post_actual",
    summary="Post an actual",
)
@allowed(Permission.POST_MONEY)
def actual(request: HttpRequest, activity_pk: uuid.UUID, given: ActualIn) -> dict[str, Any]:
    activity = _activity(request, activity_pk, Permission.POST_MONEY)
    line = get_object_or_404(BudgetLine.objects.of(activity), pk=given.line)
    paper = Paper(given.reason, given.paid_to, given.evidence, given.booked_on)
    amount = Money(given.amount, books_currency())
    post_actual(line, amount, paper, by=request.actor)  # type: ignore[attr-defined]
    return _out(activity)


@router.post(
    "/{uuid:activity_pk}/postings/{uuid:posting_pk}/reversal",
    response=BudgetOut,
    operation_id="reverse_actual",
    summary="Take an actual back",
)
@allowed(Permission.POST_MONEY)
def reversal(
    request: HttpRequest, activity_pk: uuid.UUID, posting_pk: uuid.UUID, given: ReversalIn
) -> dict[str, Any]:
    activity = _activity(request, activity_pk, Permission.POST_MONEY)
    posting = get_object_or_404(Posting.objects.of(activity), pk=posting_pk)
    reverse_entry(posting, reason=given.reason, by=request.actor)  # type: ignore[attr-defined]
    return _out(activity)


def _activity(request: Any, pk: uuid.UUID, permission: Permission) -> Activity:
    return get_object_or_404(Activity.objects.visible_to(request.access, permission), pk=pk)


def _out(activity: Activity) -> dict[str, Any]:
    budget = budget_of(activity)
    return {
        "currency": budget.currency,
        "lines": [
            {
                "id": each.line.pk,
                "category": each.line.category,
                "description": each.line.description,
                "estimate": each.estimate.amount,
                "committed": each.committed.amount,
                "actual": each.actual.amount,
            }
            for each in budget.lines
        ],
        "estimate": budget.estimate.amount,
        "committed": budget.committed.amount,
        "actual": budget.actual.amount,
        "attendees": budget.attendees,
        "per_attendee": budget.per_attendee.amount if budget.per_attendee else None,
    }
