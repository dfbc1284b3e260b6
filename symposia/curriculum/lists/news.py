from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.curriculum.models import CameBy, NewsItem, NewsItemQuerySet, NewsState
from symposia.shared.lists import Choice, Column, ListOf, Search

NEWS_TONES: dict[str, str] = {
    NewsState.NEW: "warn",
    NewsState.ASSIGNED: "info",
    NewsState.DECIDED: "ok",
}


def _rows(access: Access) -> NewsItemQuerySet:
    return NewsItem.objects.visible_to(access).select_related("assigned_to", "pack", "own_pack")


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


NEWS = ListOf(
    name="news",
    title=_("Accreditor news"),
    permission=Permission.VIEW_CURRICULUM,
    rows=_rows,
    columns=(
        Column("number", _("Number"), "number", sort="number", kind="id"),
        Column("title", _("News"), "title", sort="title", url=lambda n: ("news_item", [n.pk])),
        Column("body", _("Body"), "body", sort="body"),
        Column("published", _("Published"), "published_on", sort="published_on", kind="day"),
        Column("came_by", _("Came by"), "came_by"),
        Column("assigned", _("Assigned to"), "assigned_to__full_name"),
        Column("due", _("Due"), "due_on", sort="due_on", kind="day"),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda n: NEWS_TONES[n.state],
        ),
        Column("decision", _("Decision"), "decision", in_page=False),
        Column("reason", _("Reason"), "reason", in_page=False),
        Column("address", _("Link"), "address", in_page=False),
    ),
    filters=(
        Search("q", _("Number or words"), _search),
        Choice("state", _("State"), "state", NewsState.choices),
        Choice("came_by", _("Came by"), "came_by", CameBy.choices),
    ),
    sort="-came_at",
    empty=_("What accreditors and regulators make known comes in by typing, a feed or mail."),
)
