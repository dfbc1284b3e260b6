import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum

from symposia.accounts.queries import this_organisation
from symposia.activities.arranged import figures_from
from symposia.activities.models import Activity, Arrangement
from symposia.activities.queries import activity_known, organisation_of, speakers_of
from symposia.activities.reading import loaded_once, rows_of
from symposia.attendance.queries import people_present
from symposia.compliance.facts import Engaged
from symposia.finance.arrangements import arranged_sum, arranged_with, meals_per_head
from symposia.finance.models import (
    Account,
    BudgetEntry,
    BudgetLine,
    Category,
    Kind,
    Posting,
)
from symposia.finance.rows import line_rows, near_rows, sum_rows
from symposia.shared.money import Money, total


@dataclass(frozen=True)
class LineTotals:
    """A budget line with its three amounts."""

    line: BudgetLine
    estimate: Money
    committed: Money
    actual: Money

    @property
    def left(self) -> Money:
        """What of the estimate is not spent; below zero when it was overspent."""
        return self.estimate - self.actual

    @property
    def is_over(self) -> bool:
        return self.left.amount < 0


@dataclass(frozen=True)
class Budget:
    """The money of one activity: each line, the sums, and what an attendee cost."""

    currency: str
    lines: list[LineTotals]
    estimate: Money
    committed: Money
    actual: Money
    attendees: int
    is_balanced: bool

    @property
    def left(self) -> Money:
        return self.estimate - self.actual

    @property
    def per_attendee(self) -> Money | None:
        """What was spent for each clinician who was there; nothing while nobody was."""
        return self.actual.shared_by(self.attendees) if self.actual else None


@dataclass(frozen=True)
class LedgerRow:
    """A posting as the journal of an activity's money shows it."""

    posting: Posting
    amount: Money
    is_reversed: bool


def books_currency() -> str:
    """The one currency of this organisation's books."""
    return this_organisation().currency


def currency_of(activity: Activity) -> str:
    """The currency of the books an activity is in: those of its organisation."""
    return organisation_of(activity).currency


def _sums(activity: Activity) -> dict[tuple[uuid.UUID, str], int]:
    return {(line, account): minor for line, account, minor in rows_of(activity.pk, sum_rows)}


def lines_of(activity: Activity) -> list[LineTotals]:
    """Every budget line of an activity with its sums."""
    currency = loaded_once(activity, currency_of)
    sums = loaded_once(activity, _sums)

    def amount(line: BudgetLine, account: Account) -> Money:
        return Money.from_minor(sums.get((line.pk, str(account)), 0), currency)

    return [
        LineTotals(
            line,
            amount(line, Account.ESTIMATE),
            amount(line, Account.COMMITMENT),
            amount(line, Account.ACTUAL),
        )
        for line in rows_of(activity.pk, line_rows)
    ]


def lines_with(account: Account) -> QuerySet[BudgetLine]:
    """The budget lines of the activity of the outer statement that hold something there."""
    held = BudgetEntry.objects.filter(posting__line=OuterRef("pk"), account=account).order_by()
    sums = held.values("posting__line").annotate(sum=Sum("amount_minor")).values("sum")
    lines = BudgetLine.objects.filter(activity=OuterRef("pk"))
    return lines.annotate(held=Subquery(sums)).exclude(held=None).exclude(held=0)


def budget_of(activity: Activity) -> Budget:
    """The whole picture of an activity's money, from entries alone."""
    currency, lines = loaded_once(activity, currency_of), lines_of(activity)
    return Budget(
        currency=currency,
        lines=lines,
        estimate=total((each.estimate for each in lines), currency),
        committed=total((each.committed for each in lines), currency),
        actual=total((each.actual for each in lines), currency),
        attendees=people_present(activity),
        is_balanced=sum(loaded_once(activity, _sums).values()) == 0,
    )


def ledger_of(activity: Activity) -> list[LedgerRow]:
    """Every posting of an activity, newest first; what was taken back says so."""
    postings = list(Posting.objects.of(activity).select_related("line", "reverses"))
    taken_back = {posting.reverses_id for posting in postings}
    debits = _debits(activity)
    return [
        LedgerRow(posting, debits[posting.pk], posting.pk in taken_back) for posting in postings
    ]


def _debits(activity: Activity) -> dict[uuid.UUID, Money]:
    own_sides = (Account.ESTIMATE, Account.COMMITMENT, Account.ACTUAL)
    entries = BudgetEntry.objects.of(activity).filter(account__in=own_sides)
    return {entry.posting_id: entry.amount for entry in entries}


