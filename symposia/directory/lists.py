from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.directory.import_words import FIELDS, REASONS
from symposia.directory.models import Clinician, Profession, Territory
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search, Words
from symposia.work.models import Import, ImportRow, ImportState, Outcome

TONES = {
    ImportState.RECEIVED: "info",
    ImportState.CHECKING: "info",
    ImportState.IMPORTING: "info",
    ImportState.CHECKED: "warn",
    ImportState.DONE: "ok",
    ImportState.FAILED: "stop",
}
OUTCOME_TONES = {
    Outcome.NEW: "ok",
    Outcome.CHANGED: "info",
    Outcome.UNCHANGED: "",
    Outcome.REJECTED: "stop",
    Outcome.SKIPPED: "",
}


@dataclass(frozen=True)
class Standing(Choice):
    """A filter by whether somebody is offered anything new."""

    def apply(self, rows: Rows, values: list[str]) -> Rows:
        wanted = [v for v in values if v in {"active", "deactivated"}]
        if len(set(wanted)) != 1:
            return rows
        return rows.filter(deactivated_at__isnull=wanted[0] == "active")


def _territories() -> Sequence[tuple[str, Words]]:
    return [(str(pk), name) for pk, name in Territory.objects.for_choice()]


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


CLINICIANS = ListOf(
    name="clinicians",
    title=_("People"),
    permission=Permission.VIEW_DIRECTORY,
    rows=lambda access: Clinician.objects.visible_to(access).for_list(),
    columns=(
        Column(
            "name",
            _("Name"),
            lambda c: c.called,
            sort="full_name",
            url=lambda c: ("clinician", [c.pk]),
        ),
        Column("full_name", _("Name as on the licence"), lambda c: c.full_name, in_page=False),
        Column("credential", _("Credential"), lambda c: c.credential),
        Column("profession", _("Profession"), lambda c: c.get_profession_display()),
        Column("specialty", _("Specialty"), lambda c: c.specialty),
        Column("institution", _("Institution"), lambda c: c.institution and c.institution.name),
        Column("city", _("City"), lambda c: c.city),
        Column("region", _("State or region"), lambda c: c.region),
        Column("country", _("Country"), lambda c: c.country, in_page=False),
        Column("number", _("Number"), lambda c: c.number, kind="id"),
        Column("email", _("E-mail"), lambda c: c.email, in_page=False),
        Column("phone", _("Telephone"), lambda c: c.phone, in_page=False),
        Column("territory", _("Territory"), lambda c: c.territory and c.territory.name),
        Column(
            "standing",
            _("Standing"),
            lambda c: _("Active") if c.is_active else _("Deactivated"),
            kind="state",
            tone=lambda c: "ok" if c.is_active else "stop",
        ),
    ),
    filters=(
        Search("q", _("Name, number or e-mail"), _search),
        Choice("profession", _("Profession"), "profession", Profession.choices),
        Choice("territory", _("Territory"), "territory_id", _territories),
        Standing(
            "standing",
            _("Standing"),
            "deactivated_at",
            [("active", _("Active")), ("deactivated", _("Deactivated"))],
        ),
    ),
    sort="full_name",
    empty=_("Import a file of clinicians, or add the first by hand."),
)


def _counted(outcome: str) -> Callable[[Import], Any]:
    return lambda made: made.counts.get(outcome)


IMPORTS = ListOf(
    name="imports",
    title=_("Imports"),
    permission=Permission.IMPORT_CLINICIANS,
    rows=lambda _access: Import.objects.of_kind("clinicians"),
    columns=(
        Column(
            "file",
            _("File"),
            lambda made: made.file_name,
            url=lambda made: ("import_rows", [made.pk]),
        ),
        Column("at", _("Received"), lambda made: made.made_at, sort="made_at", kind="moment"),
        Column("by", _("By"), lambda made: made.made_by_name),
        *(Column(name, label, _counted(name), kind="n") for name, label in Outcome.choices),
        Column(
            "state",
            _("State"),
            lambda made: made.get_state_display(),
            kind="state",
            tone=lambda made: TONES[made.state],
        ),
        Column("sha256", _("Hash of the file"), lambda made: made.sha256, in_page=False),
    ),
    filters=(Choice("state", _("State"), "state", ImportState.choices),),
    sort="-made_at",
    empty=_("No file was handed in yet."),
)
_FIELD_LABELS: dict[str, Words] = {
    **{field.name: field.label for field in FIELDS},
    "deactivated": _("Deactivated"),
    "reactivated": _("Taken up again"),
}


def reason_of(row: ImportRow) -> str:
    """Why a row is rejected or skipped, or what it changes, in words."""
    if row.reason:
        return str(REASONS[row.reason])
    names = [name for name in row.changes.split(", ") if name]
    return ", ".join(str(_FIELD_LABELS[name]) for name in names)


def _rows_of(_access: Access, pk: Any) -> Rows:
    return ImportRow.objects.filter(made_id=pk)


IMPORT_ROWS = ListOf(
    name="import_rows",
    title=_("Rows of the file"),
    permission=Permission.IMPORT_CLINICIANS,
    rows=_rows_of,
    columns=(
        Column("line", _("Line"), lambda row: row.line, sort="line", kind="n"),
        Column(
            "outcome",
            _("Outcome"),
            lambda row: row.get_outcome_display(),
            kind="state",
            tone=lambda row: OUTCOME_TONES[row.outcome],
        ),
        Column("reason", _("Reason or changes"), reason_of),
        Column("number", _("Number or e-mail"), lambda row: row.number, kind="id"),
        Column("label", _("Name"), lambda row: row.label),
    ),
    filters=(
        Choice("outcome", _("Outcome"), "outcome", Outcome.choices),
        Choice("reason", _("Reason"), "reason", list(REASONS.items())),
    ),
    sort="line",
    empty=_("Nothing to report of this file."),
)
