"""The last step of whichever use case gave a request its last signature, or needed none."""

from collections.abc import Sequence
from typing import Any

from django.utils.timezone import now

from symposia.approvals.events import RequestApproved, RequestConfirmed
from symposia.approvals.models import ApprovalRequest, State
from symposia.audit.actions import record
from symposia.shared.actors import Actor
from symposia.shared.events import announce


def note_approval(
    request: ApprovalRequest,
    *,
    by: Actor,
    conditions: Sequence[Any] | None = None,
    as_version: int | None = None,
) -> None:
    """Note that nothing is missing any more, and tell whoever acts upon it the first time.

    Only inside the transaction of an action that locked the request and settled its steps; with
    the conditions of its route where it approves itself, and the version that was signed where this
    one says the same again.
    """
    at = now()
    is_first = request.first_approved_at is None
    request.first_approved_at = request.first_approved_at or at
    request.approved_version = as_version or request.version
    request.approved_hash = request.frozen_hash
    request.waiting_steps, request.waiting_roles, request.due_at = [], [], None
    request.save()
    request.move(State.APPROVED, ended_at=at)
    details: dict[str, Any] = {"state": request.state}
    if conditions is None:
        record(by, "approval.moved", request, details=details)
    else:
        details["conditions"] = conditions
        record(by, "approval.approved_itself", request, details=details)
    told = RequestApproved if is_first else RequestConfirmed
    announce(told(request.pk, request.subject_type, request.subject_id, by))
