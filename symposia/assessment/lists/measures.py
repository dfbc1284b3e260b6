from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.assessment.measure_rows import KIND, REASONS
from symposia.assessment.models import FEWEST_SHOWN, MeasureFigure, MeasureLevel, Phase
from symposia.directory.lists import IMPORT_FILTERS, OUTCOME_TONES, import_columns
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search
from symposia.work.models import Import, ImportRow, Outcome

_GATE = Permission.MANAGE_EVALUATIONS


def _figures(access: Access, activity_pk: UUID | None = None) -> Rows:
    """Figures from records, of at least so many; smaller ones would point at people."""
    rows = MeasureFigure.objects.visible_to(access).filter(denominator__gte=FEWEST_SHOWN)
    rows = rows.filter(activity=activity_pk) if activity_pk else rows
    return rows.select_related("activity", "gap")


def _search(rows: Any, text: str) -> Any:
    return rows.filter(Q(measure__icontains=text) | Q(source__icontains=text))


MEASURES = ListOf(
    name="measures",
    title=_("Figures from records"),
    permission=Permission.VIEW_EVALUATIONS,
    rows=_figures,
    columns=(
        Column("activity", _("Activity"), "activity__number", kind="id", in_page=False),
        Column("level", _("Level"), "level", sort="level"),
        Column("measure", _("Measure"), "measure", sort="measure"),
        Column("phase", _("When"), "phase", sort="phase"),
        Column("numerator", _("How many"), "numerator", kind="n"),
        Column("denominator", _("Of how many"), "denominator", kind="n"),
        Column("starts", _("From"), "starts_on", sort="starts_on", kind="day"),
        Column("ends", _("To"), "ends_on", sort="ends_on", kind="day"),
        Column("source", _("Source"), "source"),
        Column("gap", _("Gap"), "gap__number"),
    ),
    filters=(
        Search("q", _("Measure or source"), _search),
        Choice("level", _("Level"), "level", MeasureLevel.choices),
        Choice("phase", _("When"), "phase", Phase.choices),
    ),
    sort="measure",
    empty=_("No figure from records yet. Hand in a file."),
)


def _files(access: Access) -> Rows:
    """The files of figures; who plans a part of the organisation sees those they handed in."""
    made = Import.objects.of_kind(KIND)
    if access.everywhere(_GATE):
        return made
    return made.filter(made_by_id=access.user_id) if access.holds(_GATE) else made.none()


def _rows_of(access: Access, pk: Any) -> Rows:
    return ImportRow.objects.filter(made__in=_files(access).filter(pk=pk))


MEASURE_IMPORTS = ListOf(
    name="measure_imports",
    title=_("Files of figures"),
    permission=_GATE,
    rows=_files,
    columns=import_columns("measure_import_rows"),
    filters=IMPORT_FILTERS,
    sort="-made_at",
    empty=_("No file was handed in yet."),
)
MEASURE_IMPORT_ROWS = ListOf(
    name="measure_import_rows",
    title=_("Rows of the file"),
    permission=_GATE,
    rows=_rows_of,
    columns=(
        Column("line", _("Line"), "line", sort="line", kind="n"),
        Column(
            "outcome",
            _("Outcome"),
            "outcome",
            kind="state",
            tone=lambda row: OUTCOME_TONES[row.outcome],
        ),
        Column("reason", _("Reason"), "changes"),
        Column("activity", _("Activity"), "number"),
        Column("measure", _("Measure"), "label"),
    ),
    filters=(
        Choice("outcome", _("Outcome"), "outcome", Outcome.choices),
        Choice("reason", _("Reason"), "reason", list(REASONS.items())),
    ),
    sort="line",
    empty=_("Nothing to report of this file."),
)
