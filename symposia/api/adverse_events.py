"""Adverse events as they were told, and the mailbox of drug safety."""

import uuid
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.engagement.actions.safety import set_safety_mailbox
from symposia.engagement.models import AdverseEvent, SafetyMailbox
from symposia.engagement.queries import safety_sending
from symposia.engagement.safety_lists import ADVERSE_EVENTS

router = Router(tags=["follow-up"])
list_route(router, ADVERSE_EVENTS)


class SafetyMailboxIn(Schema):
    """Where drug safety reads its mail."""

    address: str = Field(min_length=3, max_length=254)


class SafetyMailboxOut(Schema):
    """Where adverse events go from now on."""

    id: uuid.UUID
    address: str
    set_at: datetime
    set_by_name: str


class AdverseEventOut(Schema):
    """One adverse event, word for word, with its clock."""

    id: uuid.UUID
    activity_id: uuid.UUID
    clinician_id: uuid.UUID
    product: str
    text: str
    received_at: datetime
    recorded_at: datetime
    due_at: datetime
    rule: str
    is_to_verify: bool
    by_name: str
    sent_at: datetime | None

    @staticmethod
    def resolve_sent_at(event: AdverseEvent) -> datetime | None:
        sending = safety_sending(event)
        return sending.at if sending else None


@router.post("/mailboxes", response={201: SafetyMailboxOut}, operation_id="set_safety_mailbox")
@allowed(Permission.MANAGE_ORGANISATION)
def mailbox(request: Any, body: SafetyMailboxIn) -> Status[SafetyMailbox]:
    """Say where drug safety reads its mail; what had to wait is written there."""
    return Status(201, set_safety_mailbox(body.address, by=request.actor))


@router.get("/{uuid:pk}", response=AdverseEventOut, operation_id="adverse_event")
@allowed(Permission.VIEW_EVALUATIONS)
def show(request: Any, pk: uuid.UUID) -> AdverseEvent:
    """One of them."""
    return get_object_or_404(AdverseEvent.objects.visible_to(request.access), pk=pk)
