"""Files of the people of the house, and what became of their rows."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.directory.colleagues.words import KIND, REASONS, Reason, change_in_words
from symposia.directory.lists import IMPORT_FILTERS, OUTCOME_TONES, import_columns
from symposia.shared.lists import Choice, Column, ListOf, Rows
from symposia.work.models import Import, ImportRow, Outcome

_GATE = Permission.MANAGE_ACCESS


def _files(access: Access) -> Rows:
    made = Import.objects.of_kind(KIND)
    return made if access.everywhere(_GATE) else made.none()


def _rows_of(access: Access, pk: Any) -> Rows:
    return ImportRow.objects.filter(made__in=_files(access).filter(pk=pk))


def _said_of(row: ImportRow) -> str:
    """Why a row is not taken, or what it changes, in words."""
    if row.reason:
        reason = str(REASONS.get(row.reason, row.reason))
        return f"{reason}: {row.changes}" if row.reason == Reason.REFUSED else reason
    changes = [change_in_words(each) for each in row.changes.split(", ") if each]
    return "; ".join(changes)


COLLEAGUE_IMPORTS = ListOf(
    name="colleague_imports",
    title=_("Files of people who work here"),
    permission=_GATE,
    rows=_files,
    columns=import_columns("colleague_import_rows"),
    filters=IMPORT_FILTERS,
    sort="-made_at",
    empty=_("No file was handed in yet."),
)

COLLEAGUE_IMPORT_ROWS = ListOf(
    name="colleague_import_rows",
    title=_("Rows of the file"),
    permission=_GATE,
    rows=_rows_of,
    columns=(
        Column("line", _("Line"), lambda row: row.line or None, sort="line", kind="n"),
        Column(
            "outcome",
            _("Outcome"),
            "outcome",
            kind="state",
            tone=lambda row: OUTCOME_TONES[row.outcome],
        ),
        Column("reason", _("Reason or changes"), _said_of),
        Column("email", _("E-mail"), "number"),
        Column("name", _("Name"), "label"),
    ),
    filters=(
        Choice("outcome", _("Outcome"), "outcome", Outcome.choices),
        Choice("reason", _("Reason"), "reason", list(REASONS.items())),
    ),
    sort="line",
    empty=_("Nothing to report of this file."),
)
