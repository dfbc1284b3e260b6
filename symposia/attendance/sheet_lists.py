"""Sheets to be signed, and the rows of each, as lists."""

from typing import Any

from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from symposia.accounts.permissions import Permission
from symposia.attendance.models import SheetRow, SignInSheet
from symposia.shared.counting import CountOf
from symposia.shared.lists import Column, ListOf, Search


def _sheets(access: Any, **kwargs: Any) -> Any:
    rows = SheetRow.objects.filter(sheet=OuterRef("pk"))
    found = SignInSheet.objects.visible_to(access).select_related("activity", "session")
    found = found.annotate(people=CountOf(rows), signed=CountOf(rows.signed()))
    return found.filter(activity=kwargs["activity_pk"]) if kwargs else found


def _rows(access: Any, **kwargs: Any) -> Any:
    found = SheetRow.objects.visible_to(access).select_related(
        "registration__clinician", "sheet", "photo"
    )
    return found.filter(sheet=kwargs["pk"]) if kwargs else found


def _named(rows: Any, text: str) -> Any:
    return rows.filter(registration__clinician__search_text__contains=text.lower())


SHEETS = ListOf(
    name="sign_in_sheets",
    title=_("Sign-in sheets"),
    permission=Permission.VIEW_ATTENDANCE,
    rows=_sheets,
    columns=(
        Column(
            "number",
            _("Sheet"),
            "number",
            sort="number",
            kind="n",
            url=lambda sheet: ("sheet_rows", [sheet.pk]),
        ),
        Column("session", _("Session"), lambda sheet: str(sheet.session or "")),
        Column("people", _("Rows"), "people", kind="n"),
        Column("signed", _("Signed"), "signed", kind="n"),
        Column("printed_at", _("Printed"), "printed_at", sort="printed_at", kind="moment"),
        Column("by", _("By"), "printed_by_name"),
        Column("activity", _("Activity"), lambda sheet: sheet.activity.number, in_page=False),
    ),
    sort="-printed_at",
    empty=_("No sheet was printed yet. Print one, have it signed, and enter it here."),
)
SHEET_ROWS = ListOf(
    name="sheet_rows",
    title=_("Rows of the sheet"),
    permission=Permission.VIEW_ATTENDANCE,
    rows=_rows,
    columns=(
        Column("position", _("Row"), "position", sort="position", kind="n"),
        Column("name", _("Name"), lambda row: row.registration.clinician.full_name),
        Column("entered_at", _("Signed, entered"), "entered_at", kind="moment"),
        Column("by", _("By"), "entered_by_name"),
        Column(
            "photo",
            _("Evidence"),
            lambda row: row.photo.name if row.photo else "",
            url=lambda row: ("file", [row.photo_id]) if row.photo_id else None,
        ),
        Column("sheet", _("Sheet"), lambda row: row.sheet.number, kind="n", in_page=False),
    ),
    filters=(Search("q", _("Name"), _named),),
    sort="position",
    empty=_("This sheet has no rows."),
)
