from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, CharField, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Access, Permission
from symposia.accounts.queries import local_day
from symposia.directory.affiliating import place_and_day
from symposia.directory.import_words import FIELDS, REASONS, own_label, particular_reason
from symposia.directory.models import (
    Affiliation,
    Clinician,
    Identifier,
    Institution,
    OwnOf,
    Profession,
    Territory,
)
from symposia.directory.own_listing import own_more
from symposia.shared.lists import Choice, Column, ListOf, Rows, Search, Words, either
from symposia.work.models import Import, ImportRow, ImportState, Outcome

TONES = {
    ImportState.RECEIVED: "info",
    ImportState.CHECKING: "info",
    ImportState.IMPORTING: "info",
    ImportState.CHECKED: "warn",
    ImportState.DONE: "ok",
    ImportState.FAILED: "stop",
    ImportState.UNDONE: "",
}
OUTCOME_TONES = {
    Outcome.NEW: "ok",
    Outcome.CHANGED: "info",
    Outcome.UNCHANGED: "",
    Outcome.REJECTED: "stop",
    Outcome.SKIPPED: "",
}


@dataclass(frozen=True)
class InUse(Choice):
    """A filter by whether somebody is offered anything new. Another record was kept of the same
    person where one was merged: it stands in the list for whoever asks for it."""

    def otherwise(self, rows: Rows) -> Rows:
        return rows.filter(merged_into__isnull=True)

    def apply(self, rows: Rows, values: list[str]) -> Rows:
        wanted = {v for v in values if v in {"active", "deactivated", "merged"}}
        if not wanted:
            return self.otherwise(rows)
        is_merged, is_active = Q(merged_into__isnull=False), Q(deactivated_at__isnull=True)
        asked = {"merged": is_merged, "active": is_active & ~is_merged}
        asked["deactivated"] = ~is_active & ~is_merged
        return rows.filter(reduce(or_, (asked[each] for each in sorted(wanted))))


def _territories() -> Sequence[tuple[str, Words]]:
    return [(str(pk), name) for pk, name in Territory.objects.for_choice()]


def _search(rows: Any, text: str) -> Any:
    return rows.search(text)


def _works_at(rows: Rows, text: str) -> Rows:
    """Who works at a place that is called so, today or on the day written after it."""
    name, day = place_and_day(text)
    exactly = Institution.objects.filter(name__iexact=name)
    named = exactly if exactly.exists() else Institution.objects.filter(name__icontains=name)
    there = Affiliation.objects.on(day or local_day()).filter(institution__in=named)
    return rows.filter(pk__in=there.values("clinician"))


STANDINGS = [
    ("active", _("Active")),
    ("deactivated", _("Deactivated")),
    ("merged", _("Merged into another record")),
]
_STANDING = Case(
    When(merged_into__isnull=False, then=Value("merged")),
    When(deactivated_at=None, then=Value("active")),
    default=Value("deactivated"),
    output_field=CharField(choices=STANDINGS),
)
# The number people know a clinician by.
_FIRST_NUMBER = Subquery(
    Identifier.objects.filter(clinician=OuterRef("pk"))
    .order_by("pk")
    .values(known=either("written", "value"))[:1]
)


