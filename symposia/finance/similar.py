"""What similar activities cost per head: a range beside the figure while it is written.

Similar are those of the same type, form and country that are over, the latest first; heads are the
people with evidence of presence, and where nobody recorded any, those who were expected.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import quantiles

from django.db.models import Count, F, Sum

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import OVER, Activity
from symposia.attendance.models import PresenceEvidence
from symposia.finance.models import Account, BudgetEntry, Category
from symposia.finance.queries import books_currency
from symposia.shared.money import Money, exponent, round_half_up

# So many of the latest are looked at; from so many on the range is that of their middle half.
LATEST, MIDDLE_FROM = 60, 4


@dataclass(frozen=True)
class Range:
    """What a head cost from where to where, and on how many activities that rests."""

    category: str
    low: Money
    high: Money
    activities: int
    is_middle: bool

    def for_heads(self, heads: int) -> tuple[Money, Money]:
        """What so many people would cost."""
        ends = (self.low, self.high)
        low, high = (Money(end.amount * heads, end.currency) for end in ends)
        return low, high


@dataclass(frozen=True)
class Beside:
    """A written amount beside the range of its category."""

    words: str
    low: Money
    high: Money
    written: Money
    range: Range

    @property
    def tone(self) -> str:
        """Whether it is above, below or within what similar activities cost."""
        if self.written.amount > self.high.amount:
            return "warn"
        return "info" if self.written.amount < self.low.amount else "ok"


def similar_costs(activity: Activity, access: Access) -> Mapping[str, Range]:
    """By category, as far as somebody sees the money of what is similar; in three statements."""
    seen = Activity.objects.visible_to(access, Permission.VIEW_MONEY)
    rows = seen.filter(
        type=activity.type,
        delivery=activity.delivery,
        country=activity.country,
        state__in=OVER,
    ).exclude(pk=activity.pk)
    expected = dict(
        rows.order_by("-starts_at", "pk").values_list("pk", "expected_attendance")[:LATEST]
    )
    came = dict(
        PresenceEvidence.objects.filter(registration__activity__in=list(expected))
        .order_by()
        .values_list("registration__activity")
        .annotate(Count("registration", distinct=True))
    )
    spent = (
        BudgetEntry.objects.filter(
            posting__line__activity__in=list(expected), account=Account.ACTUAL
        )
        .order_by()
        .values_list(F("posting__line__activity"), F("posting__line__category"))
        .annotate(Sum("amount_minor"))
    )
    heads = {pk: came.get(pk) or count for pk, count in expected.items()}
    currency = books_currency()
    costs: dict[str, list[Money]] = {}
    for pk, category, minor in spent:
        each = Money.from_minor(minor, currency).shared_by(heads[pk]) if minor > 0 else None
        if each is not None:
            costs.setdefault(category, []).append(each)
    return {category: _range(category, found) for category, found in costs.items()}


def beside(written: Mapping[str, Money], ranges: Mapping[str, Range], heads: int) -> list[Beside]:
    """Each category that somebody writes an amount for and that similar activities know."""
    found = []
    for category, amount in written.items():
        known = ranges.get(category)
        if known and heads > 0:
            low, high = known.for_heads(heads)
            found.append(Beside(str(Category(category).label), low, high, amount, known))
    return found


def _range(category: str, costs: list[Money]) -> Range:
    amounts, currency = sorted(each.amount for each in costs), costs[0].currency
    is_middle = len(amounts) >= MIDDLE_FROM
    if is_middle:
        first, _median, third = quantiles(amounts, n=4, method="inclusive")
        low, high = (round_half_up(each, exponent(currency)) for each in (first, third))
    else:
        low, high = amounts[0], amounts[-1]
    return Range(category, Money(low, currency), Money(high, currency), len(amounts), is_middle)
