"""The journal: what happened, what verifications found, and a request for a new one."""

import uuid
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.audit.lists import ENTRIES, VERIFICATIONS
from symposia.audit.models import Verification
from symposia.shared.ids import uuid7
from symposia.work.background import request_job
from symposia.work.tasks import verify_journal

router = Router(tags=["journal"])
list_route(router, ENTRIES)
list_route(router, VERIFICATIONS, "/verifications")


class FaultOut(Schema):
    """One thing that is not as it was written, and where."""

    position: int | None
    sentence: str


class VerificationOut(Schema):
    """What a comparison of the journal found."""

    id: uuid.UUID
    at: datetime
    asked_by_name: str
    result: str
    links: int
    unsealed: int
    rows: int
    first_position: int | None
    first_sentence: str
    fault_count: int
    faults: list[FaultOut]


class VerificationAsked(Schema):
    """Where the answer will be."""

    id: uuid.UUID


@router.post(
    "/verifications", response={202: VerificationAsked}, operation_id="ask_for_verification"
)
@allowed(Permission.VIEW_JOURNAL)
def ask(request: Any) -> Status[dict[str, Any]]:
    """Ask for a comparison; read its answer under the id once it is there."""
    pk = uuid7()
    request_job(
        verify_journal,
        kind="journal_verification",
        title=_("Verify the journal"),
        by=request.actor,
        href=reverse("journal_verification_found", args=[pk]),
        verification_id=str(pk),
    )
    return Status(202, {"id": pk})


@router.get(
    "/verifications/{uuid:pk}", response=VerificationOut, operation_id="journal_verification"
)
@allowed(Permission.VIEW_JOURNAL)
def show(request: Any, pk: uuid.UUID) -> Verification:  # one organisation's rows
    """What was found."""
    return get_object_or_404(Verification.objects.newest_first(), pk=pk)
