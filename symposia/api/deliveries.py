"""Messages: what left by mail or waits to, without their words."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.notifications.actions import retry_delivery
from symposia.notifications.lists import OUTBOX
from symposia.notifications.models import Delivery

router = Router(tags=["messages"])
list_route(router, OUTBOX)


class DeliveryOut(Schema):
    """What became of a message."""

    id: uuid.UUID
    state: str
    attempts: int
    error: str
    may_be_duplicate: bool


@router.get("/{pk}", response=DeliveryOut, operation_id="message")
@allowed(Permission.VIEW_OUTBOX)
def delivery(request: Any, pk: uuid.UUID) -> Delivery:
    """One message's fate."""
    return get_object_or_404(Delivery.objects.visible_to(request.access), pk=pk)


@router.post("/{pk}/retry", response=DeliveryOut, operation_id="retry_message")
@allowed(Permission.MANAGE_MESSAGES)
def retry(request: Any, pk: uuid.UUID) -> Delivery:
    """Send a message again that failed or was refused."""
    found = get_object_or_404(Delivery.objects.visible_to(request.access), pk=pk)
    return retry_delivery(found, by=request.actor)
