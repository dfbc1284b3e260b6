from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.curriculum.models import (
    CitationReview,
    CitationReviewQuerySet,
    Guideline,
    GuidelineQuerySet,
    GuidelineState,
    ReviewState,
)
from symposia.shared.lists import Choice, Column, ListOf, Search

GUIDELINE_TONES: dict[str, str] = {GuidelineState.CURRENT: "ok", GuidelineState.SUPERSEDED: "warn"}
REVIEW_TONES: dict[str, str] = {
    ReviewState.OPEN: "warn",
    ReviewState.KEPT: "ok",
    ReviewState.CHANGED: "ok",
}


def _guidelines(access: Access) -> GuidelineQuerySet:
    return Guideline.objects.visible_to(access).select_related("superseded_by")


def _reviews(access: Access) -> CitationReviewQuerySet:
    return CitationReview.objects.visible_to(access).select_related("guideline")


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


GUIDELINES = ListOf(
    name="guidelines",
    title=_("Guidelines"),
    permission=Permission.VIEW_CURRICULUM,
    rows=_guidelines,
    columns=(
        Column("number", _("Number"), "number", sort="number", kind="id"),
        Column(
            "title",
            _("Guideline"),
            "title",
            sort="title",
            url=lambda g: ("guideline", [g.pk]),
        ),
        Column("body", _("Body"), "body", sort="body"),
        Column("year", _("Year"), lambda g: str(g.year), sort="year"),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda g: GUIDELINE_TONES[g.state],
        ),
        Column("newer", _("Superseded by"), lambda g: str(g.superseded_by or ""), in_page=False),
        Column("address", _("Link"), "address", in_page=False),
    ),
    filters=(
        Search("q", _("Number or words"), _search),
        Choice("state", _("State"), "state", GuidelineState.choices),
    ),
    sort="-added_at",
    empty=_("A guideline is entered once and cited by gaps and objectives."),
)
CITATION_REVIEWS = ListOf(
    name="citation_reviews",
    title=_("To review"),
    permission=Permission.VIEW_CURRICULUM,
    rows=_reviews,
    columns=(
        Column(
            "subject",
            _("What cites it"),
            "subject_name",
            sort="subject_name",
            url=lambda r: ("guideline", [r.guideline_id]),
        ),
        Column("guideline", _("Superseded guideline"), lambda r: str(r.guideline)),
        Column("opened", _("Since"), lambda r: r.opened_at.date(), sort="opened_at"),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda r: REVIEW_TONES[r.state],
        ),
        Column("finding", _("Finding"), "reason"),
        Column("by", _("By"), "decided_by_name", in_page=False),
    ),
    filters=(
        Search("q", _("Words"), _search),
        Choice("state", _("State"), "state", ReviewState.choices),
    ),
    sort="-opened_at",
    empty=_("When a guideline is superseded, whatever cites it is listed here."),
)
