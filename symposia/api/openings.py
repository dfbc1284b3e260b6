"""Opening balances for machines: the dry run of a file, bringing it in, taking it back."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from symposia.accounts.permissions import Permission
from symposia.api.fields import Reason
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.finance.actions.openings import (
    check_openings,
    end_opening,
    import_openings,
    undo_openings,
)
from symposia.finance.models import OpeningCommitment
from symposia.finance.opening_lists import OPENING_COMMITMENTS, OPENING_IMPORTS
from symposia.finance.opening_rows import KIND
from symposia.work.imports.kept import kept_upload
from symposia.work.models import Import

router = Router(tags=["budget"])
list_route(router, OPENING_COMMITMENTS)
list_route(router, OPENING_IMPORTS, "/imports")
GATE = Permission.POST_MONEY


class OpeningImportOut(Schema):
    """A file of opening balances and what its rows would do, or did."""

    id: uuid.UUID
    file_name: str
    state: str
    counts: dict[str, int]


class OpeningEndIn(Schema):
    """Why a commitment ends."""

    reason: Reason


class OpeningOut(Schema):
    """A commitment from before."""

    id: uuid.UUID
    number: str
    state: str
    ended_because: str


@router.post("/imports", response={201: OpeningImportOut}, operation_id="check_openings")
@allowed(GATE, of_all=True)
def check(request: Any, file: File[UploadedFile]) -> Status[Any]:
    """The dry run of a file: what each row would do."""
    by = request.actor
    with kept_upload(file, purpose=KIND, by=by) as (path, kept):
        made = check_openings(path, name=kept.name, storage_name=kept.storage_name, by=by)
    return Status(201, made)


@router.post("/imports/{uuid:pk}/rows", response=OpeningImportOut, operation_id="import_openings")
@allowed(GATE, of_all=True)
def bring_in(request: Any, pk: uuid.UUID) -> Import:
    """Bring in what the dry run showed."""
    return import_openings(_made(request, pk), by=request.actor)


@router.post("/imports/{uuid:pk}/reversal", response=OpeningImportOut, operation_id="undo_openings")
@allowed(GATE, of_all=True)
def take_back(request: Any, pk: uuid.UUID) -> Import:
    """Take back what it brought."""
    return undo_openings(_made(request, pk), by=request.actor)


@router.post("/{uuid:pk}/ending", response=OpeningOut, operation_id="end_opening")
@allowed(GATE, of_all=True)
def end(request: Any, pk: uuid.UUID, body: OpeningEndIn) -> OpeningCommitment:
    """It is paid, taken over by an activity, or no longer owed."""
    rows = OpeningCommitment.objects.visible_to(request.access)
    return end_opening(get_object_or_404(rows, pk=pk), reason=body.reason, by=request.actor)


def _made(request: Any, pk: uuid.UUID) -> Import:
    made: Import = get_object_or_404(OPENING_IMPORTS.rows(request.access), pk=pk)
    return made
