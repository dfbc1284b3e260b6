import uuid
from typing import Any, cast

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity, ActivityQuerySet, State
from symposia.finance.models import Account, BudgetEntry, Kind, Posting
from symposia.finance.queries import books_currency
from symposia.shared.lists import Amount, Choice, Column, ListOf, Search


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
    return Column(name, label, Amount(name, "currency"), sort=name, kind="money")


MONEY = ListOf(
    name="money",
    title=_("Money"),
    permission=Permission.VIEW_MONEY,
    rows=_rows,
    columns=(
        Column(
            "number",
            _("Activity"),
            "number",
            sort="number",
            url=lambda a: ("activity_money", [a.pk]),
            kind="id",
        ),
        Column("title", _("Title"), "title", sort="title"),
        Column(
            "starts_on", _("Date"), Cast("wall_starts", DateField()), sort="starts_at", kind="day"
        ),
        Column("state", _("State"), "state", sort="state", kind="state"),
        Column("currency", _("Currency"), "currency", in_page=False),
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


def _postings(access: Access, activity_pk: uuid.UUID | None = None) -> QuerySet[Any]:
    """The postings of one activity, or of all whose money this person may see."""
    amount = BudgetEntry.objects.filter(
        posting=OuterRef("pk"), account__in=(Account.ESTIMATE, Account.COMMITMENT, Account.ACTUAL)
    )
    seen = Activity.objects.visible_to(access, Permission.VIEW_MONEY)
    rows = Posting.objects.filter(line__activity__in=seen).select_related("line__activity")
    if activity_pk:
        rows = rows.filter(line__activity=activity_pk)
    return rows.annotate(
        minor=Subquery(amount.values("amount_minor")[:1]),
        currency=Subquery(amount.values("currency")[:1]),
    )


LEDGER = ListOf(
    name="activity_ledger",
    title=_("Ledger"),
    permission=Permission.VIEW_MONEY,
    rows=_postings,
    columns=(
        Column("posted_at", _("Posted"), "posted_at", sort="posted_at", kind="moment"),
        Column("booked_on", _("Day of the books"), "booked_on", sort="booked_on", kind="day"),
        Column("activity", _("Activity"), "line__activity__number", kind="id"),
        Column("kind", _("Kind"), "kind", sort="kind", kind="state"),
        Column("line", _("Line"), "line__description"),
        Column("currency", _("Currency"), "currency", in_page=False),
        Column(
            "amount",
            _("Amount"),
            Amount("minor", "currency"),
            sort="minor",
            kind="money",
        ),
        Column("paid_to", _("Paid to"), "paid_to"),
        Column("evidence", _("Evidence"), "evidence"),
        Column("reason", _("What for"), "reason"),
        Column("posted_by", _("Posted by"), "posted_by_name"),
    ),
    filters=(Choice("kind", _("Kind"), field="kind", choices=Kind.choices),),
    sort="-posted_at",
    empty=_("Nothing has been posted yet."),
)
