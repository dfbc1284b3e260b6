"""The budget tree for machines: its nodes with their sums, what hangs on them, and its division."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.fields import Reason
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.directory.models import Territory
from symposia.finance.actions.nodes import add_node, change_envelope, remove_node, rename_node
from symposia.finance.actions.placing import choose_node
from symposia.finance.models import BudgetNode, NodeKind
from symposia.finance.node_lists import BUDGET_NODES, NODE_ACTIVITIES, NODE_POSTINGS
from symposia.finance.queries import books_currency
from symposia.finance.tree import burn_of, shown_node
from symposia.finance.tree_rules import NodeFacts
from symposia.shared.money import Money

router = Router(tags=["budget"])
list_route(router, BUDGET_NODES)
list_route(router, NODE_ACTIVITIES, "/activities")
list_route(router, NODE_POSTINGS, "/postings")
DIVIDES = Permission.POST_MONEY


class NodeIn(Schema):
    """A node; what is left out is its parent's."""

    code: str = Field(min_length=1, max_length=40)
    name: str = Field(min_length=1, max_length=200)
    kind: NodeKind
    envelope: Decimal = Field(ge=0, max_digits=15, decimal_places=3)
    parent: uuid.UUID | None = None
    territory: uuid.UUID | None = None
    product: str = Field("", max_length=120)
    therapy_area: str = Field("", max_length=120)
    starts_on: date | None = None
    ends_on: date | None = None
    cost_centre: str = Field("", max_length=60)
    is_independent: bool = False


class EnvelopeIn(Schema):
    """More or less for a node, and why."""

    envelope: Decimal = Field(ge=0, max_digits=15, decimal_places=3)
    reason: Reason


class NodeNameIn(Schema):
    """Another name."""

    name: str = Field(min_length=1, max_length=200)


class HangingIn(Schema):
    """On which node the money of an activity hangs, and why there."""

    activity: uuid.UUID
    reason: Reason


class NodeOut(Schema):
    """A node with the sums that the reader may know."""

    id: uuid.UUID
    code: str
    name: str
    kind: str
    parent: uuid.UUID | None
    territory: uuid.UUID | None
    product: str
    therapy_area: str
    starts_on: date | None
    ends_on: date | None
    cost_centre: str
    is_independent: bool
    currency: str
    envelope: Decimal
    estimate: Decimal
    committed: Decimal
    actual: Decimal
    charged: Decimal
    free: Decimal


class BurnOut(Schema):
    """How much was promised and spent by the end of a month, and what an even pace would be."""

    month: date
    charged: Decimal
    committed: Decimal
    actual: Decimal
    even: Decimal
    is_ahead: bool


@router.get("/{uuid:pk}", response=NodeOut, operation_id="budget_node", summary="A node")
@allowed(Permission.VIEW_MONEY)
def show(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    return _out(request, pk)


@router.get(
    "/{uuid:pk}/burn", response=list[BurnOut], operation_id="budget_burn", summary="Burn of a node"
)
@allowed(Permission.VIEW_MONEY)
def burned(request: Any, pk: uuid.UUID) -> list[dict[str, Any]]:
    node: Any = shown_node(request.access, pk)
    if node is None:
        raise Http404
    names = ("charged", "committed", "actual", "even")
    return [
        {"month": each.month, "is_ahead": each.is_ahead}
        | {name: node.money(getattr(each, name)).amount for name in names}
        for each in burn_of(request.access, node, node.seen_envelope)
    ]


@router.post("", response={201: NodeOut}, operation_id="add_budget_node", summary="Add a node")
@allowed(DIVIDES, of_all=True)
def add(request: Any, body: NodeIn) -> Status[Any]:
    said = body.dict()
    said["kind"] = str(body.kind)
    said["envelope"] = Money(said["envelope"], books_currency())
    said["parent"] = _node(request, said["parent"]) if said["parent"] else None
    if said["territory"]:
        said["territory"] = get_object_or_404(
            Territory.objects.visible_to(request.access, DIVIDES), pk=said["territory"]
        )
    return Status(201, _out(request, add_node(NodeFacts(**said), by=request.actor).pk))


@router.post(
    "/{uuid:pk}/envelopes",
    response=NodeOut,
    operation_id="change_budget_envelope",
    summary="Change an envelope",
)
@allowed(DIVIDES, of_all=True)
def envelope(request: Any, pk: uuid.UUID, body: EnvelopeIn) -> dict[str, Any]:
    wanted = Money(body.envelope, books_currency())
    change_envelope(_node(request, pk), wanted, reason=body.reason, by=request.actor)
    return _out(request, pk)


@router.post(
    "/{uuid:pk}/renaming",
    response=NodeOut,
    operation_id="rename_budget_node",
    summary="Rename a node",
)
@allowed(DIVIDES, of_all=True)
def name(request: Any, pk: uuid.UUID, body: NodeNameIn) -> dict[str, Any]:
    rename_node(_node(request, pk), body.name, by=request.actor)
    return _out(request, pk)


@router.delete(
    "/{uuid:pk}", response={204: None}, operation_id="remove_budget_node", summary="Remove a node"
)
@allowed(DIVIDES, of_all=True)
def remove(request: Any, pk: uuid.UUID) -> Status[Any]:
    remove_node(_node(request, pk), by=request.actor)
    return Status(204, None)


@router.post(
    "/{uuid:pk}/activities",
    response=NodeOut,
    operation_id="hang_on_budget_node",
    summary="Hang an activity on a node",
)
@allowed(Permission.PLAN_MONEY)
def hang(request: Any, pk: uuid.UUID, body: HangingIn) -> dict[str, Any]:
    nodes = BudgetNode.objects.visible_to(request.access, Permission.PLAN_MONEY)
    rows = Activity.objects.visible_to(request.access, Permission.PLAN_MONEY)
    activity = get_object_or_404(rows, pk=body.activity)
    choose_node(activity, get_object_or_404(nodes, pk=pk), reason=body.reason, by=request.actor)
    return _out(request, pk)


def _node(request: Any, pk: uuid.UUID) -> BudgetNode:
    return get_object_or_404(BudgetNode.objects.visible_to(request.access, DIVIDES), pk=pk)


def _out(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    node: Any = shown_node(request.access, pk)
    if node is None:
        raise Http404
    facts = ("code", "name", "kind", "product", "therapy_area", "starts_on", "ends_on")
    sums = ("envelope", "estimate", "committed", "actual", "charged", "free")
    return {
        "id": node.pk,
        "parent": node.parent_id,
        "territory": node.territory_id,
        "cost_centre": node.cost_centre,
        "is_independent": node.is_independent,
        "currency": node.currency,
        **{name: getattr(node, name) for name in facts},
        **{name: node.money(getattr(node, f"seen_{name}")).amount for name in sums},
    }
