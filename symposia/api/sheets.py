"""Sheets on paper: made, and entered again with the photographed page."""

import uuid
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity, Session
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.attendance.actions.sheets import Signed, enter_sheet, print_sheet
from symposia.attendance.models import SignInSheet
from symposia.attendance.sheet_lists import SHEET_ROWS, SHEETS
from symposia.attendance.sheets import LARGEST_PHOTO, Page

router = Router(tags=["sign-in sheets"])
list_route(router, SHEETS)
list_route(router, SHEET_ROWS, "/rows")
_MANAGE = Permission.MANAGE_REGISTRATIONS


class NewSheet(Schema):
    """What a sheet is signed for."""

    activity: uuid.UUID
    session: uuid.UUID | None = None


class SheetOut(Schema):
    """A sheet; its rows are listed beside it."""

    id: uuid.UUID
    activity: uuid.UUID
    number: int
    code: str
    printed_at: datetime


class SignaturesOut(Schema):
    """How many signatures are new."""

    entered: int


@router.post("", response={201: SheetOut}, operation_id="print_sheet")
@allowed(Permission.MANAGE_REGISTRATIONS)
def make(request: Any, body: NewSheet) -> Status[Any]:
    """A sheet with a row for everybody who has a place now."""
    activities = Activity.objects.visible_to(request.access, _MANAGE)
    activity = get_object_or_404(activities, pk=body.activity)
    sessions = Session.objects.of(activity)
    session = get_object_or_404(sessions, pk=body.session) if body.session else None
    sheet = print_sheet(activity, session, by=request.actor)
    return Status(
        201,
        {
            "id": sheet.pk,
            "activity": sheet.activity_id,
            "number": sheet.number,
            "code": sheet.code,
            "printed_at": sheet.printed_at,
        },
    )


@router.post("/{pk}/entries", response=SignaturesOut, operation_id="enter_sheet")
@allowed(Permission.MANAGE_REGISTRATIONS)
def enter(
    request: Any, pk: uuid.UUID, page: File[UploadedFile], scanned: Form[str] = ""
) -> dict[str, int]:
    """Count the signatures of the rows that were scanned, with the signed page."""
    rows = SignInSheet.objects.visible_to(request.access, _MANAGE).select_related("activity")
    sheet = get_object_or_404(rows, pk=pk)
    handed = Page(page.read(LARGEST_PHOTO + 1), page.name or "")
    return {"entered": enter_sheet(sheet, Signed((), scanned, handed), by=request.actor)}
