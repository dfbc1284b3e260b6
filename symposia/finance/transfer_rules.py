"""Whether money moves from one node of the budget to another: pure rules."""

import uuid

from django.utils.translation import gettext_lazy as _

from symposia.finance.models import BudgetNode, BudgetTransfer
from symposia.finance.policies import NOT_AN_AMOUNT
from symposia.finance.tree_rules import NODE_LACKS_IT
from symposia.shared.money import Money, in_a_sentence
from symposia.shared.proposals import ProposalState
from symposia.shared.refusals import Objection

SAME_NODE = Objection("transfer_to_itself", _("Money moves from one node to another."))
TRANSFER_REASON = Objection("transfer_reason", _("Write why it moves; a second person reads it."))
ACROSS_WALL = Objection(
    "transfer_across_wall",
    _("What is set aside for independent education stays with it, and nothing else moves there."),
)
NOT_SO_MUCH = Objection(
    "transfer_too_much", _("%(node)s has %(free)s that is neither used nor given on.")
)
ABOVE_USED = Objection(
    "transfer_above_used", _("What stands above %(node)s has used what would leave it.")
)
DECIDED_ALREADY = Objection("transfer_decided", _("This does not wait any more: %(state)s."))
OWN_TRANSFER = Objection(
    "own_transfer", _("You proposed it yourself; a second person agrees to it.")
)
NOT_MOVED = Objection("transfer_not_moved", _("Only what has moved is taken back."))
GOES_BACK = Objection("transfer_goes_back", _("%(number)s takes it back already."))
NOT_YOUR_TRANSFER = Objection(
    "not_your_transfer", _("Whoever proposed it drops it, or somebody who agrees to transfers.")
)


def objection_to_transfer(
    leaving: BudgetNode, coming: BudgetNode, amount: Money, *, reason: str
) -> Objection | None:
    """An amount, to another node on the same side of the wall, with a reason."""
    if leaving.pk == coming.pk:
        return SAME_NODE
    if amount.minor <= 0:
        return NOT_AN_AMOUNT
    if leaving.is_independent != coming.is_independent:
        return ACROSS_WALL
    return None if reason.strip() else TRANSFER_REASON


def objection_to_leaving(
    node: BudgetNode, minor: int, *, first: BudgetNode, is_giving_on: bool
) -> Objection | None:
    """Whether a node has so much left to lose, or to give on to one beneath it."""
    used = node.given_minor if is_giving_on else node.charged_minor
    if node.pk == first.pk and not is_giving_on:
        used = max(node.charged_minor, node.given_minor)
    if node.envelope_minor - used >= minor:
        return None
    if node.pk != first.pk:
        return ABOVE_USED.about(node=first.name)
    if node.apart_envelope_minor:
        return NODE_LACKS_IT.about(node=node.name)
    free = node.money(max(node.envelope_minor - used, 0))
    return NOT_SO_MUCH.about(node=node.name, free=in_a_sentence(free))


def objection_to_agreeing_to_transfer(
    transfer: BudgetTransfer, *, by_id: uuid.UUID | None
) -> Objection | None:
    """It is decided once, by somebody else than whoever proposed it."""
    if not transfer.is_waiting:
        return DECIDED_ALREADY.about(state=transfer.get_state_display())
    return OWN_TRANSFER if by_id is None or by_id == transfer.proposed_by_id else None


def objection_to_dropping_transfer(
    transfer: BudgetTransfer, *, by_id: uuid.UUID | None, agrees: bool
) -> Objection | None:
    """Until it has moved."""
    if not transfer.is_waiting:
        return DECIDED_ALREADY.about(state=transfer.get_state_display())
    return None if agrees or by_id == transfer.proposed_by_id else NOT_YOUR_TRANSFER


def objection_to_taking_transfer_back(
    transfer: BudgetTransfer, counter: BudgetTransfer | None
) -> Objection | None:
    """What has moved goes back once."""
    if transfer.state != ProposalState.AGREED:
        return NOT_MOVED
    return GOES_BACK.about(number=counter.number) if counter else None
