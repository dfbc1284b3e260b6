"""Sheets on paper: printed with a code in each row, signed, and entered again with their page."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity, Session
from symposia.attendance.actions.sheets import Signed, enter_sheet, print_sheet
from symposia.attendance.lists import ATTENDANCE
from symposia.attendance.models import SheetRow, SignInSheet
from symposia.attendance.policies import objection_to_door
from symposia.attendance.sheet_lists import SHEET_ROWS, SHEETS
from symposia.attendance.sheet_printing import print_rows, square_of
from symposia.attendance.sheets import LARGEST_PHOTO, Page, row_text, rows_of
from symposia.shared.refusals import Refused
from symposia.shared.times import wall_time
from symposia.web.formats import clock, day
from symposia.web.gates import requires
from symposia.web.lists import list_context
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.pdfs import pdf_file
from symposia.web.requests import UserRequest
from symposia.web.walls import shown

FOLDER = "office/sheets"
# For whoever comes without a place.
EMPTY_ROWS = 6
_VIEW, _MANAGE = Permission.VIEW_ATTENDANCE, Permission.MANAGE_REGISTRATIONS


class SheetForm(forms.Form):
    """What the sheet is signed for."""

    session = forms.ChoiceField(label=gettext_lazy("Signed for"), required=False)

    def __init__(self, *args: Any, sessions: list[Session]) -> None:
        super().__init__(*args)
        named = [("", _("Whole activity")), *((str(each.pk), each.title) for each in sessions)]
        self.fields["session"].choices = named  # type: ignore[attr-defined]


class EntryForm(forms.Form):
    """The signed page, and the rows on it."""

    scanned = forms.CharField(
        label=gettext_lazy("Scanned rows"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=20_000,
        required=False,
        help_text=gettext_lazy(
            "Put the cursor here and scan the code beside each signature; or tick the rows above."
        ),
    )
    photo = forms.FileField(
        label=gettext_lazy("The signed page"),
        required=False,
        help_text=gettext_lazy("A photograph or a scan: PDF, PNG or JPEG, at most 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg,application/pdf"}),
    )


def listed(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the list of sheets: the activity, and what another one is signed for."""
    activity = activity_or_404(request, activity_pk, _VIEW)
    return {
        **frame_of(request, activity, ATTENDANCE.name),
        "form": SheetForm(sessions=list(Session.objects.of(activity))),
        "objection": objection_to_door(activity),
        "may_print": request.access.holds(_MANAGE),
    }


@require_POST
@requires(Permission.MANAGE_REGISTRATIONS)
def new(request: UserRequest, activity_pk: uuid.UUID) -> HttpResponse:
    """A sheet with everybody who has a place now."""
    activity = activity_or_404(request, activity_pk, _MANAGE)
    sessions = list(Session.objects.of(activity))
    form = SheetForm(request.POST, sessions=sessions)
    chosen = form.cleaned_data["session"] if form.is_valid() else ""
    session = next((each for each in sessions if str(each.pk) == chosen), None)
    try:
        return redirect(SHEET_ROWS.name, print_sheet(activity, session, by=request.actor).pk)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(SHEETS.name, activity_pk=activity.pk)


def rows_listed(request: UserRequest, pk: uuid.UUID) -> dict[str, Any]:
    """Around the rows of a sheet: its paper, and the form to enter it."""
    sheet = _sheet(request, pk, _VIEW)
    return _around(request, sheet, EntryForm(), frozenset())


def _around(
    request: UserRequest, sheet: SignInSheet, form: EntryForm, ticked: frozenset[str]
) -> dict[str, Any]:
    return {
        "sheet": sheet,
        "activity": sheet.activity,
        "form": form,
        "ticked": ticked,
        "objection": objection_to_door(sheet.activity),
        "may_enter": request.access.holds(_MANAGE),
        "may_stand": request.access.holds(Permission.CHECK_IN),
    }


@require_POST
@requires(Permission.MANAGE_REGISTRATIONS)
def enter(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Count the signatures of a page."""
    sheet, form = _sheet(request, pk, _MANAGE), EntryForm(request.POST, request.FILES)
    ticked = [one for one in request.POST.getlist("row") if one.isdecimal() and len(one) < 5]
    if form.is_valid():
        given = form.cleaned_data
        signed = Signed([int(one) for one in ticked], given["scanned"], _page(given["photo"]))
        try:
            count = enter_sheet(sheet, signed, by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            done = ngettext("%d signature counts.", "%d signatures count.", count) % count
            messages.success(request, done)
            return redirect(SHEET_ROWS.name, sheet.pk)
    context = list_context(request, SHEET_ROWS, pk=sheet.pk)
    context |= _around(request, sheet, form, frozenset(ticked))
    context["list_href"] = reverse(SHEET_ROWS.name, args=[sheet.pk])
    return render(request, f"{FOLDER}/sheet.html", context, status=422)


@require_GET
@requires(Permission.VIEW_ATTENDANCE)
def pdf(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The sheet to print."""
    sheet = _sheet(request, pk, _VIEW)
    content = print_rows(_paper(request, sheet), sheet.printed_at)
    return pdf_file(content, f"{sheet.activity.number}-sheet-{sheet.number}")


def _paper(request: UserRequest, sheet: SignInSheet) -> dict[str, Any]:
    activity: Activity = sheet.activity
    rows = rows_of(sheet)
    begins = wall_time((sheet.session or activity).starts_at, activity.zone)
    what = sheet.session.title if sheet.session else _("Whole activity")
    return {
        "provider": request.organisation.name,
        "language": (get_language() or "en").partition("-")[0],
        "rtl": get_language_bidi(),
        "title": activity.title,
        "about": f"{what} · {day(begins)}, {clock(begins)}",
        "foot": f"{request.organisation.name} · {activity.number} · "
        + _("Sheet %(n)s") % {"n": sheet.number},
        "heads": [_("No."), _("Name"), "", _("Signature")],
        "rows": [_row(sheet, row) for row in rows],
        "empty": [len(rows) + number for number in range(1, EMPTY_ROWS + 1)],
    }


def _row(sheet: SignInSheet, row: SheetRow) -> dict[str, Any]:
    clinician = row.registration.clinician
    about = (clinician.credential, str(clinician.institution or ""))
    return {
        "position": row.position,
        "name": clinician.full_name,
        "about": " · ".join(filter(None, about)),
        "qr": square_of(row_text(sheet, row.position)),
        "says": _("Code of row %(n)s") % {"n": row.position},
    }


def _page(file: Any) -> Page | None:
    return Page(file.read(LARGEST_PHOTO + 1), file.name) if file else None


def _sheet(request: UserRequest, pk: uuid.UUID, permission: Permission) -> SignInSheet:
    rows = SignInSheet.objects.visible_to(request.access, permission)
    found = get_object_or_404(rows.select_related("activity", "session"), pk=pk)
    shown(request, found.activity, permission)
    return found
