"""Payees, orders and what waits for a second person, as lists."""

from typing import Any

from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.finance.models import (
    Delivered,
    OrderState,
    Overrun,
    Payee,
    PayeeKind,
    PurchaseOrder,
)
from symposia.finance.transfer_lists import TRANSFER_TONES
from symposia.shared.lists import Amount, Choice, Column, ListOf, Rows, Search
from symposia.shared.proposals import ProposalState

ORDER_TONES: dict[str, str] = {OrderState.OPEN: "info", OrderState.ENDED: ""}


def _payees(access: Access, **_kwargs: Any) -> Rows:
    return Payee.objects.visible_to(access)


def _search(rows: Any, text: str) -> Rows:
    found: Rows = rows.search(text)
    return found


PAYEES = ListOf(
    name="payees",
    title=_("Payees"),
    permission=Permission.VIEW_MONEY,
    of_all=True,
    rows=_payees,
    columns=(
        Column(
            "number",
            _("Number"),
            "number",
            sort="number",
            kind="id",
            url=lambda p: ("payee", [p.pk]),
        ),
        Column("name", _("Name"), "name", sort="name"),
        Column("kind", _("Kind"), "kind", sort="kind"),
        Column("country", _("Country"), "country"),
        Column("tax_number", _("Tax number"), "tax_number"),
        Column("made_at", _("Since"), "made_at", sort="made_at", kind="moment"),
        Column("made_by", _("Noted by"), "made_by_name", in_page=False),
    ),
    filters=(
        Search("q", _("Name, number or tax number"), _search),
        Choice("kind", _("Kind"), "kind", PayeeKind.choices),
    ),
    sort="name",
    empty=_("Nobody is paid from here yet."),
)


def _orders(access: Access, **_kwargs: Any) -> Rows:
    came = (
        Delivered.objects.filter(order=OuterRef("pk"))
        .order_by()
        .values("order")
        .annotate(sum=Sum("quantity"))
        .values("sum")
    )
    rows = PurchaseOrder.objects.visible_to(access).select_related("vendor", "activity")
    return rows.annotate(came=Coalesce(Subquery(came), F("quantity") - F("quantity")))


ORDERS = ListOf(
    name="orders",
    title=_("Orders"),
    permission=Permission.VIEW_MONEY,
    rows=_orders,
    columns=(
        Column(
            "number",
            _("Number"),
            "number",
            sort="number",
            kind="id",
            url=lambda o: ("order", [o.pk]),
        ),
        Column("vendor", _("Vendor"), "vendor__name", sort="vendor__name"),
        Column("what_for", _("What is ordered"), "what_for"),
        Column("activity", _("Activity"), "activity__number", kind="id"),
        Column("quantity", _("Ordered"), "quantity", kind="n"),
        Column("came", _("Delivered"), "came", kind="n"),
        Column("unit", _("Unit"), "unit"),
        Column("currency", _("Currency"), "currency", in_page=False),
        Column("each", _("Each"), Amount("each_minor", "currency"), kind="money"),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda o: ORDER_TONES[o.state],
        ),
        Column("ordered_at", _("Ordered at"), "ordered_at", sort="ordered_at", kind="moment"),
        Column("ordered_by", _("Ordered by"), "ordered_by_name"),
        Column("over_because", _("Above its line because"), "over_because", in_page=False),
        Column("ended_because", _("Ended because"), "ended_because", in_page=False),
    ),
    filters=(
        Search("q", _("Vendor, number or activity"), _search),
        Choice("state", _("State"), "state", OrderState.choices),
    ),
    sort="-ordered_at",
    empty=_("Nothing has been ordered yet."),
)


def _overruns(access: Access, **_kwargs: Any) -> Rows:
    rows = Overrun.objects.visible_to(access)
    return rows.select_related("line__activity", "bill", "expense").annotate(
        paper_number=Coalesce("bill__number", "expense__number")
    )


def _page_of(overrun: Any) -> tuple[str, list[Any]]:
    return ("bill", [overrun.bill_id]) if overrun.bill_id else ("expense", [overrun.expense_id])


OVERRUNS = ListOf(
    name="overruns",
    title=_("Above what was expected"),
    permission=Permission.VIEW_MONEY,
    rows=_overruns,
    columns=(
        Column("paper", _("Paper"), "paper_number", kind="id", url=_page_of),
        Column("activity", _("Activity"), "line__activity__number", kind="id"),
        Column("line", _("Line"), "line__description"),
        Column("currency", _("Currency"), "currency", in_page=False),
        Column("amount", _("Amount"), Amount("amount_minor", "currency"), kind="money"),
        Column("over", _("Above"), Amount("over_minor", "currency"), kind="money"),
        Column("reason", _("Reason"), "reason"),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda o: TRANSFER_TONES[o.state],
        ),
        Column("proposed_at", _("Asked"), "proposed_at", sort="proposed_at", kind="moment"),
        Column("proposed_by", _("Asked by"), "proposed_by_name"),
        Column("decided_by", _("Decided by"), "decided_by_name"),
    ),
    filters=(Choice("state", _("State"), "state", ProposalState.choices),),
    sort="-proposed_at",
    empty=_("Nothing was far above what was expected yet."),
)
