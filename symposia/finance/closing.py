"""What stands between a period and its closing: who owes what."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity, State
from symposia.finance.models import (
    Account,
    Bill,
    BooksPeriod,
    BudgetEntry,
    BudgetLine,
    Category,
    Expense,
)
from symposia.finance.queries import books_currency
from symposia.shared.money import Money

# So many of a kind are named; the rest is counted.
NAMED = 50
FINANCE = _("Finance")


@dataclass(frozen=True)
class Owed:
    """One thing still open in a period: what, of which activity, how much, and whose turn it is."""

    what: str | Promise
    label: str
    activity: Activity
    amount: Money
    by: str | Promise
    # (url name, arguments) of where it is settled.
    link: tuple[str, list[Any]]


@dataclass(frozen=True)
class Task:
    """A step of closing: its name, what of it is open, whether the period waits for it."""

    name: str
    title: str | Promise
    count: int
    owed: list[Owed]
    is_needed: bool


def promised_lines(period: BooksPeriod) -> Any:
    """Lines of activities that ended by the last day of a period, more promised than spent."""

    def held(account: Account) -> Coalesce:
        sums = (
            BudgetEntry.objects.filter(posting__line=OuterRef("pk"), account=account)
            .order_by()
            .values("posting__line")
            .annotate(sum=Sum("amount_minor"))
            .values("sum")
        )
        return Coalesce(Subquery(sums), 0)

    rows: Any = BudgetLine.objects.filter(
        activity__wall_ends__date__gte=period.starts_on,
        activity__wall_ends__date__lte=period.ends_on,
    ).exclude(activity__state__in=[State.CANCELLED, State.CLOSED])
    rows = rows.annotate(committed=held(Account.COMMITMENT), actual=held(Account.ACTUAL))
    return rows.filter(committed__gt=F("actual")).order_by("activity", "position", "pk")


def papers_waiting(period: BooksPeriod) -> int:
    """Bills and receipts of its days that finance has not decided, of the whole organisation."""
    return int(_bills(period).count() + _expenses(period).count())


def tasks_of(period: BooksPeriod, access: Access) -> list[Task]:
    """What is left to do, as far as this person sees the money of its activities."""
    seen = Activity.objects.visible_to(access, Permission.VIEW_MONEY)
    bills = _bills(period).filter(activity__in=seen).select_related("activity")
    expenses = _expenses(period).filter(activity__in=seen).select_related("activity")
    lines = promised_lines(period).filter(activity__in=seen)
    lines = lines.select_related("activity__owner", "agreement__contributor")
    fees = lines.filter(category=Category.FACULTY)
    rest = lines.exclude(category=Category.FACULTY)
    return [
        _task("bills", _("Bills that wait"), bills, _of_paper("bill"), is_needed=True),
        _task("expenses", _("Receipts that wait"), expenses, _of_paper("expense"), is_needed=True),
        _task("fees", _("Fees promised and not paid"), fees, _of_line, is_needed=False),
        _task("commitments", _("Promised and not spent"), rest, _of_line, is_needed=False),
    ]


def _task(name: str, title: Any, rows: Any, said: Any, *, is_needed: bool) -> Task:
    found = list(rows[: NAMED + 1])
    count = rows.count() if len(found) > NAMED else len(found)
    return Task(name, title, count, [said(each) for each in found[:NAMED]], is_needed)


def _bills(period: BooksPeriod) -> Any:
    return Bill.objects.waiting().filter(billed_on__range=(period.starts_on, period.ends_on))


def _expenses(period: BooksPeriod) -> Any:
    return Expense.objects.waiting().filter(spent_on__range=(period.starts_on, period.ends_on))


def _of_paper(page: str) -> Any:
    def said(paper: Any) -> Owed:
        label = f"{paper.number}, {getattr(paper, 'supplier', '') or paper.paid_to}"
        what = _("handed in by %(who)s") % {"who": paper.handed_in_by_name}
        return Owed(what, label, paper.activity, paper.amount, FINANCE, (page, [paper.pk]))

    return said


def _of_line(line: Any) -> Owed:
    left = Money.from_minor(line.committed - line.actual, books_currency())
    owner = line.activity.owner.full_name if line.activity.owner else FINANCE
    what = line.get_category_display()
    link = ("activity_money", [line.activity_id])
    return Owed(what, line.description, line.activity, left, owner, link)
