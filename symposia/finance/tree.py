"""The budget tree as it is read: where an activity hangs by rule, what it comes to, what is near
its cap."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import local_day
from symposia.activities.models import Activity, State
from symposia.directory.models import Territory
from symposia.directory.models.places import TERRITORY_LEVELS
from symposia.finance.models import (
    Account,
    BudgetEntry,
    BudgetNode,
    BudgetPlace,
    NodeMonth,
    Posting,
)
from symposia.finance.models.nodes import kept_apart

# From which share of its envelope on a node is near its cap, in tenths of a percent.
NEAR = 900
# A chart of more months than this says nothing.
MOST_MONTHS = 36


@dataclass(frozen=True)
class Sums:
    """What an activity comes to, in minor units."""

    estimate: int = 0
    committed: int = 0
    actual: int = 0
    charged: int = 0

    def less(self, other: Mapping[str, int]) -> "dict[str, int]":
        """By how much each is more than what was counted."""
        return {name: value - other[name] for name, value in vars(self).items()}


def sums_of(activity: Activity) -> Sums:
    """From the entries alone; of each line the greater of what is promised and spent is charged."""
    lines: dict[uuid.UUID, dict[str, int]] = {}
    for (line, account), minor in BudgetEntry.objects.of(activity).totals().items():
        lines.setdefault(line, {})[account] = minor

    def all_of(account: Account) -> int:
        return sum(each.get(account, 0) for each in lines.values())

    charged = sum(
        max(each.get(Account.COMMITMENT, 0), each.get(Account.ACTUAL, 0)) for each in lines.values()
    )
    return Sums(
        all_of(Account.ESTIMATE), all_of(Account.COMMITMENT), all_of(Account.ACTUAL), charged
    )


def territories_around(territory: Territory | None) -> list[uuid.UUID]:
    """A territory and those it lies in."""
    found: list[uuid.UUID] = []
    for _level in range(TERRITORY_LEVELS):
        if territory is None:
            break
        found.append(territory.pk)
        territory = territory.parent
    return found


def node_by_rule(activity: Activity) -> BudgetNode | None:
    """The deepest node whose territory, brand, therapy and period an activity falls under; of
    equals one that names a brand, a therapy or a period, then the first by its code. Its day is the
    wall day at the venue."""
    day = activity.wall_starts.date()
    around = territories_around(activity.territory)
    plan = activity.plan
    therapies = [plan.therapy_area, plan.parent.therapy_area if plan.parent else ""] if plan else []
    therapy = next(filter(None, therapies), "")
    rows = BudgetNode.objects.filter(
        Q(territory__isnull=True) | Q(territory__in=around),
        _named("product", activity.product),
        _named("therapy_area", therapy),
        Q(starts_on__isnull=True) | Q(starts_on__lte=day, ends_on__gte=day),
        is_independent=activity.is_independent,
    )
    period = F("starts_on").desc(nulls_last=True)
    return rows.order_by("-depth", "-product", "-therapy_area", period, "code").first()


def _named(field: str, name: str) -> Q:
    """For nothing in particular, or for what is named."""
    anything = Q(**{field: ""})
    return anything | Q(**{f"{field}__iexact": name}) if name else anything


def unplaced(access: Access) -> QuerySet[Activity]:
    """Activities with money that hang on no node."""
    hanging = BudgetPlace.objects.filter(activity=OuterRef("pk"))
    posted = Posting.objects.filter(line__activity=OuterRef("pk"))
    rows = Activity.objects.visible_to(access, Permission.VIEW_MONEY).filter(
        ~Exists(hanging), Exists(posted)
    )
    return rows.exclude(state=State.CANCELLED).order_by("starts_at", "pk")


def shown_node(access: Access, pk: uuid.UUID) -> BudgetNode | None:
    """A node with the sums that a person may know of it."""
    return BudgetNode.objects.shown_to(access).select_related("territory").filter(pk=pk).first()


def branch_of(access: Access, node: BudgetNode | None, *, levels: int) -> list[Any]:
    """What hangs beneath a node as far as somebody sees it, so many levels deep, in order. Without
    a node: from where what this person sees begins."""
    rows = BudgetNode.objects.shown_to(access)
    if node is not None:
        deepest = node.depth + levels
        return list(rows.beneath(node).filter(depth__lte=deepest).exclude(pk=node.pk).in_order())
    first = rows.order_by("depth").values_list("depth", flat=True).first() or 0
    return list(rows.filter(depth__lt=first + levels).in_order())


def near_caps(access: Access) -> QuerySet[Any]:
    """The nodes of which nearly everything is promised or spent, the fullest first."""
    rows: QuerySet[Any] = BudgetNode.objects.shown_to(access)
    return rows.filter(used__gte=NEAR).order_by("-used", "code")


@dataclass(frozen=True)
class Burned:
    """How much of a node was promised and spent by the end of a month, and what an even pace
    through its days would have promised."""

    month: date
    committed: int
    actual: int
    charged: int
    even: int
    is_ahead: bool


def days_of(node: BudgetNode) -> tuple[date, date]:
    """The period of a node; the year we are in where it names none."""
    today = local_day()
    first = node.starts_on or today.replace(month=1, day=1)
    return first, node.ends_on or today.replace(month=12, day=31)


def burn_of(access: Access, node: BudgetNode, envelope: int) -> list[Burned]:
    """Month by month from the first day of a node to its last, from what is kept by month; months
    to come say only the even pace. What came before its period is in the first of them."""
    first, last = days_of(node)
    rows = NodeMonth.objects.filter(node=node, month__lte=last)
    if not node.is_independent and kept_apart(access, Permission.VIEW_MONEY):
        rows = rows.filter(is_independent=False)
    sums = {
        month: told
        for month, *told in rows.order_by()
        .values("month")
        .annotate(c=Sum("committed_minor"), a=Sum("actual_minor"), h=Sum("charged_minor"))
        .values_list("month", "c", "a", "h")
    }
    return list(_months(sums, (first, last), envelope))


def _months(
    sums: Mapping[date, Sequence[int]], days: tuple[date, date], envelope: int
) -> Iterator[Burned]:
    first, last = days
    month, today = first.replace(day=1), local_day()
    total, whole = [0, 0, 0], (last - first).days + 1
    for _n in range(MOST_MONTHS):
        after = (month + timedelta(days=32)).replace(day=1)
        begun = [told for each, told in sums.items() if each <= month]
        total = [sum(column) for column in zip(*begun, strict=True)] or [0, 0, 0]
        gone = (min(after - timedelta(days=1), last) - first).days + 1
        committed, actual, charged = total
        even = envelope * gone // whole
        yield Burned(month, committed, actual, charged, even, month > today)
        month = after
        if month > last:
            return
