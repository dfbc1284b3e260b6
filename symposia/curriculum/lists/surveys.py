from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.curriculum.models import Survey, SurveyQuerySet, SurveyState
from symposia.shared.lists import Choice, Column, ListOf, Search

SURVEY_TONES: dict[str, str] = {
    SurveyState.DRAFT: "",
    SurveyState.OPEN: "info",
    SurveyState.CLOSED: "ok",
}


def _rows(access: Access) -> SurveyQuerySet:
    return Survey.objects.visible_to(access).with_counts()


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


SURVEYS = ListOf(
    name="surveys",
    title=_("Needs surveys"),
    permission=Permission.VIEW_CURRICULUM,
    rows=_rows,
    columns=(
        Column("number", _("Number"), "number", sort="number", kind="id"),
        Column("title", _("Survey"), "title", sort="title", url=lambda s: ("survey", [s.pk])),
        Column("round", _("Round"), "round", sort="round", kind="n"),
        Column("asked", _("Asked"), "asked", sort="asked", kind="n"),
        Column("answered", _("Answered"), "answered", sort="answered", kind="n"),
        Column(
            "repeats",
            _("Repeats after months"),
            "repeats_after_months",
            sort="repeats_after_months",
            kind="n",
        ),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda s: SURVEY_TONES[s.state],
        ),
        Column("introduction", _("Introduction"), "introduction", in_page=False),
    ),
    filters=(
        Search("q", _("Number or words"), _search),
        Choice("state", _("State"), "state", SurveyState.choices),
    ),
    sort="-made_at",
    empty=_("A survey asks clinicians what they need; its results become evidence of gaps."),
)
