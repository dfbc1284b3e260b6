from typing import Any, cast

from django.db.models import BigIntegerField, CharField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity, ActivityQuerySet, State
from symposia.finance.models import Account, BudgetEntry
from symposia.finance.queries import books_currency
from symposia.shared.lists import Choice, Column, ListOf, Search
from symposia.shared.money import Money


def _sum(account: Account) -> Coalesce:
    of_activity = (
        BudgetEntry.objects.filter(posting__line__activity=OuterRef("pk"), account=account)
        .order_by()
        .values("posting__line__activity")
        .annotate(sum=Sum("amount_minor"))
        .values("sum")
    )
    return Coalesce(Subquery(of_activity, output_field=BigIntegerField()), 0)


def _rows(access: Access, **_kwargs: Any) -> QuerySet[Any]:
    """Activities this person may see the money of, with their sums in the same statement."""
    return Activity.objects.visible_to(access, Permission.VIEW_MONEY).annotate(
        estimate=_sum(Account.ESTIMATE),
        committed=_sum(Account.COMMITMENT),
        actual=_sum(Account.ACTUAL),
        left=_sum(Account.ESTIMATE) - _sum(Account.ACTUAL),
        currency=Value(books_currency(), output_field=CharField()),
    )


def _search(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return cast(ActivityQuerySet, rows).search(text)


def _amount(name: str, label: Any) -> Column:
    return Column(
        name,
        label,
        lambda row: Money.from_minor(getattr(row, name), row.currency),
        sort=name,
        kind="n",
    )


MONEY = ListOf(
    name="money",
    title=_("Money"),
    permission=Permission.VIEW_MONEY,
    rows=_rows,
    columns=(
        Column(
            "number",
            _("Activity"),
            lambda a: a.number,
            sort="number",
            url=lambda a: ("activity_money", [a.pk]),
            kind="id",
        ),
        Column("title", _("Title"), lambda a: a.title, sort="title"),
        Column("starts_on", _("Date"), lambda a: a.wall_starts.date(), sort="starts_at"),
        Column("state", _("State"), lambda a: a.get_state_display(), sort="state", kind="state"),
        Column("currency", _("Currency"), lambda a: a.currency, in_page=False),
        _amount("estimate", _("Estimate")),
        _amount("committed", _("Committed")),
        _amount("actual", _("Actual")),
        _amount("left", _("Left")),
    ),
    filters=(
        Search("q", _("Number, title or place"), find=_search),
        Choice("state", _("State"), field="state", choices=State.choices),
    ),
    sort="-starts_at",
    empty=_("No activity has money to show yet."),
)
