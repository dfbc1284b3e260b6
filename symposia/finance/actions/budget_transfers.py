"""Moving money between nodes of the budget: one person proposes, a second one agrees."""

import uuid
from collections.abc import Collection

from django.db import transaction
from django.db.models import F
from django.utils.timezone import now

from symposia.accounts.actions import next_numbers
from symposia.accounts.queries import local_day, person_behind
from symposia.audit.actions import record, record_each
from symposia.finance.events import BudgetTransferProposed, BudgetTransferred
from symposia.finance.models import BudgetNode, BudgetTransfer
from symposia.finance.transfer_rules import (
    objection_to_agreeing_to_transfer,
    objection_to_dropping_transfer,
    objection_to_leaving,
    objection_to_taking_transfer_back,
    objection_to_transfer,
)
from symposia.shared.actors import Actor
from symposia.shared.events import announce
from symposia.shared.money import Money
from symposia.shared.proposals import ProposalState
from symposia.shared.refusals import refuse_if


@transaction.atomic
def propose_transfer(
    leaving: BudgetNode, coming: BudgetNode, amount: Money, *, reason: str, by: Actor
) -> BudgetTransfer:
    """Ask that a part of one envelope becomes part of another; nothing moves yet."""
    return _propose(leaving, coming, amount, reason=reason, by=by)


@transaction.atomic
def take_transfer_back(transfer: BudgetTransfer, *, reason: str, by: Actor) -> BudgetTransfer:
    """Ask for the counter-transfer of what has moved."""
    transfer = BudgetTransfer.objects.locked(transfer.pk)
    counter = BudgetTransfer.objects.taking_back(transfer).first()

    refuse_if(objection_to_taking_transfer_back(transfer, counter))

    ends = (transfer.to_node, transfer.from_node)
    return _propose(*ends, transfer.amount, reason=reason, by=by, reverses=transfer)


@transaction.atomic
def agree_to_transfer(transfer: BudgetTransfer, *, by: Actor) -> BudgetTransfer:
    """A second person has read it: it moves, if it is still there."""
    transfer = BudgetTransfer.objects.locked(transfer.pk)
    person = person_behind(by)

    refuse_if(objection_to_agreeing_to_transfer(transfer, by_id=person))

    changed = _move(transfer.from_node, transfer.to_node, transfer.amount_minor)
    transfer.move(
        ProposalState.AGREED,
        decided_at=now(),
        decided_by_id=person,
        decided_by_name=by.name,
    )
    details = {"proposed_by": transfer.proposed_by_name, **_said(transfer)}
    record(by, "budget_transfer.agreed", transfer, reason=transfer.reason, details=details)
    record_each(by, "budget_node.envelope_moved", changed, reason=transfer.number)
    announce(BudgetTransferred(transfer.pk, transfer.from_node_id, transfer.to_node_id))
    return transfer


@transaction.atomic
def drop_transfer(transfer: BudgetTransfer, *, agrees: bool, by: Actor) -> BudgetTransfer:
    """Leave the envelopes as they are; `agrees` says that this person could agree to it too."""
    transfer = BudgetTransfer.objects.locked(transfer.pk)
    person = person_behind(by)

    refuse_if(objection_to_dropping_transfer(transfer, by_id=person, agrees=agrees))

    transfer.move(
        ProposalState.DROPPED,
        decided_at=now(),
        decided_by_id=person,
        decided_by_name=by.name,
    )
    record(by, "budget_transfer.dropped", transfer, details=_said(transfer))
    return transfer


def _propose(
    leaving: BudgetNode,
    coming: BudgetNode,
    amount: Money,
    *,
    reason: str,
    by: Actor,
    reverses: BudgetTransfer | None = None,
) -> BudgetTransfer:
    refuse_if(objection_to_transfer(leaving, coming, amount, reason=reason))
    _hold_for(leaving, coming, amount.minor)

    person = person_behind(by)
    if person is None:
        raise TypeError("a transfer is proposed by a person")
    transfer = BudgetTransfer.objects.create(
        number=next_numbers("TRF", year=local_day().year)[0],
        from_node=leaving,
        to_node=coming,
        amount_minor=amount.minor,
        currency=amount.currency,
        reason=reason.strip()[:300],
        reverses=reverses,
        proposed_by_id=person,
        proposed_by_name=by.name,
    )
    record(by, "budget_transfer.proposed", transfer, reason=reason, details=_said(transfer))
    announce(BudgetTransferProposed(transfer.pk))
    return transfer


def _said(transfer: BudgetTransfer) -> dict[str, str]:
    ends = {"from": transfer.from_node.code, "to": transfer.to_node.code}
    return {**ends, "amount": str(transfer.amount), "takes_back": str(transfer.reverses or "")}


def _hold_for(leaving: BudgetNode, coming: BudgetNode, minor: int) -> None:
    """Hold both paths, and see that what loses has so much: the node itself and those above it up
    to what both have in common; or that an ancestor has so much to give on."""
    held = {each.pk: each for each in BudgetNode.objects.held({*leaving.path, *coming.path})}
    lose, _gain = _sides(leaving, coming)
    first = held[leaving.pk]
    for pk in reversed(leaving.path):
        if pk in lose:
            refuse_if(objection_to_leaving(held[pk], minor, first=first, is_giving_on=False))
    if not lose:
        refuse_if(objection_to_leaving(first, minor, first=first, is_giving_on=True))


def _move(leaving: BudgetNode, coming: BudgetNode, minor: int) -> list[BudgetNode]:
    """Envelopes along both paths as far as they differ; what both share keeps its own. Those that
    have another envelope now."""
    _hold_for(leaving, coming, minor)
    lose, gain = _sides(leaving, coming)
    _change(lose, _parents(leaving, lose), -minor, is_independent=leaving.is_independent)
    _change(gain, _parents(coming, gain), minor, is_independent=coming.is_independent)
    return list(BudgetNode.objects.filter(pk__in=lose | gain).order_by("depth", "pk"))


def _sides(leaving: BudgetNode, coming: BudgetNode) -> tuple[set[uuid.UUID], set[uuid.UUID]]:
    shared = {*leaving.path} & {*coming.path}
    return {*leaving.path} - shared, {*coming.path} - shared


def _parents(node: BudgetNode, changed: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those that give on what the changed nodes of a path have."""
    pairs = zip(node.path, node.path[1:], strict=False)
    return {above for above, below in pairs if below in changed}


def _change(
    nodes: Collection[uuid.UUID],
    givers: Collection[uuid.UUID],
    minor: int,
    *,
    is_independent: bool,
) -> None:
    rows = BudgetNode.objects.filter(pk__in=nodes)
    given = BudgetNode.objects.filter(pk__in=givers)
    if minor < 0:
        given.update(given_minor=F("given_minor") + minor)
    rows.update(envelope_minor=F("envelope_minor") + minor)
    if minor > 0:
        given.update(given_minor=F("given_minor") + minor)
    if is_independent:
        mixed = rows.filter(is_independent=False)
        mixed.update(apart_envelope_minor=F("apart_envelope_minor") + minor)
