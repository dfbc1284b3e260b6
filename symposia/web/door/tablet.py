"""A sheet on a tablet at the door: find your name, sign with a finger, the next one follows."""

import uuid
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from symposia.accounts.permissions import Permission
from symposia.attendance.actions.sheets import sign_on_tablet
from symposia.attendance.models import SheetRow, SignInSheet
from symposia.attendance.sheets import Drawing, rows_to_find
from symposia.shared.refusals import Refused
from symposia.web.door.verdicts import said
from symposia.web.gates import requires
from symposia.web.requests import UserRequest
from symposia.web.walls import shown

FOLDER = "door/tablet"
_STAND = Permission.CHECK_IN


class SignForm(forms.Form):
    """What was drawn, or a name that was typed instead."""

    strokes = forms.CharField(widget=forms.HiddenInput, required=False)
    typed = forms.CharField(
        label=_("Or type your name instead"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@require_GET
@requires(Permission.CHECK_IN)
def find(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Whoever stands at the tablet looks for their own row; nobody else's is listed."""
    sheet, text = _sheet(request, pk), request.GET.get("q", "").strip()[:80]
    context = {
        "sheet": sheet,
        "activity": sheet.activity,
        "session": sheet.session,
        "text": text,
        "found": rows_to_find(sheet, text),
    }
    return render(request, f"{FOLDER}/find.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.CHECK_IN)
def sign(request: UserRequest, pk: uuid.UUID, position: int) -> HttpResponse:
    """Sign the row; the answer is the verdict of the door."""
    sheet = _sheet(request, pk)
    row = _row(request, sheet, position)
    form = SignForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {
        "sheet": sheet,
        "activity": sheet.activity,
        "session": sheet.session,
        "row": row,
        "form": form,
    }
    if form.is_bound and form.is_valid():
        try:
            verdict = sign_on_tablet(row, Drawing(**form.cleaned_data), by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            context["said"] = said(verdict, sheet.activity.zone)
            return render(request, f"{FOLDER}/signed.html", context)
    return render(request, f"{FOLDER}/sign.html", context, status=422 if form.is_bound else 200)


def _sheet(request: UserRequest, pk: uuid.UUID) -> SignInSheet:
    rows = SignInSheet.objects.visible_to(request.access, _STAND)
    found = get_object_or_404(rows.select_related("activity", "session"), pk=pk)
    shown(request, found.activity, _STAND)
    return found


def _row(request: UserRequest, sheet: SignInSheet, position: int) -> SheetRow:
    rows = SheetRow.objects.visible_to(request.access, _STAND).of(sheet)
    return get_object_or_404(rows.select_related("registration__clinician"), position=position)
