from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.curriculum.models import Gap, GapQuerySet, GapState, NeedType
from symposia.curriculum.queries.priorities import weights_in_force
from symposia.shared.lists import Choice, Column, ListOf, Search

TONES = {GapState.OPEN: "warn", GapState.ADDRESSED: "info", GapState.CLOSED: "ok"}


def _rows(access: Access) -> GapQuerySet:
    return Gap.objects.visible_to(access).with_score(weights_in_force())


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


GAPS = ListOf(
    name="gaps",
    title=_("Gaps"),
    permission=Permission.VIEW_CURRICULUM,
    rows=_rows,
    columns=(
        Column("number", _("Number"), "number", sort="number", kind="id"),
        Column("title", _("Gap"), "title", sort="title", url=lambda g: ("gap", [g.pk])),
        Column("need", _("Need"), "need_type", sort="need_type"),
        Column("score", _("Priority"), "score", sort="score", kind="n"),
        Column("population", _("Who"), "population", sort="population"),
        Column("baseline", _("Today"), "baseline"),
        Column("target", _("Target"), "target"),
        Column(
            "state",
            _("State"),
            "state",
            sort="state",
            kind="state",
            tone=lambda g: TONES[g.state],
        ),
        Column("statement", _("Statement"), "statement", in_page=False),
    ),
    filters=(
        Search("q", _("Number or words"), _search),
        Choice("state", _("State"), "state", GapState.choices),
        Choice("need", _("Need"), "need_type", NeedType.choices),
    ),
    sort="-created_at",
    empty=_("A gap is the difference between what clinicians do and what good practice asks."),
)
