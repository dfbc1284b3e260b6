"""Bills as pages, rules and actions ask for them."""

from collections.abc import Iterable

from symposia.activities.models import Activity
from symposia.finance.models import Bill, BudgetLine, HandedIn
from symposia.finance.queries import LineTotals, is_reversed, lines_of
from symposia.shared.money import Money


def twin_of(told_by: str) -> Bill | None:
    """The bill that is known by the same supplier and number and still stands."""
    return Bill.objects.standing().filter(told_by=told_by).first()


def lines_for(bill: Bill) -> list[LineTotals]:
    """The lines it may be posted to, that of its arrangement first."""
    lines = lines_of(Activity.objects.get(pk=bill.activity_id))
    wanted = bill.arrangement_id
    return sorted(lines, key=lambda each: not wanted or each.line.arrangement_id != wanted)


def above(amount: Money, left: Iterable[Money]) -> Money | None:
    """By how much an amount is more than the least of these; nothing where it is not."""
    over = [amount - each for each in left if each < amount]
    return max(over, key=lambda each: each.minor) if over else None


def over_estimate(bill: Bill, line: BudgetLine, amount: Money) -> Money | None:
    """By how much a bill is more than its arrangement costs or its line has left; the larger."""
    left = [each.left for each in lines_for(bill) if each.line.pk == line.pk]
    arrangement = bill.arrangement
    if arrangement and arrangement.cost and arrangement.currency == amount.currency:
        left.append(arrangement.cost)
    return above(amount, left)


def was_taken_back(given: HandedIn) -> bool:
    """Whether what was posted for it was reversed later."""
    return given.posting is not None and is_reversed(given.posting)
