from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.curriculum.models import OfficePolicy, OfficePolicyQuerySet, PolicyKind
from symposia.shared.lists import Choice, Column, ListOf, Search


def _rows(access: Access) -> OfficePolicyQuerySet:
    return OfficePolicy.objects.visible_to(access).select_related("owner")


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


OFFICE_POLICIES = ListOf(
    name="policies",
    title=_("Mission and policies"),
    permission=Permission.VIEW_TODAY,
    rows=_rows,
    columns=(
        Column("number", _("Number"), "number", sort="number", kind="id"),
        Column("title", _("Title"), "title", sort="title", url=lambda p: ("office_policy", [p.pk])),
        Column("kind", _("Kind"), "kind", sort="kind"),
        Column("owner", _("Owner"), "owner__full_name"),
        Column("review", _("Review due"), "review_on", sort="review_on", kind="day"),
    ),
    filters=(
        Search("q", _("Number or words"), _search),
        Choice("kind", _("Kind"), "kind", PolicyKind.choices),
    ),
    sort="number",
    empty=_("The mission and the policies of the office, with owner, review day and readers."),
)
