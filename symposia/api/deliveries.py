"""Messages: what left by mail or waits to, without their words."""

import uuid
from typing import Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.notifications.actions import lift_suppression, retry_delivery
from symposia.notifications.actions.pace import lift_domain_pace, set_domain_pace
from symposia.notifications.actions.reports import take_reports
from symposia.notifications.actions.texts import SenderFacts, change_text_sender
from symposia.notifications.lists import DOMAIN_PACES, OUTBOX, SUPPRESSIONS, TEXT_MESSAGES
from symposia.notifications.models import Delivery, DomainPace, Suppression
from symposia.notifications.reports import LARGEST
from symposia.outreach.campaign_lists import ADDRESSES
from symposia.outreach.sending import TEXT

router = Router(tags=["messages"])
list_route(router, OUTBOX)
list_route(router, SUPPRESSIONS, "/suppressions")
list_route(router, ADDRESSES, "/addresses")
list_route(router, TEXT_MESSAGES, "/texts")
list_route(router, DOMAIN_PACES, "/paces")


class DeliveryOut(Schema):
    """What became of a message."""

    id: uuid.UUID
    state: str
    attempts: int
    error: str
    may_be_duplicate: bool


class LiftingIn(Schema):
    """How the person asked to be invited again."""

    reason: str = Field(min_length=1, max_length=500)


@router.post(
    "/suppressions/{uuid:pk}/lifting", response={204: None}, operation_id="lift_suppression"
)
@allowed(Permission.MANAGE_MESSAGES)
def lift(request: Any, pk: uuid.UUID, body: LiftingIn) -> Status[None]:
    """Let an address that asked not to be invited be invited again."""
    found = get_object_or_404(Suppression.objects.visible_to(request.access), pk=pk)
    lift_suppression(found, by=request.actor, reason=body.reason)
    return Status(204, None)


class TextSenderIn(Schema):
    """Under which name texts are sent; the ids of the operators' registry, words by language. Of
    chat: the id of the number, and the names of the templates."""

    sender_id: str = Field(min_length=1, max_length=20)
    entity_id: str = Field("", max_length=40)
    templates: dict[str, str] = {}
    channel: Literal["sms", "chat"] = "sms"


@router.post("/texts/senders", response=TextSenderIn, operation_id="change_text_sender")
@allowed(Permission.MANAGE_MESSAGES)
def text_sender(request: Any, body: TextSenderIn) -> TextSenderIn:
    """Say under which name text messages are sent."""
    facts = SenderFacts(body.sender_id, body.entity_id, body.templates, body.channel)
    change_text_sender(TEXT, facts, by=request.actor)
    return body


class PaceIn(Schema):
    """How many messages a minute the mail servers of a domain get at most."""

    domain: str = Field(min_length=1, max_length=253)
    per_minute: int = Field(ge=1, le=100_000)


class PaceOut(PaceIn):
    """A pace as it is kept."""

    id: uuid.UUID


@router.post("/paces", response={201: PaceOut}, operation_id="set_domain_pace")
@allowed(Permission.MANAGE_MESSAGES)
def set_pace(request: Any, body: PaceIn) -> Status[DomainPace]:
    """Set the pace of a domain, or another one."""
    return Status(201, set_domain_pace(body.domain, body.per_minute, by=request.actor))


@router.post("/paces/{uuid:pk}/lifting", response={204: None}, operation_id="lift_domain_pace")
@allowed(Permission.MANAGE_MESSAGES)
def lift_pace(request: Any, pk: uuid.UUID) -> Status[None]:
    """Let messages to a domain leave as they come."""
    found = get_object_or_404(DomainPace.objects.visible_to(request.access), pk=pk)
    lift_domain_pace(found, by=request.actor)
    return Status(204, None)


class ReportIn(Schema):
    """What a mail server sent back, whole, as text."""

    message: str = Field(min_length=1, max_length=LARGEST)


class ReportOut(Schema):
    """What was understood of it."""

    kind: str
    address: str
    diagnostic: str
    is_for_good: bool


@router.post("/reports", response=list[ReportOut], operation_id="take_mail_report")
@allowed(Permission.MANAGE_MESSAGES)
def take_report(request: Any, body: ReportIn) -> Any:
    """Take in a failed delivery (RFC 3464) or a complaint (RFC 5965)."""
    return take_reports(body.message.encode("utf-8", "surrogateescape"), by=request.actor)


@router.post("/raw-reports", response=list[ReportOut], operation_id="take_raw_mail_report")
@allowed(Permission.MANAGE_MESSAGES)
def take_raw_report(request: Any) -> Any:
    """The same as it came: the body of the request is the report, byte by byte."""
    return take_reports(request.body[:LARGEST], by=request.actor)


@router.get("/{uuid:pk}", response=DeliveryOut, operation_id="message")
@allowed(Permission.VIEW_OUTBOX)
def delivery(request: Any, pk: uuid.UUID) -> Delivery:
    """One message's fate."""
    return get_object_or_404(Delivery.objects.visible_to(request.access), pk=pk)


@router.post("/{uuid:pk}/retries", response=DeliveryOut, operation_id="retry_message")
@allowed(Permission.MANAGE_MESSAGES)
def retry(request: Any, pk: uuid.UUID) -> Delivery:
    """Send a message again that failed or was refused."""
    found = get_object_or_404(Delivery.objects.visible_to(request.access), pk=pk)
    return retry_delivery(found, by=request.actor)
