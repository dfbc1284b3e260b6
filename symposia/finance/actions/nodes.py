"""Building the budget tree: nodes are added, named, given more or less, and taken away unused."""

from dataclasses import replace

from django.db import transaction
from django.db.models import F, Q

from symposia.audit.actions import record
from symposia.finance.models import BudgetNode, BudgetPlace, BudgetTransfer, OpeningCommitment
from symposia.finance.queries import books_currency
from symposia.finance.tree import territories_around
from symposia.finance.tree_rules import (
    NODE_IN_USE,
    NODE_NAMELESS,
    NodeFacts,
    objection_to_change_of_envelope,
    objection_to_node,
)
from symposia.shared.actors import Actor
from symposia.shared.ids import uuid7
from symposia.shared.money import Money
from symposia.shared.refusals import refuse_if


@transaction.atomic
def add_node(facts: NodeFacts, *, by: Actor) -> BudgetNode:
    """Add a node beneath another, or a root; what it does not say it takes from its parent."""
    held = BudgetNode.objects.held(facts.parent.path) if facts.parent else []
    parent = held[-1] if held else None
    facts = replace(facts, parent=parent, code=facts.code.strip(), name=facts.name.strip())
    twin = BudgetNode.objects.filter(code=facts.code).first()
    around = territories_around(facts.territory)

    refuse_if(objection_to_node(facts, twin, around=around, currency=books_currency()))

    node = _inheriting(facts)
    node.save(force_insert=True)
    _give_on(node, node.envelope_minor)
    details = {"envelope": str(node.envelope), "parent": parent.code if parent else ""}
    record(by, "budget_node.added", node, details=details)
    return node


@transaction.atomic
def change_envelope(node: BudgetNode, envelope: Money, *, reason: str, by: Actor) -> BudgetNode:
    """Give a node more or less of what its parent has, never less than is used."""
    held = BudgetNode.objects.held(node.path)
    node, parent = held[-1], held[-2] if len(held) > 1 else None

    refuse_if(
        objection_to_change_of_envelope(
            node, envelope, parent, reason=reason, currency=books_currency()
        )
    )

    before, more = node.envelope, envelope.minor - node.envelope_minor
    node.envelope_minor = envelope.minor
    node.save(update_fields=["envelope_minor"])
    _give_on(node, more)
    details = {"before": str(before), "after": str(envelope)}
    record(by, "budget_node.envelope_changed", node, reason=reason, details=details)
    return node


@transaction.atomic
def rename_node(node: BudgetNode, name: str, *, by: Actor) -> BudgetNode:
    """Call it something else; what it is for never changes."""
    node = BudgetNode.objects.locked(node.pk)

    refuse_if(None if name.strip() else NODE_NAMELESS)

    before, node.name = node.name, name.strip()[:200]
    node.save(update_fields=["name"])
    record(by, "budget_node.renamed", node, details={"before": before})
    return node


@transaction.atomic
def remove_node(node: BudgetNode, *, by: Actor) -> None:
    """Take away what nothing hangs on; its envelope goes back to its parent."""
    node = BudgetNode.objects.held(node.path)[-1]

    refuse_if(NODE_IN_USE.about(node=node.name) if _is_used(node) else None)

    _give_on(node, -node.envelope_minor)
    record(by, "budget_node.removed", node, details={"code": node.code})
    node.delete()


def _give_on(node: BudgetNode, more: int) -> None:
    """Count on those above a node what its envelope is more than before; its path is held."""
    if node.parent is None:
        return
    BudgetNode.objects.filter(pk=node.parent.pk).update(given_minor=F("given_minor") + more)
    if node.is_independent and not node.parent.is_independent:
        mixed = BudgetNode.objects.filter(pk__in=node.path[:-1])
        mixed.update(apart_envelope_minor=F("apart_envelope_minor") + more)


def _is_used(node: BudgetNode) -> bool:
    beneath = BudgetNode.objects.filter(parent=node)
    used = node.charged_minor or node.estimate_minor or beneath.exists()
    moved = BudgetTransfer.objects.filter(Q(from_node=node) | Q(to_node=node))
    others = (
        BudgetPlace.objects.filter(node=node),
        OpeningCommitment.objects.filter(node=node),
        moved,
    )
    return bool(used or any(rows.exists() for rows in others))


def _inheriting(facts: NodeFacts) -> BudgetNode:
    parent, pk = facts.parent, uuid7()
    return BudgetNode(
        id=pk,
        code=facts.code,
        name=facts.name,
        kind=facts.kind,
        parent=parent,
        path=[*(parent.path if parent else ()), pk],
        depth=parent.depth + 1 if parent else 1,
        sorted_as=f"{parent.sorted_as}\x1f{facts.code}" if parent else facts.code,
        territory=facts.territory or (parent.territory if parent else None),
        product=facts.product.strip() or (parent.product if parent else ""),
        therapy_area=facts.therapy_area.strip() or (parent.therapy_area if parent else ""),
        starts_on=facts.starts_on or (parent.starts_on if parent else None),
        ends_on=facts.ends_on or (parent.ends_on if parent else None),
        cost_centre=facts.cost_centre.strip() or (parent.cost_centre if parent else ""),
        is_independent=facts.is_independent or bool(parent and parent.is_independent),
        currency=facts.envelope.currency,
        envelope_minor=facts.envelope.minor,
    )
