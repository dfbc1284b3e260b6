"""Which requests somebody is shown, and which parts of them."""

import uuid

from django.shortcuts import get_object_or_404
from django.utils.timezone import now

from symposia.accounts.permissions import Permission
from symposia.approvals.models import ApprovalRequest
from symposia.approvals.parts import parts_hidden
from symposia.approvals.queries import Lent, lent_to
from symposia.web.requests import UserRequest


def lent_here(request: UserRequest) -> list[Lent]:
    """What this person may sign in another's place now, read once for a page."""
    if not request.access.holds(Permission.DECIDE_APPROVALS):
        return []
    if not hasattr(request, "lent"):
        request.lent = lent_to(request.access, at=now())
    return request.lent


def asked_or_404(request: UserRequest, pk: uuid.UUID) -> ApprovalRequest:
    """The request, if this person may see it, also in the place of somebody else."""
    lent = [each.access for each in lent_here(request)]
    return get_object_or_404(ApprovalRequest.objects.visible_to(request.access, lent=lent), pk=pk)


def hidden_here(request: UserRequest, asked: ApprovalRequest) -> frozenset[str]:
    """The parts of what was submitted that the wall keeps from this person."""
    return parts_hidden(request.access, asked.subject_type, asked.subject_id)