CLINICIANS = ListOf(
    name="clinicians",
    title=_("People"),
    permission=Permission.VIEW_DIRECTORY,
    rows=lambda access: Clinician.objects.visible_to(access).for_list(),
    columns=(
        Column(
            "name",
            _("Name"),
            either("display_name", "full_name"),
            sort="search_text",
            url=lambda c: ("clinician", [c.pk]),
        ),
        Column("full_name", _("Name as on the licence"), "full_name", in_page=False),
        Column("credential", _("Credential"), "credential", on_phone=False),
        Column("profession", _("Profession"), "profession", on_phone=False),
        Column("specialty", _("Specialty"), "specialty"),
        Column("institution", _("Institution"), "institution__name"),
        Column(
            "institution_city", _("City of the institution"), "institution__city", in_page=False
        ),
        Column("city", _("City"), "city", on_phone=False),
        Column("region", _("State or region"), "region", on_phone=False),
        Column("country", _("Country"), "country", in_page=False),
        Column("number", _("Number"), _FIRST_NUMBER, kind="id", on_phone=False),
        Column("email", _("E-mail"), "email", in_page=False),
        Column("phone", _("Telephone"), "phone", in_page=False),
        Column("language", _("Language"), "language", in_page=False),
        Column("zone", _("Time zone"), "zone", in_page=False),
        Column("territory", _("Territory"), "territory__name", on_phone=False),
        Column(
            "standing",
            _("Standing"),
            _STANDING,
            kind="state",
            tone=lambda c: "ok" if c.is_active else "stop",
        ),
        Column("created_at", _("In the directory since"), "created_at", in_page=False),
        Column("deactivated_at", _("Deactivated on"), "deactivated_at", in_page=False),
        Column("id", _("Key"), "id", in_page=False),
    ),
    filters=(
        Search("q", _("Name, number or e-mail"), _search),
        Choice("profession", _("Profession"), "profession", Profession.choices),
        Choice("territory", _("Territory"), "territory_id", _territories),
        Search("works_at", _("Works at (and on: 2026-01-31)"), _works_at),
        InUse(
            "standing",
            _("Standing"),
            "deactivated_at",
            STANDINGS,
        ),
    ),
    sort="search_text",
    empty=_("Import a file of clinicians, or add the first by hand."),
    more=own_more(OwnOf.CLINICIAN),
)


def _counted(outcome: str) -> Cast:
    return Cast(KT(f"counts__{outcome}"), IntegerField())


def import_columns(page: str) -> tuple[Column, ...]:
    """What a list of handed-in files says of each; `page` is that of its rows."""
    return (
        Column("file", _("File"), "file_name", url=lambda made: (page, [made.pk])),
        Column("at", _("Received"), "made_at", sort="made_at", kind="moment"),
        Column("by", _("By"), "made_by_name"),
        *(Column(name, label, _counted(name), kind="n") for name, label in Outcome.choices),
        Column(
            "state",
            _("State"),
            "state",
            kind="state",
            tone=lambda made: TONES[made.state],
        ),
        Column("sha256", _("Hash of the file"), "sha256", in_page=False),
    )


IMPORT_FILTERS = (Choice("state", _("State"), "state", ImportState.choices),)
IMPORTS = ListOf(
    name="imports",
    title=_("Imports"),
    permission=Permission.IMPORT_CLINICIANS,
    of_all=True,
    rows=lambda _access: Import.objects.of_kind("clinicians"),
    columns=import_columns("import_rows"),
    filters=IMPORT_FILTERS,
    sort="-made_at",
    empty=_("No file was handed in yet."),
)
# Before the name of a field that a file changes once a second person agreed.
ASKED = "asked."
FIELD_LABELS: dict[str, Words] = {
    **{field.name: field.label for field in FIELDS},
    "deactivated": _("Deactivated"),
    "reactivated": _("Taken up again"),
}


def reason_of(row: ImportRow) -> str:
    """Why a row is rejected or skipped, or what it changes, in words."""
    if row.reason:
        return particular_reason(row.reason, row.changes) or str(REASONS[row.reason])
    names = [name for name in row.changes.split(", ") if name]
    return ", ".join(_changed_field(name) for name in names)


def _changed_field(name: str) -> str:
    field = name.removeprefix(ASKED)
    if field == name:
        return own_label(name) or str(FIELD_LABELS[name])
    return str(_("%(field)s (a second person decides)")) % {"field": FIELD_LABELS[field]}


def _rows_of(_access: Access, pk: Any) -> Rows:
    return ImportRow.objects.filter(made_id=pk)


IMPORT_ROWS = ListOf(
    name="import_rows",
    title=_("Rows of the file"),
    permission=Permission.IMPORT_CLINICIANS,
    of_all=True,
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
        Column("reason", _("Reason or changes"), reason_of),
        Column("number", _("Number or e-mail"), "number", kind="id"),
        Column("label", _("Name"), "label"),
    ),
    filters=(
        Choice("outcome", _("Outcome"), "outcome", Outcome.choices),
        Choice("reason", _("Reason"), "reason", list(REASONS.items())),
    ),
    sort="line",
    empty=_("Nothing to report of this file."),
)
