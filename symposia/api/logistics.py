"""Catering, travel, stay and hires of activities: what they cost and how far they are."""

import uuid
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.actions.arrangements import (
    ArrangementFacts,
    advance_arrangement,
    arrange,
    change_arrangement,
)
from symposia.activities.arranged import people_around
from symposia.activities.arrangement_lists import ARRANGEMENTS
from symposia.activities.models import (
    Activity,
    Arrangement,
    ArrangementKind,
    ArrangementState,
    Session,
    Venue,
)
from symposia.activities.wall import may
from symposia.api.fields import Amount, WallTime
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.finance.queries import books_currency
from symposia.shared.money import Money

router = Router(tags=["arrangements"])
list_route(router, ARRANGEMENTS)


class ArrangementIn(Schema):
    """What is arranged, for whom, when, by whom and for how much in the currency of the books."""

    kind: ArrangementKind
    title: str = Field(min_length=1, max_length=200)
    supplier: str = Field("", max_length=200)
    reference: str = Field("", max_length=120)
    session: uuid.UUID | None = None
    venue: uuid.UUID | None = None
    contributor: uuid.UUID | None = None
    person: str = Field("", max_length=200)
    wall_starts: WallTime | None = None
    wall_ends: WallTime | None = None
    heads: int = Field(1, ge=1, le=100_000)
    cost: Amount | None = None
    notes: str = Field("", max_length=2000)


class NewArrangement(ArrangementIn):
    activity: uuid.UUID


class ChangedArrangement(ArrangementIn):
    """All facts of it, written on the version that was read before."""

    seen_version: int


class StepIn(Schema):
    """The next state; a cancellation says why."""

    state: ArrangementState
    reason: str = Field("", max_length=300)


class ArrangementOut(Schema):
    id: uuid.UUID
    activity: uuid.UUID = Field(alias="activity_id")
    kind: str
    title: str
    supplier: str
    reference: str
    person: str
    wall_starts: WallTime | None
    wall_ends: WallTime | None
    heads: int
    currency: str
    cost: Decimal | None
    per_head: Decimal | None
    per_night: Decimal | None
    state: str
    version: int

    @staticmethod
    def resolve_cost(row: Arrangement, context: Any) -> Decimal | None:
        return _seen(row, row.cost, context)

    @staticmethod
    def resolve_per_head(row: Arrangement, context: Any) -> Decimal | None:
        return _seen(row, row.per_head, context)

    @staticmethod
    def resolve_per_night(row: Arrangement, context: Any) -> Decimal | None:
        return _seen(row, row.per_night, context)


def _seen(row: Arrangement, amount: Money | None, context: Any) -> Decimal | None:
    """An amount for whoever sees the money of the activity, as the page shows it; else nothing."""
    access = context["request"].access
    sees = amount is not None and may(access, row.activity.mode, Permission.VIEW_MONEY)
    return amount.amount if amount is not None and sees else None


@router.post("", response={201: ArrangementOut}, operation_id="arrange")
@allowed(Permission.PLAN_ACTIVITIES)
def add(request: Any, body: NewArrangement) -> Arrangement:
    """Plan a meal, a journey, a night or a hire."""
    mine = Activity.objects.visible_to(request.access, Permission.PLAN_ACTIVITIES)
    activity = get_object_or_404(mine, pk=body.activity)
    return arrange(activity, _facts(activity, body), by=request.actor)


@router.get("/{uuid:pk}", response=ArrangementOut, operation_id="arrangement")
@allowed(Permission.VIEW_ACTIVITIES)
def show(request: Any, pk: uuid.UUID) -> Arrangement:
    """One thing that is arranged; what it costs for whoever sees money."""
    return _arrangement(request, pk, Permission.VIEW_ACTIVITIES)


@router.put("/{uuid:pk}", response=ArrangementOut, operation_id="change_arrangement")
@allowed(Permission.PLAN_ACTIVITIES)
def change(request: Any, pk: uuid.UUID, body: ChangedArrangement) -> Arrangement:
    """Say it anew."""
    found = _arrangement(request, pk, Permission.PLAN_ACTIVITIES)
    facts = _facts(found.activity, body)
    return change_arrangement(found, facts, seen_version=body.seen_version, by=request.actor)


@router.post("/{uuid:pk}/steps", response=ArrangementOut, operation_id="advance_arrangement")
@allowed(Permission.PLAN_ACTIVITIES)
def step(request: Any, pk: uuid.UUID, body: StepIn) -> Arrangement:
    """Requested, confirmed, delivered, or called off for a reason."""
    found = _arrangement(request, pk, Permission.PLAN_ACTIVITIES)
    return advance_arrangement(found, body.state, reason=body.reason, by=request.actor)


def _facts(activity: Activity, body: ArrangementIn) -> ArrangementFacts:
    plain = body.dict(
        include={"kind", "title", "supplier", "reference", "person", "heads", "notes"}
    )
    people = {each.pk: each for each in people_around(activity)} if body.contributor else {}
    return ArrangementFacts(
        **plain,
        wall_starts=body.wall_starts,
        wall_ends=body.wall_ends,
        session=_chosen(Session.objects.of(activity), body.session),
        venue=_chosen(Venue.objects.offered(), body.venue),
        contributor=people.get(body.contributor) if body.contributor else None,
        cost=Money(body.cost, books_currency()) if body.cost is not None else None,
    )


def _chosen(rows: Any, pk: uuid.UUID | None) -> Any:
    return get_object_or_404(rows, pk=pk) if pk else None


def _arrangement(request: Any, pk: uuid.UUID, permission: Permission) -> Arrangement:
    rows = Arrangement.objects.visible_to(request.access, permission)
    return get_object_or_404(rows.select_related("activity"), pk=pk)
