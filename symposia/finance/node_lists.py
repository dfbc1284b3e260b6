"""The budget tree as lists: its nodes, the activities that hang on one, and their postings."""

import uuid
from typing import Any

from django.db.models import Case, CharField, F, Value, When
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.activities.models import Activity, State
from symposia.finance.models import (
    Account,
    BudgetNode,
    BudgetPlace,
    Kind,
    NodeKind,
    Posting,
)
from symposia.finance.tree import NEAR
from symposia.shared.lists import Amount, Choice, Column, ListOf, Rows, Search

_NEAR = _("Near its cap, or full")


def _nodes(access: Access, **_kwargs: Any) -> Rows:
    rows: Rows = BudgetNode.objects.shown_to(access).select_related("parent", "territory")
    near = Case(
        When(used__gte=NEAR, then=Value("near")), default=Value(""), output_field=CharField()
    )
    found: Rows = rows.annotate(nearness=near)
    return found


def _find(rows: Any, text: str) -> Rows:
    found: Rows = rows.search(text)
    return found


def _beneath(rows: Any, text: str) -> Rows:
    """A node and all beneath it, by its code."""
    paths = BudgetNode.objects.filter(code__iexact=text.strip()).values_list("pk", flat=True)[:1]
    found: Rows = rows.filter(path__contains=list(paths)) if paths else rows.none()
    return found


def _amount(name: str, label: Any) -> Column:
    return Column(
        name, label, Amount(f"seen_{name}", "currency"), sort=f"seen_{name}", kind="money"
    )


BUDGET_NODES = ListOf(
    name="budget_nodes",
    title=_("Nodes of the budget"),
    permission=Permission.VIEW_MONEY,
    rows=_nodes,
    columns=(
        Column(
            "code",
            _("Node"),
            "code",
            sort="code",
            kind="id",
            url=lambda n: ("budget_node", [n.pk]),
        ),
        Column("name", _("Name"), "name", sort="name"),
        Column("kind", _("Divides by"), "kind", sort="kind", in_page=False),
        Column("parent", _("Part of"), "parent__code", kind="id"),
        Column("territory", _("Territory"), "territory__code", in_page=False),
        Column("brand", _("Brand"), "product", in_page=False),
        Column("therapy", _("Therapy area"), "therapy_area", in_page=False),
        Column("from", _("From"), "starts_on", kind="day", in_page=False),
        Column("until", _("Until"), "ends_on", kind="day", in_page=False),
        Column("cost_centre", _("Cost centre"), "cost_centre", in_page=False),
        Column("independent", _("Independent education"), "is_independent", in_page=False),
        Column("currency", _("Currency"), "currency", in_page=False),
        _amount("envelope", _("Envelope")),
        _amount("estimate", _("Estimate")),
        _amount("committed", _("Committed")),
        _amount("actual", _("Actual")),
        _amount("free", _("Free")),
        Column("used", _("Used, ‰"), "used", sort="used", kind="n"),
    ),
    filters=(
        Search("q", _("Code, name, brand, therapy area or cost centre"), _find),
        Search("beneath", _("Code of a node, with all beneath it"), _beneath),
        Choice("kind", _("Divides by"), "kind", NodeKind.choices),
        Choice("near", _("Cap"), "nearness", [("near", _NEAR)]),
    ),
    sort="code",
    empty=_("No budget has been divided yet."),
)


def _places(access: Access, node_pk: uuid.UUID | None = None) -> Rows:
    """What hangs on a node or beneath it, as far as somebody sees both."""
    nodes = BudgetNode.objects.visible_to(access)
    if node_pk:
        nodes = nodes.filter(path__contains=[node_pk])
    seen = Activity.objects.visible_to(access, Permission.VIEW_MONEY)
    rows = BudgetPlace.objects.filter(node__in=nodes, activity__in=seen)
    rows = rows.select_related("activity", "node")
    return rows.annotate(currency=F("node__currency"))


def _of_place(name: str, label: Any) -> Column:
    return Column(
        name, label, Amount(f"{name}_minor", "currency"), sort=f"{name}_minor", kind="money"
    )


def _find_activity(rows: Rows, text: str) -> Rows:
    return rows.filter(activity__in=Activity.objects.all().search(text))


NODE_ACTIVITIES = ListOf(
    name="budget_node_activities",
    title=_("Activities of the budget"),
    permission=Permission.VIEW_MONEY,
    rows=_places,
    columns=(
        Column(
            "activity",
            _("Activity"),
            "activity__number",
            sort="activity__number",
            kind="id",
            url=lambda p: ("activity_money", [p.activity_id]),
        ),
        Column("title", _("Title"), "activity__title"),
        Column("state", _("State"), "activity__state", kind="state"),
        Column("node", _("Node"), "node__code", kind="id"),
        Column("chosen", _("Chosen by a person"), "is_chosen", in_page=False),
        Column("reason", _("Reason"), "reason", in_page=False),
        Column("currency", _("Currency"), "currency", in_page=False),
        _of_place("estimate", _("Estimate")),
        _of_place("committed", _("Committed")),
        _of_place("actual", _("Actual")),
        _of_place("charged", _("Held against the cap")),
    ),
    filters=(
        Search("q", _("Number, title or place"), _find_activity),
        Choice("state", _("State"), "activity__state", State.choices),
    ),
    sort="-charged_minor",
    empty=_("No activity hangs here yet."),
)

_OWN_SIDES = (Account.ESTIMATE, Account.COMMITMENT, Account.ACTUAL)


def _postings(access: Access, node_pk: uuid.UUID | None = None) -> Rows:
    """What was posted for the activities that hang on a node or beneath it."""
    hanging = _places(access, node_pk).values("activity")
    # Of its two sides the one of the line: one row a posting, joined once.
    rows = Posting.objects.filter(line__activity__in=hanging, entries__account__in=_OWN_SIDES)
    return rows.select_related("line__activity").annotate(
        minor=F("entries__amount_minor"), currency=F("entries__currency")
    )


NODE_POSTINGS = ListOf(
    name="budget_node_postings",
    title=_("Postings of the budget"),
    permission=Permission.VIEW_MONEY,
    rows=_postings,
    columns=(
        Column("posted_at", _("Posted"), "posted_at", sort="posted_at", kind="moment"),
        Column("booked_on", _("Day of the books"), "booked_on", kind="day", in_page=False),
        Column(
            "activity",
            _("Activity"),
            "line__activity__number",
            kind="id",
            url=lambda p: ("activity_money", [p.line.activity_id]),
        ),
        Column("line", _("Line"), "line__description"),
        Column("category", _("Category"), "line__category", in_page=False),
        Column("kind", _("Kind"), "kind", sort="kind", kind="state"),
        Column("currency", _("Currency"), "currency", in_page=False),
        Column("amount", _("Amount"), Amount("minor", "currency"), kind="money"),
        Column("paid_to", _("Paid to"), "paid_to"),
        Column("evidence", _("Evidence"), "evidence", in_page=False),
        Column("reason", _("What for"), "reason", in_page=False),
        Column("posted_by", _("Posted by"), "posted_by_name", in_page=False),
    ),
    filters=(Choice("kind", _("Kind"), "kind", Kind.choices),),
    sort="-posted_at",
    empty=_("Nothing has been posted yet."),
)
