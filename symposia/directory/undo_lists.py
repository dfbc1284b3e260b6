"""What an import did and an undo leaves as it is, row by row, as a list."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from symposia.accounts.permissions import Access, Permission
from symposia.directory.duplicates.belongings import belonging
from symposia.directory.imports.leaving import INSTITUTION, NUMBER, OWN_FIELD, PERSON
from symposia.directory.lists import FIELD_LABELS
from symposia.directory.models import Stays, UndoLine
from symposia.shared.lists import Choice, Column, ListOf, Rows, Words

WHAT: dict[str, Words] = {
    PERSON: _("The person"),
    NUMBER: _("A number"),
    INSTITUTION: _("An institution"),
    OWN_FIELD: _("An own field"),
}


def what_of(line: UndoLine) -> str:
    """The record as a whole, or the field that stays."""
    return str(WHAT.get(line.what) or FIELD_LABELS[line.what])


def why_of(line: UndoLine) -> str:
    """Why it stays, and by what it is used."""
    if not line.used_in:
        return str(Stays(line.reason).label)
    return f"{Stays(line.reason).label}: {_used(line)}"


def _used(line: UndoLine) -> str:
    known = belonging(line.used_in)
    if known and line.what == PERSON:
        return known.counted(line.times)
    return ngettext("%(n)s other record names it", "%(n)s other records name it", line.times) % {
        "n": line.times
    }


def _address(line: UndoLine) -> tuple[str, list[Any]] | None:
    """The person, where it is one."""
    return None if line.what in {NUMBER, INSTITUTION} else ("clinician", [line.row_id])


def _lines(_access: Access, pk: Any) -> Rows:
    return UndoLine.objects.filter(made_id=pk)


IMPORT_UNDO = ListOf(
    name="import_undo",
    title=_("What stays as it is"),
    permission=Permission.IMPORT_CLINICIANS,
    of_all=True,
    rows=_lines,
    columns=(
        Column("line", _("Line"), "line", sort="line", kind="n"),
        Column("label", _("Name"), "label", url=_address),
        Column("what", _("What stays"), what_of),
        Column("reason", _("Why"), why_of),
    ),
    filters=(Choice("reason", _("Why"), "reason", Stays.choices),),
    sort="line",
    empty=_("Everything this file did can be taken back."),
)
