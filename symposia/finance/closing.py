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
    BatchState,
    Bill,
    BooksPeriod,
    BudgetEntry,
    BudgetLine,
    CardLine,
    Category,
    Expense,
    Payee,
    Payment,
    PaymentBatch,
)
from symposia.finance.payable import unpaid_bills, unpaid_expenses
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
    activity: Activity | None
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
        *_tasks_of_payments(period, access),
    ]


def still_open(period: BooksPeriod) -> int:
    """What is carried over with a reason, of the whole organisation: promised and not spent,
    accepted and not paid, not released, paid by card without a receipt."""
    rows = (promised_lines(period), *_unpaid(period), _unreleased(period), _without_receipt(period))
    return sum(each.count() for each in rows)


def pays_here() -> bool:
    """Whether this organisation pays with the product: one of its own accounts is noted."""
    return Payee.objects.accounts().exists()


def _tasks_of_payments(period: BooksPeriod, access: Access) -> list[Task]:
    """Of whoever pays here: what is accepted and unpaid, unreleased, or paid by card unproven."""
    if not pays_here():
        return []
    seen = Activity.objects.visible_to(access, Permission.VIEW_MONEY)
    bills, expenses = (each.filter(activity__in=seen) for each in _unpaid(period))
    batches = _unreleased(period) & PaymentBatch.objects.visible_to(access)
    lines = _without_receipt(period) & CardLine.objects.visible_to(access)
    unpaid, spent = _("Accepted and not paid"), _("Not paid back")
    found = [
        _task("unpaid_bills", unpaid, bills, _of_paper("bill"), is_needed=False),
        _task("unpaid_expenses", spent, expenses, _of_paper("expense"), is_needed=False),
        _task("batches", _("Payments not released"), batches, _of_batch, is_needed=False),
    ]
    if access.everywhere(Permission.POST_MONEY):
        title = _("Paid by card, without a receipt")
        found.append(_task("card_lines", title, lines, _of_card_line, is_needed=False))
    return found


def _unpaid(period: BooksPeriod) -> tuple[Any, Any]:
    if not pays_here():
        return Bill.objects.none(), Expense.objects.none()
    days = (period.starts_on, period.ends_on)
    bills = unpaid_bills().filter(billed_on__range=days).order_by("billed_on", "pk")
    return bills, unpaid_expenses().filter(spent_on__range=days).order_by("spent_on", "pk")


def _unreleased(period: BooksPeriod) -> Any:
    days = (period.starts_on, period.ends_on)
    rows = PaymentBatch.objects.filter(state=BatchState.OPEN, pays_on__range=days)
    return rows.order_by("pays_on", "pk")


def _without_receipt(period: BooksPeriod) -> Any:
    days = (period.starts_on, period.ends_on)
    return CardLine.objects.open().filter(spent_on__range=days).order_by("spent_on", "pk")


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


def _of_batch(batch: Any) -> Owed:
    rows = Payment.objects.of(batch).order_by()
    minor = rows.aggregate(sum=Sum("amount_minor"))["sum"] or 0
    amount = Money.from_minor(minor, batch.currency)
    what = _("put together by %(who)s") % {"who": batch.made_by_name}
    return Owed(what, batch.number, None, amount, FINANCE, ("payment_batch", [batch.pk]))


def _of_card_line(line: Any) -> Owed:
    by = line.holder or FINANCE
    link = ("card_line", [line.pk])
    return Owed(_("no receipt yet"), line.merchant, None, line.amount, by, link)


def _of_line(line: Any) -> Owed:
    left = Money.from_minor(line.committed - line.actual, books_currency())
    owner = line.activity.owner.full_name if line.activity.owner else FINANCE
    what = line.get_category_display()
    link = ("activity_money", [line.activity_id])
    return Owed(what, line.description, line.activity, left, owner, link)
