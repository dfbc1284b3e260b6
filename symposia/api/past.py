"""Bringing the past by program: hand a file in, read what its rows would do, bring it in, compare
what is here with the file. A person signs for it on its page."""

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import ConfigDict, Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.import_steps import ColumnOut
from symposia.api.lists import list_route
from symposia.reporting.actions.past import PURPOSE, receive_past
from symposia.reporting.actions.past_standing import undo_past
from symposia.reporting.models import PastKind, PastRow
from symposia.reporting.past.columns import COLUMNS
from symposia.reporting.past.rules import LARGEST, PAST_TOO_LARGE
from symposia.reporting.past.sums import sums_of
from symposia.reporting.past_lists import PAST_IMPORTS, past_files
from symposia.reporting.queries import signed_of
from symposia.reporting.tasks import start_past_check, start_past_import
from symposia.work.imports.kept import kept_upload
from symposia.work.imports.templates import template_csv
from symposia.work.models import Import

router = Router(tags=["past"])
list_route(router, PAST_IMPORTS)
_GATE = Permission.IMPORT_CLINICIANS
_AT_ONCE = 500


class PastOut(Schema):
    """A file of the past: what it brings, how far it is, what its rows would do or did."""

    id: uuid.UUID
    kind: str
    file_name: str
    state: str
    problem: str
    counts: dict[str, int]
    finished_at: datetime | None


class PastRowOut(Schema):
    """One row: what became of it, which field was wrong, what was expected, what is kept."""

    line: int
    outcome: str
    label: str
    field: str
    expected: str
    said: str
    kept: str


class PastRowsOut(Schema):
    """Some rows of the report; `next` is from where the following ones are asked for."""

    rows: list[PastRowOut]
    next: int | None


class PastSumOut(Schema):
    """One heading and year: what was in the file, there before, and is here now."""

    heading: str
    year: int
    rows: int
    amount: Decimal
    there: int
    here: int
    here_amount: Decimal
    difference: int
    amount_difference: Decimal


class PastSumsOut(Schema):
    """The file beside what is here, and who answered for it."""

    lines: list[PastSumOut]
    signed_by: str
    signed_at: datetime | None
    note: str


class PastTemplateOut(Schema):
    """A table to fill in: its columns, and the same as CSV with an example row."""

    kind: str
    columns: list[ColumnOut]
    csv: str


class PastUndoIn(Schema):
    """Why a file is taken back."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(min_length=1, max_length=2000)


@router.get("/templates/{kind}", response=PastTemplateOut, operation_id="past_template")
@allowed(_GATE)
def template(request: Any, kind: PastKind) -> dict[str, Any]:
    """What a file of a kind may say, from what its reader reads, and a table to fill in."""
    fields = COLUMNS[kind]
    columns = [
        {
            "name": each.name,
            "heading": str(each.label),
            "meaning": str(each.help_text),
            "written": str(each.written),
            "needed": str(each.needed),
            "example": each.example,
        }
        for each in fields
    ]
    return {"kind": kind, "columns": columns, "csv": template_csv(fields).decode("utf-8-sig")}


@router.post("", response={201: PastOut}, operation_id="hand_in_past")
@allowed(_GATE, of_all=True)
def hand_in(request: Any, kind: Form[PastKind], file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """Keep a file and look at its rows; ask for it again until it is `checked`."""
    by = request.actor
    with kept_upload(file, purpose=PURPOSE, by=by, largest=LARGEST, too_large=PAST_TOO_LARGE) as (
        path,
        kept,
    ):
        made = receive_past(path, str(kind), kept, by=by)
    start_past_check(made, by=by, href=_address(made))
    return Status(201, _told(made))


@router.get("/{uuid:pk}", response=PastOut, operation_id="read_past")
@allowed(_GATE, of_all=True)
def read(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """How far a file is."""
    return _told(_file(request, pk))


@router.get("/{uuid:pk}/rows", response=PastRowsOut, operation_id="read_past_rows")
@allowed(_GATE, of_all=True)
def rows(request: Any, pk: uuid.UUID, offset: int = 0) -> dict[str, Any]:
    """What each row would do, or did, in the order of the file."""
    start = max(0, offset)
    found = PastRow.objects.visible_to(request.access).of(_file(request, pk))
    page = list(found[start : start + _AT_ONCE + 1])
    return {
        "rows": page[:_AT_ONCE],
        "next": start + _AT_ONCE if len(page) > _AT_ONCE else None,
    }


@router.post("/{uuid:pk}/rows", response={202: PastOut}, operation_id="import_past")
@allowed(_GATE, of_all=True)
def bring_in(request: Any, pk: uuid.UUID) -> Status[dict[str, Any]]:
    """Bring in what the dry run showed; ask again until it is `done`."""
    made = _file(request, pk)
    start_past_import(made, by=request.actor, href=_address(made))
    return Status(202, _told(made))


@router.get("/{uuid:pk}/sums", response=PastSumsOut, operation_id="read_past_sums")
@allowed(_GATE, of_all=True)
def sums(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Rows and credit by heading and year: in the file, here, and how they differ."""
    made = _file(request, pk)
    signed = signed_of(made)
    return {
        "lines": sums_of(made),
        "signed_by": signed.signed_by_name if signed else "",
        "signed_at": signed.signed_at if signed else None,
        "note": signed.note if signed else "",
    }


@router.post("/{uuid:pk}/reversal", response=PastOut, operation_id="undo_past")
@allowed(_GATE, of_all=True)
def undo(request: Any, pk: uuid.UUID, body: PastUndoIn) -> dict[str, Any]:
    """Take a file back whole, within a day."""
    return _told(undo_past(_file(request, pk), reason=body.reason, by=request.actor))


def _told(made: Import) -> dict[str, Any]:
    counts = {name: n for name, n in made.counts.items() if isinstance(n, int)}
    names = ("id", "kind", "file_name", "state", "problem", "finished_at")
    return {name: getattr(made, name) for name in names} | {"counts": counts}


def _file(request: Any, pk: uuid.UUID) -> Import:
    found: Import = get_object_or_404(past_files(request.access), pk=pk)
    return found


def _address(made: Import) -> str:
    return reverse("past_rows", kwargs={"pk": made.pk})
