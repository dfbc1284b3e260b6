"""The portfolio: the activities of a year by therapy area, region or quarter, with their money.

Everything is summed by the database from the roll-ups; what the wall keeps from somebody is left
out of the sums, and `locks_of` says why.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    DateField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import (
    Cast,
    Coalesce,
    ExtractMonth,
    ExtractQuarter,
    ExtractYear,
    NullIf,
)
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import this_organisation
from symposia.activities.models import OVER, Activity, Mode, State
from symposia.activities.policies import objection_to_mode
from symposia.activities.wall import may, objection_to_using
from symposia.curriculum.models import Plan
from symposia.insights.models import ActivityFigures, FiguresQuerySet, OpenPoint
from symposia.shared.counting import CountOf
from symposia.shared.lists import Amount, Choice, Column, ListOf, Search
from symposia.shared.money import Money
from symposia.shared.refusals import Objection

_NONE = Value("", output_field=CharField())
# How a portfolio is cut: the name of each cut, its words, and what it reads from a row.
_READ: dict[str, Combinable] = {
    "therapy": Coalesce(
        NullIf(F("activity__plan__therapy_area"), _NONE),
        NullIf(F("activity__plan__parent__therapy_area"), _NONE),
        _NONE,
        output_field=CharField(),
    ),
    "region": Coalesce(
        F("activity__territory__parent__name"),
        F("activity__territory__name"),
        NullIf(F("activity__city"), _NONE),
        _NONE,
        output_field=CharField(),
    ),
    "quarter": Cast(ExtractQuarter("activity__wall_starts"), CharField()),
}
CUTS = {"therapy": _("Therapy area"), "region": _("Region"), "quarter": _("Quarter")}
MOST_OVERLAPS = 20
_DIGITS = 4
NO_MONEY = Objection("no_money", _("Your role in this organisation does not include money."))


@dataclass(frozen=True)
class Group:
    """One line of the portfolio."""

    name: str
    activities: int
    done: int
    lacking: int
    # Nothing where no plan speaks of this group.
    envelope: Money | None
    estimate: Money
    committed: Money
    actual: Money
    # Activities per month, January first.
    months: Sequence[int]

    @property
    def left(self) -> Money | None:
        """What of the envelope nobody has committed."""
        return None if self.envelope is None else self.envelope - self.committed


@dataclass(frozen=True)
class Overlap:
    """Activities of one group on one day: they compete for the same people."""

    day: date
    name: str
    activities: Sequence[Activity]


def portfolio_of(access: Access, cut: str, year: int) -> list[Group]:
    """The groups of a year, the largest first; quarters in their order."""
    rows = _of_year(access, year).annotate(group=_READ[cut])
    months = _months(rows)
    envelopes = _envelopes(access, year) if cut == "therapy" else {}
    currency = this_organisation().currency
    found = [
        Group(
            name=each["group"],
            activities=each["number"],
            done=each["done"],
            lacking=each["lacking"],
            envelope=_money(envelopes.get(each["group"]), currency),
            estimate=Money.from_minor(each["estimate"] or 0, currency),
            committed=Money.from_minor(each["committed"] or 0, currency),
            actual=Money.from_minor(each["actual"] or 0, currency),
            months=[months.get((each["group"], month), 0) for month in range(1, 13)],
        )
        for each in _sums(rows, open_money(access))
    ]
    key = (lambda g: g.name) if cut == "quarter" else (lambda g: (-g.activities, g.name))
    return sorted(found, key=key)


def overlaps_of(access: Access, cut: str, year: int) -> list[Overlap]:
    """Days on which two or more activities of a group take place, the soonest first."""
    rows = _of_year(access, year).annotate(
        group=_READ[cut], day=Cast("activity__wall_starts", DateField())
    )
    busy = rows.values_list("day", "group").annotate(number=Count("pk")).filter(number__gt=1)
    days = [(day, name) for day, name, _n in busy.order_by("day", "group")[:MOST_OVERLAPS]]
    held: dict[tuple[date, str], list[Activity]] = {key: [] for key in days}
    there = rows.filter(day__in={day for day, _name in days}).select_related("activity")
    for row in there.order_by("activity__starts_at", "activity__number"):
        held.get((row.day, row.group), []).append(row.activity)  # type: ignore[attr-defined]
    return [Overlap(day, name, held[day, name]) for day, name in days]


def years_of(access: Access) -> list[int]:
    """The years in which something takes place, the latest first."""
    rows = ActivityFigures.objects.visible_to(access).annotate(
        year=ExtractYear("activity__wall_starts")
    )
    return list(rows.order_by("-year").values_list("year", flat=True).distinct())


def open_money(access: Access) -> list[str]:
    """The modes whose money somebody is shown."""
    return [mode for mode in Mode.values if may(access, mode, Permission.VIEW_MONEY)]


def locks_of(access: Access) -> list[Objection]:
    """Why some fields of the portfolio are locked for this person, in words."""
    if not access.holds(Permission.VIEW_MONEY):
        return [NO_MONEY]
    found = (objection_to_using(access, mode, Permission.VIEW_MONEY) for mode in _modes_here())
    return [each for each in found if each]


def _modes_here() -> list[str]:
    """The modes that this kind of organisation plans in."""
    here = this_organisation()
    return [mode for mode in Mode.values if objection_to_mode(mode, here) is None]


def _of_year(access: Access, year: int) -> FiguresQuerySet:
    rows = ActivityFigures.objects.visible_to(access).filter(activity__wall_starts__year=year)
    return rows.exclude(activity__state=State.CANCELLED)


def _sums(rows: FiguresQuerySet, modes: list[str]) -> Any:
    shown = Q(activity__mode__in=modes)
    lacking = CountOf(OpenPoint.objects.filter(activity=OuterRef("activity")))
    return (
        rows.annotate(points=lacking)
        .values("group")
        .annotate(
            number=Count("pk"),
            done=Count("pk", filter=Q(activity__state__in=OVER)),
            lacking=Sum("points", output_field=IntegerField()),
            estimate=Sum("estimate_minor", filter=shown, output_field=BigIntegerField()),
            committed=Sum("committed_minor", filter=shown, output_field=BigIntegerField()),
            actual=Sum("actual_minor", filter=shown, output_field=BigIntegerField()),
        )
        .order_by("group")
    )


def _months(rows: FiguresQuerySet) -> dict[tuple[str, int], int]:
    found = rows.annotate(month=ExtractMonth("activity__wall_starts"))
    counted = found.values_list("group", "month").annotate(number=Count("pk")).order_by()
    return {(name, month): number for name, month, number in counted}


def _envelopes(access: Access, year: int) -> dict[str, int]:
    """What the plans of a year set aside for each therapy area: a part for its own, its whole for
    what no part has."""
    if not access.everywhere(Permission.VIEW_MONEY) or set(_modes_here()) - set(open_money(access)):
        return {}
    plans = Plan.objects.filter(starts_on__lte=date(year, 12, 31), ends_on__gte=date(year, 1, 1))
    sums: Counter[str] = Counter()
    for area, minor, whole in plans.values_list(
        "therapy_area", "envelope_minor", "parent__therapy_area"
    ):
        sums[area or whole or ""] += minor
        if whole is not None:
            sums[whole] -= minor
    return sums


def _money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money.from_minor(minor, currency)


def _rows(access: Access) -> FiguresQuerySet:
    """Each activity of the portfolio with its money, as far as this person is shown it."""
    shown = Q(activity__mode__in=open_money(access))
    money = {
        f"shown_{name}": Case(When(shown, then=F(f"{name}_minor")), output_field=BigIntegerField())
        for name in ("estimate", "committed", "actual")
    }
    points = OpenPoint.objects.filter(activity=OuterRef("activity"))
    return (
        ActivityFigures.objects.visible_to(access)
        .select_related("activity")
        .annotate(
            **money,
            points=CountOf(points),
            next_due=Subquery(points.order_by("due_at").values("due_at")[:1]),
            currency=Value(this_organisation().currency, output_field=CharField()),
        )
    )


def _in_group(cut: str) -> Callable[[QuerySet[Any], str], QuerySet[Any]]:
    """The rows of one group of a cut, by its name."""
    return lambda rows, text: rows.alias(in_group=_READ[cut]).filter(in_group__iexact=text)


def _in_year(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """What takes place in a year; what was called off takes place in none."""
    year = int(text) if text.isdecimal() and len(text) == _DIGITS else 0
    here = rows.filter(activity__wall_starts__year=year) if year else rows.none()
    return here.exclude(activity__state=State.CANCELLED)


PORTFOLIO = ListOf(
    name="portfolio_activities",
    title=_("Activities of the portfolio"),
    permission=Permission.VIEW_INSIGHTS,
    rows=_rows,
    columns=(
        Column("number", _("Number"), "activity__number", sort="activity__number", kind="id"),
        Column(
            "title",
            _("Activity"),
            "activity__title",
            sort="activity__title",
            url=lambda f: ("activity", [f.activity_id]),
        ),
        Column("starts_at", _("Starts"), "activity__starts_at", kind="day"),
        Column("state", _("State"), "activity__state", in_page=False),
        Column("mode", _("Mode"), "activity__mode", in_page=False),
        Column("therapy_area", _("Therapy area"), _READ["therapy"]),
        Column("region", _("Region"), _READ["region"]),
        Column("quarter", _("Quarter"), _READ["quarter"], in_page=False),
        Column("missing", _("Conditions missing"), "points", sort="points", kind="n"),
        Column("next_due", _("Next until"), "next_due", sort="next_due", kind="day", in_page=False),
        Column("currency", _("Currency"), "currency", in_page=False),
        Column("estimate", _("Estimate"), Amount("shown_estimate", "currency"), kind="money"),
        Column("committed", _("Committed"), Amount("shown_committed", "currency"), kind="money"),
        Column("actual", _("Actual"), Amount("shown_actual", "currency"), kind="money"),
    ),
    filters=(
        Search(
            "q",
            _("Number or title"),
            lambda rows, text: (
                rows.filter(activity__title__icontains=text)
                | rows.filter(activity__number__istartswith=text)
            ),
        ),
        Choice("state", _("State"), "activity__state", State.choices),
        Choice("mode", _("Mode"), "activity__mode", Mode.choices),
        Search("therapy", CUTS["therapy"], _in_group("therapy")),
        Search("region", CUTS["region"], _in_group("region")),
        Search("quarter", CUTS["quarter"], _in_group("quarter")),
        Search("year", _("Year"), _in_year),
    ),
    sort="-activity__starts_at",
    empty=_("Nothing is planned yet."),
)
