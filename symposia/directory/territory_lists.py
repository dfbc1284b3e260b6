"""Territories, and who held one when."""

from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import local_day
from symposia.directory.models import Assignment, Territory
from symposia.shared.lists import Column, ListOf, Rows, Search


def _territories(access: Access) -> Rows:
    today = Assignment.objects.on(local_day(now())).filter(territory=OuterRef("pk"))
    names = today.order_by("role__name", "pk").values("membership__user__full_name")
    seen = Territory.objects.visible_to(access).select_related("parent")
    return seen.annotate(holder_names=ArraySubquery(names))


def _named(rows: Rows, text: str) -> Rows:
    return rows.filter(Q(name__icontains=text) | Q(code__icontains=text))


def _history(access: Access, pk: Any) -> Rows:
    return Assignment.objects.visible_to(access).filter(territory_id=pk).with_people()


def _on_day(rows: Rows, text: str) -> Rows:
    """Who held it on a day; words that are no day find nobody."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return rows.none()
    return rows.filter(Q(until_on=None) | Q(until_on__gte=day), from_on__lte=day)


TERRITORIES = ListOf(
    name="territories",
    title=_("Territories"),
    permission=Permission.VIEW_DIRECTORY,
    rows=_territories,
    columns=(
        Column("name", _("Name"), "name", sort="name", url=lambda t: ("territory", [t.pk])),
        Column("code", _("Code"), "code", sort="code", kind="id"),
        Column("parent", _("Lies in"), "parent__name"),
        Column("holders", _("Held today by"), lambda t: ", ".join(t.holder_names)),
    ),
    filters=(Search("q", _("Name or code"), find=_named),),
    sort="name",
    empty=_("No territory yet."),
)

TERRITORY_HISTORY = ListOf(
    name="territory",
    title=_("Who held it when"),
    permission=Permission.VIEW_DIRECTORY,
    rows=_history,
    columns=(
        Column("person", _("Person"), "membership__user__full_name"),
        Column("role", _("Role"), "role__name"),
        Column("from", _("From"), "from_on", sort="from_on", kind="day"),
        Column("until", _("Last day"), "until_on", kind="day"),
        Column("by", _("Given by"), "assigned_by_name"),
        Column("at", _("Given"), "assigned_at", kind="moment", in_page=False),
    ),
    filters=(Search("on", _("Held on"), find=_on_day, kind="date"),),
    sort="-from_on",
    empty=_("Nobody held it yet."),
)
