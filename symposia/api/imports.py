"""Taking an import of the directory back within a day. A file may change
anybody, so a right over a part of the directory opens none of it."""

import uuid
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from symposia.accounts.permissions import Permission
from symposia.api.fields import Offset
from symposia.api.gates import allowed
from symposia.directory.actions.import_files import KIND
from symposia.directory.models import ImportUndo, UndoLine
from symposia.directory.tasks import start_undo, start_weighing
from symposia.directory.undo_lists import what_of, why_of
from symposia.work.models import Import

router = Router(tags=["clinicians"])
_GATE = Permission.IMPORT_CLINICIANS
_AT_ONCE = 500


class TakeBackIn(Schema):
    """Why the import is taken back."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(min_length=1, max_length=2000)


class StayingOut(Schema):
    """One thing that is not taken back, and why."""

    line: int
    label: str
    what: str
    why: str


class ImportUndoOut(Schema):
    """How an import is taken back: how far it is, until when, what goes, and what stays."""

    import_id: uuid.UUID
    state: str
    until: datetime
    counts: dict[str, int]
    problem: str
    reason: str
    undone_at: datetime | None
    staying: list[StayingOut]
    # From where the next part of what stays is asked for; absent at the end.
    next: int | None


@router.get("/{pk}/reversal", response=ImportUndoOut, operation_id="read_import_undo")
@allowed(_GATE, of_all=True)
def read(request: Any, pk: uuid.UUID, offset: Offset = 0) -> dict[str, Any]:
    """What would be taken back, or was; the lines that stay from `offset` on."""
    return _told(_import(pk), max(0, offset))


@router.post("/{pk}/reversal/rehearsal", response={202: ImportUndoOut}, operation_id="preview_undo")
@allowed(_GATE, of_all=True)
def preview(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Find out what can be taken back; ask for it again until it is `weighed`."""
    made = _import(pk)
    start_weighing(made, by=request.actor, href=_address(made))
    return _told(made)


@router.post("/{pk}/reversal", response={202: ImportUndoOut}, operation_id="undo_import")
@allowed(_GATE, of_all=True)
def undo(request: Any, pk: uuid.UUID, body: TakeBackIn) -> dict[str, Any]:
    """Take the import back, in one go or not at all; ask again until it is `undone`."""
    made = _import(pk)
    start_undo(made, reason=body.reason, by=request.actor, href=_address(made))
    return _told(made)


def _told(made: Import, offset: int = 0) -> dict[str, Any]:
    found = get_object_or_404(ImportUndo, made=made)
    lines = list(UndoLine.objects.of(made)[offset : offset + _AT_ONCE + 1])
    return {
        "import_id": made.pk,
        **{name: getattr(found, name) for name in ("state", "until", "counts", "problem")},
        **{name: getattr(found, name) for name in ("reason", "undone_at")},
        "staying": [
            {"line": each.line, "label": each.label, "what": what_of(each), "why": why_of(each)}
            for each in lines[:_AT_ONCE]
        ],
        "next": offset + _AT_ONCE if len(lines) > _AT_ONCE else None,
    }


def _import(pk: uuid.UUID) -> Import:
    return get_object_or_404(Import.objects.of_kind(KIND), pk=pk)


def _address(made: Import) -> str:
    return reverse("import_undo", kwargs={"pk": made.pk})
