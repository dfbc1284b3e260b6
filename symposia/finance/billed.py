"""Bills as pages, rules and actions ask for them."""

from symposia.accounts.queries import local_day
from symposia.activities.models import Activity
from symposia.finance.controls import controls_on
from symposia.finance.expecting import above
from symposia.finance.expenses import over_line
from symposia.finance.matching import is_far_over
from symposia.finance.models import Bill, BudgetLine, Expense, HandedIn
from symposia.finance.ordered import left_of_order
from symposia.finance.queries import LineTotals, books_currency, is_reversed, lines_of
from symposia.shared.money import Money


def twin_of(told_by: str) -> Bill | None:
    """The bill that is known by the same supplier and number and still stands."""
    return Bill.objects.standing().filter(told_by=told_by).first()


def lines_for(bill: Bill) -> list[LineTotals]:
    """The lines it may be posted to, that of its arrangement first."""
    lines = lines_of(Activity.objects.get(pk=bill.activity_id))
    wanted = bill.arrangement_id
    return sorted(lines, key=lambda each: not wanted or each.line.arrangement_id != wanted)


def over_estimate(bill: Bill, line: BudgetLine, amount: Money) -> Money | None:
    """By how much a bill is more than its arrangement costs, its order or its line has left; the
    larger."""
    left = [each.left for each in lines_for(bill) if each.line.pk == line.pk]
    arrangement = bill.arrangement
    if arrangement and arrangement.cost and arrangement.currency == amount.currency:
        left.append(arrangement.cost)
    ordered = left_of_order(bill)
    if ordered is not None and ordered.currency == amount.currency:
        left.append(ordered)
    return above(amount, left)


def was_taken_back(given: HandedIn) -> bool:
    """Whether what was posted for it was reversed later."""
    return given.posting is not None and is_reversed(given.posting)


def takes_two(paper: Bill | Expense, line: BudgetLine, amount: Money | None) -> bool:
    """Whether it is so far above what was expected that a second person agrees; `amount` is what
    it comes to in the books where its own currency is another."""
    paid = paper.amount if paper.currency == books_currency() else amount
    if paid is None:
        return False
    if isinstance(paper, Bill):
        more = over_estimate(paper, line, paid)
    else:
        more = over_line(paper, line, paid)
    return is_far_over(paid, more, controls_on(local_day()))
