"""Reports to bodies: what is owed, and the facts that bodies ask for."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.finance.queries import books_currency
from symposia.reporting.actions.dues import reopen_report, take_report, waive_report
from symposia.reporting.actions.facts import (
    FactsOfActivity,
    keep_activity_facts,
    note_support,
    withdraw_support,
)
from symposia.reporting.due_lists import DUE_REPORTS
from symposia.reporting.models import CommercialSupport, DueReport
from symposia.reporting.programme_list import PROGRAMME
from symposia.shared.money import Money

router = Router(tags=["reports"])
list_route(router, DUE_REPORTS)
list_route(router, PROGRAMME, "/programme")
_DO = Permission.AWARD_CREDITS
Outcome = Literal["knowledge", "competence", "performance", "patients"]


class DueOut(Schema):
    """What is owed to a body of one activity."""

    id: uuid.UUID
    activity_id: uuid.UUID
    kind: str
    due_on: date
    rule: str
    owner_id: uuid.UUID | None
    state: str
    waived_because: str


class WaiverIn(Schema):
    """Why a report is set aside."""

    reason: str = Field(min_length=1, max_length=500)


class ActivityFactsIn(Schema):
    """What bodies ask of an activity and nobody else does."""

    region: str = Field("", pattern="^([A-Za-z]{2})?$")
    providership: Literal["direct", "joint"] = "direct"
    joint_with: str = Field("", max_length=200)
    has_support: bool | None = None
    designed_for: list[Outcome] = []
    measured: list[Outcome] = []
    observer: str = Field("", max_length=200)
    body_number: str = Field("", max_length=40)


class ActivityFactsOut(ActivityFactsIn):
    """The same, as it is kept."""

    activity_id: uuid.UUID


class SupportIn(Schema):
    """What a company gave: an amount in the currency of the books, or something in kind."""

    source: str = Field(min_length=1, max_length=200)
    amount: Decimal = Field(Decimal(0), ge=0, max_digits=12, decimal_places=2)
    in_kind: str = Field("", max_length=200)


class SupportOut(Schema):
    """What is noted of a company; the amount in whole minor units."""

    id: uuid.UUID
    activity_id: uuid.UUID
    source: str
    amount_minor: int
    currency: str
    in_kind: str


@router.post("/{uuid:pk}/waiver", response=DueOut, operation_id="waive_report")
@allowed(_DO)
def waived(request: Any, pk: uuid.UUID, body: WaiverIn) -> DueReport:
    """Set a report aside, with the reason."""
    return waive_report(_due(request, pk), reason=body.reason, by=request.actor)


@router.delete("/{uuid:pk}/waiver", response=DueOut, operation_id="reopen_report")
@allowed(_DO)
def reopened(request: Any, pk: uuid.UUID) -> DueReport:
    """Owe a report again that was set aside."""
    return reopen_report(_due(request, pk), by=request.actor)


@router.post("/{uuid:pk}/taking", response=DueOut, operation_id="take_report")
@allowed(_DO)
def taken(request: Any, pk: uuid.UUID) -> DueReport:
    """See to a report oneself."""
    return take_report(_due(request, pk), request.user, by=request.actor)


@router.put(
    "/activities/{uuid:pk}/facts", response=ActivityFactsOut, operation_id="keep_activity_facts"
)
@allowed(_DO)
def keep_facts(request: Any, pk: uuid.UUID, body: ActivityFactsIn) -> Any:
    """Say what bodies ask of an activity."""
    facts = FactsOfActivity(**body.dict())
    return keep_activity_facts(_activity(request, pk), facts, by=request.actor)


@router.post(
    "/activities/{uuid:pk}/supports", response={201: SupportOut}, operation_id="note_support"
)
@allowed(_DO)
def support(request: Any, pk: uuid.UUID, body: SupportIn) -> Status[CommercialSupport]:
    """Note what a company gave to an activity."""
    amount = Money(body.amount, books_currency())
    made = note_support(
        _activity(request, pk), body.source, amount, in_kind=body.in_kind, by=request.actor
    )
    return Status(201, made)


@router.delete("/supports/{uuid:pk}", response=SupportOut, operation_id="withdraw_support")
@allowed(_DO)
def withdrawn(request: Any, pk: uuid.UUID) -> CommercialSupport:
    """Take back what was noted of a company."""
    rows = CommercialSupport.objects.visible_to(request.access, _DO)
    return withdraw_support(get_object_or_404(rows, pk=pk), by=request.actor)


def _due(request: Any, pk: uuid.UUID) -> DueReport:
    return get_object_or_404(DueReport.objects.visible_to(request.access, _DO), pk=pk)


def _activity(request: Any, pk: uuid.UUID) -> Activity:
    return get_object_or_404(Activity.objects.visible_to(request.access, _DO), pk=pk)
