"""What a node of the budget tree may be, and what it refuses to be charged with: pure rules."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from symposia.directory.models import Territory
from symposia.finance.models import BudgetNode
from symposia.finance.models.nodes import NODE_LEVELS
from symposia.finance.policies import WRONG_CURRENCY
from symposia.shared.money import Money, in_a_sentence
from symposia.shared.refusals import Objection

NODE_FULL = Objection(
    "node_full",
    _(
        "%(node)s has %(left)s left of %(envelope)s, and this needs %(more)s more. Move money to "
        "it first, or ask for less."
    ),
)
NODE_LACKS_IT = Objection(
    "node_lacks_it", _("%(node)s does not have so much left. Ask finance to move money there.")
)
NODE_ABOVE_FULL = Objection(
    "node_above_full",
    _(
        "%(node)s has it, but what stands above it in the budget is used up. Ask finance to move "
        "money there, or ask for less."
    ),
)
NODE_NAMELESS = Objection("node_nameless", _("A node has a code and a name."))
NODE_CODE_TAKEN = Objection("node_code_taken", _("There is a node with this code: %(node)s."))
NODE_TOO_DEEP = Objection("node_too_deep", _("A tree has at most %(levels)s levels."))
NODE_BELOW_NOTHING = Objection("node_below_nothing", _("An envelope is nothing or more."))
NODE_OUTSIDE = Objection(
    "node_outside", _("%(what)s lies outside what %(parent)s is for. A node narrows its parent.")
)
NODE_DAYS = Objection("node_days", _("A period has a first day and a last one after it."))
PARENT_HAS_LESS = Objection(
    "parent_has_less",
    _("%(parent)s has %(left)s to give on, and this needs %(more)s. Raise its envelope first."),
)
NODE_NEEDS_MORE = Objection(
    "node_needs_more",
    _("%(node)s has %(used)s promised, spent or given on; its envelope cannot be less."),
)
NODE_REASON = Objection("node_reason", _("Write why; it stays in the journal."))
NODE_IN_USE = Objection(
    "node_in_use", _("%(node)s has activities, money or nodes beneath it and stays.")
)
OTHER_SIDE = Objection(
    "other_side_of_wall",
    _("Independent education hangs on branches of its own, and nothing else does."),
)
ON_IT_ALREADY = Objection("on_node_already", _("Its money hangs on this node already."))


# A budget of other years is a slip of the pen.
FIRST_YEAR, LAST_YEAR = 2000, 2200


@dataclass(frozen=True)
class NodeFacts:
    """What a node is called, what it is for and what it has; what is left out is its parent's."""

    code: str
    name: str
    kind: str
    envelope: Money
    parent: BudgetNode | None = None
    territory: Territory | None = None
    product: str = ""
    therapy_area: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    cost_centre: str = ""
    is_independent: bool = False


def objection_to_node(
    facts: NodeFacts, twin: BudgetNode | None, *, around: Collection[uuid.UUID], currency: str
) -> Objection | None:
    """Named once, within its parent, with an envelope that the parent still has; `around` are the
    territories that its own lies in."""
    if not facts.code.strip() or not facts.name.strip():
        return NODE_NAMELESS
    if twin is not None:
        return NODE_CODE_TAKEN.about(node=str(twin))
    if facts.parent is not None and facts.parent.depth >= NODE_LEVELS:
        return NODE_TOO_DEEP.about(levels=NODE_LEVELS)
    if _are_no_days(facts.starts_on, facts.ends_on):
        return NODE_DAYS
    return objection_to_envelope(facts.envelope, facts.parent, currency=currency) or _outside(
        facts, around
    )


def objection_to_envelope(
    envelope: Money, parent: BudgetNode | None, *, currency: str, before: int = 0
) -> Objection | None:
    """In the currency of the books, and no more than the parent has to give on."""
    if envelope.currency != currency:
        return WRONG_CURRENCY.about(currency=currency)
    if envelope.minor < 0:
        return NODE_BELOW_NOTHING
    more = envelope.minor - before
    if parent is None or more <= parent.envelope_minor - parent.given_minor:
        return None
    left = parent.money(parent.envelope_minor - parent.given_minor)
    return PARENT_HAS_LESS.about(
        parent=parent.name, left=in_a_sentence(left), more=in_a_sentence(parent.money(more))
    )


def objection_to_change_of_envelope(
    node: BudgetNode, envelope: Money, parent: BudgetNode | None, *, reason: str, currency: str
) -> Objection | None:
    """Never less than what is promised, spent or given on, and with a reason."""
    found = objection_to_envelope(envelope, parent, currency=currency, before=node.envelope_minor)
    if found:
        return found
    used = max(node.charged_minor, node.given_minor)
    if envelope.minor < used:
        return NODE_NEEDS_MORE.about(node=node.name, used=in_a_sentence(node.money(used)))
    return None if reason.strip() else NODE_REASON


def objection_to_charging(node: BudgetNode, more: int) -> Objection | None:
    """Minor units more are promised or spent only while the envelope has them."""
    left = node.envelope_minor - node.charged_minor
    if more <= 0 or more <= left:
        return None
    if node.apart_envelope_minor:  # a figure would tell of what a wall may stand before
        return NODE_LACKS_IT.about(node=node.name)
    return NODE_FULL.about(
        node=node.name,
        left=in_a_sentence(node.money(left)),
        envelope=in_a_sentence(node.envelope),
        more=in_a_sentence(node.money(more)),
    )


def objection_to_hanging(
    node: BudgetNode, *, is_independent: bool, is_there: bool, reason: str
) -> Objection | None:
    """Independent education hangs apart; a person says why it hangs elsewhere."""
    if is_there:
        return ON_IT_ALREADY
    if node.is_independent != is_independent:
        return OTHER_SIDE
    return None if reason.strip() else NODE_REASON


def _outside(facts: NodeFacts, around: Collection[uuid.UUID]) -> Objection | None:
    parent = facts.parent
    if parent is None:
        return None
    days = parent.starts_on and parent.ends_on and facts.starts_on and facts.ends_on
    wrong = (
        (
            facts.territory and parent.territory_id and parent.territory_id not in around,
            str(facts.territory),
        ),
        (_differs(facts.product, parent.product), facts.product),
        (_differs(facts.therapy_area, parent.therapy_area), facts.therapy_area),
        (_differs(facts.cost_centre, parent.cost_centre), facts.cost_centre),
        (
            days and (facts.starts_on < parent.starts_on or facts.ends_on > parent.ends_on),  # type: ignore[operator]
            _("The period"),
        ),
    )
    found = next((what for holds, what in wrong if holds), None)
    return None if found is None else NODE_OUTSIDE.about(what=found, parent=parent.name)


def _are_no_days(first: date | None, last: date | None) -> bool:
    """Both or none, in order, in years that somebody budgets for."""
    if first is None or last is None:
        return first is not last
    return not FIRST_YEAR <= first.year <= last.year <= LAST_YEAR or first > last


def _differs(mine: str, parents: str) -> bool:
    return bool(mine and parents and mine.casefold() != parents.casefold())
