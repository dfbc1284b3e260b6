"""What arrangements cost beside what the estimate says of them, and what rules ask of meals."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from symposia.accounts.queries import this_organisation
from symposia.activities.arranged import costing
from symposia.activities.models import Activity, Arrangement, ArrangementKind
from symposia.finance.models import Account, BudgetEntry, BudgetLine, Category
from symposia.shared.money import Money, total

_CATEGORIES = {
    ArrangementKind.CATERING: Category.MEALS,
    ArrangementKind.TRAVEL: Category.TRAVEL,
    ArrangementKind.STAY: Category.TRAVEL,
    ArrangementKind.VENUE: Category.VENUE,
    ArrangementKind.EQUIPMENT: Category.TECHNOLOGY,
}


def category_of(arrangement: Arrangement) -> str:
    """Where in a budget it belongs."""
    return _CATEGORIES[ArrangementKind(arrangement.kind)]


def said_of(arrangement: Arrangement) -> str:
    """How its line is called: what it is, and for whom."""
    named = (arrangement.title, arrangement.person)
    return ", ".join(filter(None, named))[:200]


@dataclass(frozen=True)
class Difference:
    """An arrangement that costs something else than its line of the estimate says."""

    arrangement: Arrangement
    arranged: Money
    estimated: Money

    @property
    def more(self) -> Money:
        return self.arranged - self.estimated


def differences_of(activity: Activity) -> list[Difference]:
    """What was arranged after the estimate was signed, in two statements."""
    currency = this_organisation().currency
    lines = {
        line.arrangement_id: line.pk
        for line in BudgetLine.objects.filter(activity=activity, arrangement__isnull=False)
    }
    entries = BudgetEntry.objects.filter(
        posting__line__in=list(lines.values()), account=Account.ESTIMATE
    )
    sums = {line: minor for (line, _account), minor in entries.totals().items()}
    found = []
    for each in Arrangement.objects.of(activity):
        zero = Money.zero(currency)
        arranged = each.cost if each.counts and each.cost else zero
        minor = sums.get(lines[each.pk], 0) if each.pk in lines else 0
        estimated = Money.from_minor(minor, currency)
        if arranged != estimated and arranged.currency == currency:
            found.append(Difference(each, arranged, estimated))
    return found


def more_than_estimated(differences: Sequence[Difference], currency: str) -> Money:
    """By how much what is arranged is above what was estimated; below nothing if it is less."""
    return total((each.more for each in differences), currency)


def meals_per_head(
    activity: Activity, written: Money, arrangements: Sequence[Arrangement]
) -> Decimal | None:
    """What a person is served: each meal by those it is for, and what is only estimated by those
    who are expected. Nothing while nobody is expected."""
    served = [
        each.per_head.amount
        for each in arrangements
        if each.kind == ArrangementKind.CATERING and each.per_head
    ]
    rest = Decimal(0)
    if written:
        shared = written.shared_by(activity.expected_attendance)
        if shared is None:
            return None
        rest = shared.amount
    return sum(served, rest)


def arranged_sum(arrangements: Sequence[Arrangement], category: Category, currency: str) -> Money:
    """What arrangements of a category of the budget come to."""
    costs = (each.cost for each in arrangements if category_of(each) == category and each.cost)
    return total(costs, currency)


def arranged_with(activity: Activity, draft: Arrangement | None) -> list[Arrangement]:
    """What is arranged, with something still being written in the place of what it was."""
    rows = [each for each in costing(activity.pk) if draft is None or each.pk != draft.pk]
    return [*rows, draft] if draft is not None and draft.cost_minor else rows
