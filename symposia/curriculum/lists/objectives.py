from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.curriculum.models import GapState, Objective, ObjectiveQuerySet
from symposia.curriculum.standards.reading import competencies
from symposia.shared.lists import Choice, Column, ListOf, Search


def _rows(access: Access) -> ObjectiveQuerySet:
    return Objective.objects.visible_to(access).select_related("gap", "guideline")


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


def _missing(objective: Objective) -> str:
    lacks = []
    if objective.guideline is None:
        lacks.append(_("guideline"))
    if not objective.local_figure:
        lacks.append(_("local figure"))
    return ", ".join(str(each) for each in lacks)


OBJECTIVES = ListOf(
    name="objectives",
    title=_("Objectives"),
    permission=Permission.VIEW_CURRICULUM,
    rows=_rows,
    columns=(
        Column(
            "text",
            _("Objective"),
            "text",
            sort="text",
            url=lambda o: ("objective", [o.pk]),
        ),
        Column("gap", _("Gap"), "gap__number", sort="gap__number", kind="id"),
        Column("competency", _("Competency"), lambda o: o.get_competency_display()),
        Column("guideline", _("Guideline"), lambda o: str(o.guideline or "")),
        Column("recommendation", _("Recommendation"), "recommendation", in_page=False),
        Column("figure", _("Local figure"), "local_figure"),
        Column("missing", _("Missing"), _missing),
        Column("source", _("Source of the figure"), "local_source", in_page=False),
    ),
    filters=(
        Search("q", _("Words or gap"), _search),
        Choice(
            "competency",
            _("Competency"),
            "competency",
            lambda: [(each.code, each.title) for each in competencies().values()],
        ),
        Choice("gap_state", _("State of the gap"), "gap__state", GapState.choices),
    ),
    sort="-added_at",
    empty=_("An objective is what a learner will do differently; it belongs to a gap."),
)
