"""Agreements with faculty, and the rate card they are written at."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.actions.agreements import (
    agree_above_card,
    draft_agreement,
    end_agreement,
    recall_agreement,
    send_agreement,
)
from symposia.activities.actions.call_offs import CallOff, engage_under
from symposia.activities.actions.rate_card import RateFacts, set_rate
from symposia.activities.agreed import AgreementFacts
from symposia.activities.agreement_lists import AGREEMENTS, RATES
from symposia.activities.declared import contributor_rows
from symposia.activities.models import Activity, Agreement, Rate, Service, Tier, Unit
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.finance.queries import books_currency
from symposia.shared.money import Money

router = Router(tags=["agreements"])
rates = Router(tags=["agreements"])
list_route(router, AGREEMENTS)
list_route(rates, RATES)


class AgreementIn(Schema):
    """What a person of an activity does, and what one hour or day of it is paid."""

    activity: uuid.UUID
    person: uuid.UUID
    service: Service
    tier: Tier
    unit: Unit
    quantity: Decimal = Field(gt=0, le=9999, decimal_places=2)
    each: Decimal = Field(ge=0, le=10**9)
    services: str = Field(min_length=1, max_length=4000)
    above_because: str = Field("", max_length=2000)
    # It also covers later activities until this day, for a year at most.
    covers_until: date | None = None


class CallOffIn(Schema):
    """A later activity, and what the person does in it under the agreement."""

    activity: uuid.UUID
    quantity: Decimal = Field(gt=0, le=9999, decimal_places=2)
    services: str = Field(min_length=1, max_length=4000)


class ReasonIn(Schema):
    """Why something is taken back or ended."""

    reason: str = Field(min_length=1, max_length=1000)


class AgreementOut(Schema):
    """An agreement as it stands."""

    id: uuid.UUID
    number: str
    activity_id: uuid.UUID
    contributor_id: uuid.UUID
    service: str
    tier: str
    unit: str
    quantity: Decimal
    currency: str
    fee: str
    is_above: bool
    above_because: str
    above_agreed_by_name: str
    covers_until: date | None
    under_id: uuid.UUID | None
    state: str
    sha256: str
    sent_at: datetime | None
    accepted_at: datetime | None
    signed_at: datetime | None
    ended_at: datetime | None

    @staticmethod
    def resolve_fee(agreement: Agreement) -> str:
        return f"{agreement.fee.amount:f}"


class RateIn(Schema):
    """A rate from a day on, in the currency of the books."""

    service: Service
    tier: Tier
    unit: Unit
    amount: Decimal = Field(gt=0, le=10**9)
    ceiling: Decimal = Field(gt=0, le=10**9)
    from_on: date
    source: str = Field(min_length=1, max_length=300)


class RateOut(Schema):
    """A rate of the card."""

    id: uuid.UUID
    service: str
    tier: str
    unit: str
    currency: str
    amount_minor: int
    ceiling_minor: int
    from_on: date
    until_on: date | None
    source: str


@rates.post("", response={201: RateOut}, operation_id="set_rate")
@allowed(Permission.MANAGE_RULES, of_all=True)
def put_on_card(request: Any, body: RateIn) -> Rate:
    """Put a rate on the card; the one before it ends the day before."""
    said, currency = body.dict(), books_currency()
    for name in ("amount", "ceiling"):
        said[name] = Money(said[name], currency)
    return set_rate(RateFacts(**said), by=request.actor)


@router.post("", response={201: AgreementOut}, operation_id="draft_agreement")
@allowed(Permission.PLAN_MONEY)
def draft(request: Any, body: AgreementIn) -> Agreement:
    """Write an agreement with somebody who controls content of an activity."""
    said = body.dict()
    activities = Activity.objects.visible_to(request.access, Permission.PLAN_MONEY)
    activity = get_object_or_404(activities, pk=said.pop("activity"))
    person = get_object_or_404(contributor_rows(activity.pk), pk=said.pop("person"))
    each = Money(said.pop("each"), books_currency())
    facts = AgreementFacts(each=each, **said)
    return draft_agreement(activity, person, facts, by=request.actor)


@router.get("/{uuid:pk}", response=AgreementOut, operation_id="agreement")
@allowed(Permission.VIEW_MONEY)
def show(request: Any, pk: uuid.UUID) -> Agreement:
    """One agreement."""
    return _agreement(request, pk, Permission.VIEW_MONEY)


@router.post(
    "/{uuid:pk}/call-offs", response={201: AgreementOut}, operation_id="call_off_agreement"
)
@allowed(Permission.PLAN_MONEY)
def new_under(request: Any, pk: uuid.UUID, body: CallOffIn) -> Agreement:
    """Engage the person for a later activity under this agreement, at its rate."""
    activities = Activity.objects.visible_to(request.access, Permission.PLAN_MONEY)
    activity = get_object_or_404(activities, pk=body.activity)
    under = _agreement(request, pk, Permission.PLAN_MONEY)
    return engage_under(activity, under, CallOff(body.quantity, body.services), by=request.actor)


@router.post("/{uuid:pk}/confirmation", response=AgreementOut, operation_id="agree_above_card")
@allowed(Permission.MANAGE_RULES)
def second_word(request: Any, pk: uuid.UUID) -> Agreement:
    """Find a fee above the card fair, as a second person."""
    return agree_above_card(_agreement(request, pk, Permission.VIEW_MONEY), by=request.actor)


@router.post("/{uuid:pk}/sending", response=AgreementOut, operation_id="send_agreement")
@allowed(Permission.PLAN_MONEY)
def send(request: Any, pk: uuid.UUID) -> Agreement:
    """Freeze it and ask the person; signatures are given on the screen."""
    return send_agreement(_agreement(request, pk, Permission.PLAN_MONEY), by=request.actor)


@router.post("/{uuid:pk}/recalling", response=AgreementOut, operation_id="recall_agreement")
@allowed(Permission.PLAN_MONEY)
def recall(request: Any, pk: uuid.UUID, body: ReasonIn) -> Agreement:
    """Take it back to be changed."""
    found = _agreement(request, pk, Permission.PLAN_MONEY)
    return recall_agreement(found, reason=body.reason, by=request.actor)


@router.post("/{uuid:pk}/ending", response=AgreementOut, operation_id="end_agreement")
@allowed(Permission.PLAN_MONEY)
def end(request: Any, pk: uuid.UUID, body: ReasonIn) -> Agreement:
    """It does not bind any more."""
    found = _agreement(request, pk, Permission.PLAN_MONEY)
    return end_agreement(found, reason=body.reason, by=request.actor)


def _agreement(request: Any, pk: uuid.UUID, permission: Permission) -> Agreement:
    rows = Agreement.objects.visible_to(request.access, permission)
    return get_object_or_404(rows.select_related("activity", "contributor", "rate"), pk=pk)