def amount_of(posting: Posting) -> Money:
    """What a posting moved on its line; below zero for a reversal."""
    entry = BudgetEntry.objects.get(
        posting=posting, account__in=(Account.ESTIMATE, Account.COMMITMENT, Account.ACTUAL)
    )
    return entry.amount


def standing_of(line: BudgetLine, kind: Kind) -> Posting | None:
    """The estimate or commitment of a line that still stands."""
    return Posting.objects.standing(kind).filter(line=line).order_by("-posted_at", "-pk").first()


def is_reversed(posting: Posting) -> bool:
    return Posting.objects.filter(reverses=posting).exists()


def figures_for_rules(
    activity_id: uuid.UUID, draft: Arrangement | None = None
) -> Mapping[str, Any]:
    """What rules ask of an estimate and of what is arranged, a draft of one counted; exact, as
    text; nothing while there is neither."""
    activity = activity_known(activity_id)
    lines, arranged = lines_of(activity), arranged_with(activity, draft)
    if not arranged and not any(each.estimate for each in lines):
        return {"meal_per_head": None, "items_per_head": None, "travel_total": None}
    currency = currency_of(activity)
    written = [each for each in lines if each.line.arrangement_id is None]
    estimate = total((each.estimate for each in written), currency)
    estimate += total((each.cost for each in arranged if each.cost), currency)
    per_head = estimate.shared_by(activity.expected_attendance)
    meals = meals_per_head(activity, _sum(written, Category.MEALS, currency), arranged)
    travel = _sum(written, Category.TRAVEL, currency)
    travel += arranged_sum(arranged, Category.TRAVEL, currency)
    return {
        **_nearby(activity, currency),
        **figures_from(arranged),
        "cost_per_head": str(per_head.amount) if per_head else None,
        "meal_per_head": None if meals is None else str(meals),
        "items_per_head": _per_head(written, Category.MATERIALS, activity, currency),
        "travel_total": str(travel.amount),
        "estimate_total": str(estimate.amount),
    }


def _nearby(activity: Activity, currency: str) -> dict[str, Any]:
    """What activities of the same owner and city come to within a fortnight, this one counted."""
    if activity.owner_id is None or not activity.city:
        mine = loaded_once(activity, _sums).items()
        minor, count = sum(m for (_line, account), m in mine if account == Account.ESTIMATE), 1
    else:
        near = rows_of(activity.pk, near_rows)
        minor, count = sum(each or 0 for each in near), len(near)
    money = Money.from_minor(minor, currency)
    return {"nearby_total": str(money.amount), "nearby_count": count}


def speakers_with_fees(activity_id: uuid.UUID) -> list[Engaged]:
    """Who teaches and for how much: what a line of the estimate gives them by name, else an equal
    share of the faculty fees that name nobody."""
    people = speakers_of(activity_id)
    activity = activity_known(activity_id)
    fees = [
        each
        for each in lines_of(activity)
        if each.line.category == Category.FACULTY and each.estimate
    ]
    named = {p.clinician_id: _named(p.name, fees) for p in people}
    rest = [x for x in fees if not any(_names(p.name, x) for p in people)]
    unnamed = [p for p in people if not named[p.clinician_id]]
    currency = currency_of(activity)
    share = total((x.estimate for x in rest), currency).shared_by(len(unnamed))
    return [
        Engaged(p.clinician_id, p.name, named[p.clinician_id] or (share or None)) for p in people
    ]


def _names(name: str, each: LineTotals) -> bool:
    return name.casefold() in each.line.description.casefold()


def _named(name: str, fees: list[LineTotals]) -> Money | None:
    theirs = [each.estimate for each in fees if _names(name, each)]
    return total(theirs, theirs[0].currency) if theirs else None


def _per_head(
    lines: list[LineTotals], category: Category, activity: Activity, currency: str
) -> str | None:
    amount = _sum(lines, category, currency)
    if not amount:
        return "0"
    shared = amount.shared_by(activity.expected_attendance)
    return str(shared.amount) if shared else None


def _sum(lines: list[LineTotals], category: Category, currency: str) -> Money:
    return total((x.estimate for x in lines if x.line.category == category), currency)


def frozen_budget(activity_id: uuid.UUID) -> dict[str, Any]:
    """The estimate as approvers sign it."""
    lines = lines_of(activity_known(activity_id))
    estimated = [each for each in lines if each.estimate]
    return {
        "currency": books_currency(),
        "lines": [
            {
                "id": str(each.line.pk),
                "line": each.line.description,
                "category": each.line.get_category_display(),
                "estimate": str(each.estimate.amount),
            }
            for each in estimated
        ],
        "total": str(sum((each.estimate.amount for each in estimated), Decimal(0))),
    }
