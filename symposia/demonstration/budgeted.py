"""The budget of the year in the demonstration: a tree, a territory near its cap, money that moved
and money that waits to, and the month before last with its books closed."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from symposia.accounts.queries import local_day
from symposia.demonstration.planning import PLANS
from symposia.demonstration.thread import Cast
from symposia.directory.models import Territory
from symposia.finance.actions.budget_transfers import agree_to_transfer, propose_transfer
from symposia.finance.actions.nodes import add_node, change_envelope
from symposia.finance.actions.openings import check_openings, import_openings
from symposia.finance.actions.periods import begin_closing, close_period
from symposia.finance.closing import papers_waiting
from symposia.finance.models import BudgetNode, NodeKind, PeriodKind
from symposia.finance.opening_rows import KIND as OPENING_KIND
from symposia.finance.tree_rules import NodeFacts
from symposia.shared.money import Money
from symposia.work.files import store_file
from symposia.work.imports.kept import copy_of_kept

# Of the whole, in thousands of the currency: a company's, and a provider's.
COMPANY, PROVIDER = 36_000, 900
WHY_MOVE = "The autumn meetings of the west take place in the south this year (demonstration)."
WHY_WAIT = "Two more evenings were asked for; nobody has agreed yet (demonstration)."
WHY_LESS = "What the first half has not needed goes back to the region (demonstration)."
WHY_CARRIED = "Its suppliers bill a month later; accrued by hand (demonstration)."

OPENINGS = {
    "open-orders": (
        ("PO-2041", "Lakeside Print and Copy", "Programmes of the year"),
        ("PO-2077", "Bay Hotels", "Halls booked ahead"),
    ),
    "late-orders": (("PO-2102", "Compass Events", "Stands and signs"),),
}


def divide_budget(cast: Cast) -> None:
    """Before anything costs anything, so that every posting finds its node."""
    organisation, by = cast.organisation, cast.actor("finance_officer")
    is_company = organisation.is_company
    money = Money(Decimal(1000 * (COMPANY if is_company else PROVIDER)), organisation.currency)
    year = f"{organisation.name}, {local_day().year}"
    facts = NodeFacts("ALL", year, NodeKind.ORGANISATION, money, is_independent=not is_company)
    top = add_node(facts, by=by)
    for each in _regions(top) if is_company else _therapies(cast, top):
        add_node(each, by=by)
    if is_company:
        for each in _territories():
            add_node(each, by=by)


def tell_budget(cast: Cast, today: datetime) -> None:
    """What became of it until now."""
    finance, planner = cast.actor("finance_officer"), cast.actor(cast.planner)
    fullest = BudgetNode.objects.exclude(depth=1).order_by("-charged_minor", "-depth")
    node = fullest.filter(given_minor=0, charged_minor__gt=0).first()
    if node is not None:
        tight = Money.from_minor(node.charged_minor * 106 // 100, node.currency)
        change_envelope(node, tight, reason=WHY_LESS, by=finance)
        others = BudgetNode.objects.filter(depth=node.depth, is_independent=node.is_independent)
        other = others.exclude(pk=node.pk).order_by("charged_minor", "code").first()
        if other is not None:
            little = Money.from_minor(node.charged_minor // 100, node.currency)
            asked = propose_transfer(other, node, little, reason=WHY_MOVE, by=planner)
            agree_to_transfer(asked, by=finance)
            propose_transfer(other, node, little, reason=WHY_WAIT, by=planner)
    _bring_openings(cast)
    _close_books(cast, local_day(today))


def _bring_openings(cast: Cast) -> None:
    """Two files of what was open before: one is counted, one was only looked at."""
    by = cast.actor("finance_officer")
    node = BudgetNode.objects.filter(depth=2).order_by("charged_minor", "code")[0]
    amount = node.envelope.amount // 100
    for name, orders in OPENINGS.items():
        lines = [f"commitment,{node.code},{what},{amount},{no},{who}" for no, who, what in orders]
        text = "\n".join(["Divides by,Node,Name,Envelope,Number,Supplier", *lines])
        facts = {"content_type": "text/csv", "purpose": OPENING_KIND}
        kept = store_file(text.encode(), name=f"{name}.csv", by=by, **facts)
        with copy_of_kept(kept.storage_name) as path:
            made = check_openings(path, name=kept.name, storage_name=kept.storage_name, by=by)
        if name == "open-orders":
            import_openings(made, by=by)


def _close_books(cast: Cast, today: date) -> None:
    """The month before last is closed, the last one has its tasks."""
    by = cast.actor("finance_officer")
    last = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    before = (last - timedelta(days=1)).replace(day=1)
    period = begin_closing(PeriodKind.MONTH, before, by=by)
    if not papers_waiting(period):
        close_period(period, reason=WHY_CARRIED, by=by)
    begin_closing(PeriodKind.MONTH, last, by=by)


def _therapies(cast: Cast, top: BudgetNode) -> Iterator[NodeFacts]:
    _title, first, second, _envelope = PLANS[cast.organisation.country]
    for code, area in (("TH-1", first), ("TH-2", second)):
        yield NodeFacts(code, area, NodeKind.THERAPY, _part(top, 3), top, therapy_area=area)
    yield NodeFacts("CC-100", "Grand rounds", NodeKind.COST_CENTRE, _part(top, 4), top)


def _regions(top: BudgetNode) -> Iterator[NodeFacts]:
    for region in Territory.objects.filter(parent=None).order_by("code"):
        code = region.code.upper()
        yield NodeFacts(code, region.name, NodeKind.REGION, _part(top, 4), top, territory=region)
    yield NodeFacts(
        "EDU",
        "Independent education",
        NodeKind.THERAPY,
        _part(top, 5),
        top,
        is_independent=True,
    )


def _territories() -> Iterator[NodeFacts]:
    for region in BudgetNode.objects.filter(kind=NodeKind.REGION).order_by("code"):
        for city in Territory.objects.filter(parent=region.territory).order_by("code"):
            envelope = _part(region, 5)
            code = city.code.upper()
            yield NodeFacts(code, city.name, NodeKind.TERRITORY, envelope, region, territory=city)


def _part(node: BudgetNode, share: int) -> Money:
    return Money((node.envelope.amount / share).quantize(Decimal(1000)), node.currency)
