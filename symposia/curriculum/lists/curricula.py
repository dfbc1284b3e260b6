from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.curriculum.models import Curriculum, CurriculumQuerySet, CurriculumState
from symposia.shared.lists import Choice, Column, ListOf, Search

CURRICULUM_TONES: dict[str, str] = {
    CurriculumState.DRAFT: "",
    CurriculumState.PUBLISHED: "ok",
    CurriculumState.RETIRED: "",
}


def _rows(access: Access) -> CurriculumQuerySet:
    return Curriculum.objects.visible_to(access)


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


CURRICULA = ListOf(
    name="curricula",
    title=_("Curricula"),
    permission=Permission.VIEW_CURRICULUM,
    rows=_rows,
    columns=(
        Column("number", _("Number"), "number", sort="number", kind="id"),
        Column(
            "title", _("Curriculum"), "title", sort="title", url=lambda c: ("curriculum", [c.pk])
        ),
        Column("audience", _("For whom"), "audience", sort="audience"),
        Column("edition", _("Edition"), "edition", sort="edition", kind="n"),
        Column("rule", _("Completed by"), "rule"),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda c: CURRICULUM_TONES[c.state],
        ),
        Column("purpose", _("Purpose"), "purpose", in_page=False),
    ),
    filters=(
        Search("q", _("Number or words"), _search),
        Choice("state", _("State"), "state", CurriculumState.choices),
    ),
    sort="-made_at",
    empty=_("A curriculum puts objectives in an order for an audience, with a completion rule."),
)
