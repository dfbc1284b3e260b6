"""Files that bring the past, and what became of their rows."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.directory.lists import IMPORT_FILTERS, OUTCOME_TONES, import_columns
from symposia.reporting.models import PastKind, PastRow
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search
from symposia.work.models import Import, Outcome

_GATE = Permission.IMPORT_CLINICIANS


def past_files(access: Any, **_kwargs: Any) -> Rows:
    """Every file of the past, for whoever imports into the whole organisation."""
    rows = Import.objects.filter(kind__in=PastKind.values)
    return rows if access.everywhere(_GATE) else rows.none()


PAST_IMPORTS = ListOf(
    name="past_imports",
    title=_("Files of the past"),
    permission=_GATE,
    of_all=True,
    rows=past_files,
    columns=(
        *import_columns("past_rows"),
        Column("kind", _("What it brings"), lambda made: str(PastKind(made.kind).label)),
    ),
    filters=(*IMPORT_FILTERS, Choice("kind", _("What it brings"), "kind", PastKind.choices)),
    sort="-made_at",
    empty=_("Nothing of before was brought in yet."),
)


def _rows(access: Any, **kwargs: Any) -> Rows:
    return PastRow.objects.visible_to(access).filter(made=kwargs["pk"])


def _search(rows: Rows, text: str) -> Rows:
    return rows.filter(label__icontains=text) | rows.filter(said__icontains=text)


PAST_ROWS = ListOf(
    name="past_rows",
    title=_("Rows of the file"),
    permission=_GATE,
    of_all=True,
    rows=_rows,
    columns=(
        Column("line", _("Row"), "line", sort="line", kind="n"),
        Column(
            *("outcome", _("Outcome"), "outcome"),
            kind="state",
            tone=lambda row: OUTCOME_TONES[row.outcome],
        ),
        Column("label", _("Of what"), "label"),
        Column("field", _("Field"), "field", sort="field"),
        Column("expected", _("Expected"), "expected"),
        Column("said", _("It said"), "said"),
        Column("kept", _("Kept"), "kept"),
    ),
    filters=(
        Search("q", _("Words of a row"), _search),
        Choice("outcome", _("Outcome"), "outcome", Outcome.choices),
    ),
    sort="line",
    empty=_("Nothing to report of this file."),
)
