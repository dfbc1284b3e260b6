"""Budget trees for tests: a root, two regions, and a branch of independent education."""

from decimal import Decimal

from symposia.finance.actions.nodes import add_node
from symposia.finance.tree_rules import NodeFacts
from symposia.shared.actors import SYSTEM
from symposia.shared.money import Money


def node(code, envelope, parent=None, **facts):
    said = {"name": code.title(), "kind": "organisation" if parent is None else "region"} | facts
    money = Money(Decimal(envelope), said.pop("currency", "USD"))
    return add_node(NodeFacts(code=code, envelope=money, parent=parent, **said), by=SYSTEM)


def tree(south, west, *, root="20000"):
    """All of it; two regions with a territory each; and what is independent, apart."""
    top = node("all", root)
    return {
        "all": top,
        "south": node("south", "8000", top, territory=south),
        "west": node("west", "6000", top, territory=west),
        "cme": node("cme", "5000", top, kind="therapy", is_independent=True),
    }


def now_of(made):
    """The same nodes as the database has them."""
    for each in made.values():
        each.refresh_from_db()
    return made
