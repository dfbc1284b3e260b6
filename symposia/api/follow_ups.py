"""Following doctors up after activities: what is owed, done, given, and handed on."""

import uuid
from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.directory.models import Clinician
from symposia.engagement.actions.follow_ups import (
    add_follow_up,
    decline_follow_up,
    finish_follow_up,
    take_follow_up,
)
from symposia.engagement.actions.handing import hand_medical_question, take_adverse_event
from symposia.engagement.actions.sharing import share_material
from symposia.engagement.handing_rules import LONGEST_EVENT, LONGEST_PRODUCT
from symposia.engagement.letters import Shared
from symposia.engagement.lists import FOLLOW_UPS
from symposia.engagement.models import AdverseEvent, FollowUp, HandedQuestion
from symposia.engagement.policies import LONGEST_SAID, NOT_APPROVED
from symposia.engagement.queries import material_named
from symposia.engagement.team_lists import TEAM
from symposia.learning.audience_rules import LONGEST_QUESTION
from symposia.shared.refusals import needed

router = Router(tags=["follow-up"])
list_route(router, FOLLOW_UPS)
list_route(router, TEAM, "/team")
_INVITES = Permission.INVITE


class FollowUpIn(Schema):
    """One more follow-up of somebody, which the caller takes on."""

    activity: uuid.UUID
    clinician: uuid.UUID
    kind: str = Field(max_length=8)


class FollowUpDoneIn(Schema):
    """How somebody was followed up, and what was said."""

    way: str = Field(max_length=8)
    said: str = Field(min_length=1, max_length=LONGEST_SAID)


class FollowUpNotDoneIn(Schema):
    """Why somebody is not followed up."""

    reason: str = Field(min_length=1, max_length=LONGEST_SAID)


class MaterialShareIn(Schema):
    """Which approved material, by which way."""

    material: uuid.UUID
    channel: str = Field(max_length=5)


class FollowUpQuestionIn(Schema):
    """What was asked about a product, in the words of whoever asked."""

    text: str = Field(min_length=1, max_length=LONGEST_QUESTION)


class AdverseEventIn(Schema):
    """What was told of harm, and when; without a time it was told now."""

    product: str = Field(min_length=1, max_length=LONGEST_PRODUCT)
    text: str = Field(min_length=1, max_length=LONGEST_EVENT)
    received_at: datetime | None = None


class FollowUpOut(Schema):
    """A follow-up as it stands."""

    id: uuid.UUID
    activity_id: uuid.UUID
    clinician_id: uuid.UUID
    kind: str
    came: bool
    due_on: date
    state: str
    way: str
    said: str
    rule: str


class MaterialShareOut(Schema):
    """What was given; text and address where it is sent from a phone."""

    id: uuid.UUID
    material_id: uuid.UUID
    channel: str
    at: datetime
    text: str
    href: str


class HandedOut(Schema):
    """That something was handed on, and when; what becomes of it is not told."""

    id: uuid.UUID
    at: datetime


@router.post("", response={201: FollowUpOut}, operation_id="add_follow_up")
@allowed(_INVITES)
def add(request: Any, body: FollowUpIn) -> Status[FollowUp]:
    """Owe a doctor one more, of a kind that the mode of the activity allows."""
    rows = Activity.objects.visible_to(request.access, _INVITES)
    activity = get_object_or_404(rows, pk=body.activity)
    reached = Clinician.objects.within(request.access, _INVITES)
    clinician = get_object_or_404(reached, pk=body.clinician)
    owner_id = request.access.user_id
    made = add_follow_up(activity, clinician, body.kind, owner_id=owner_id, by=request.actor)
    return Status(201, made)


@router.get("/{uuid:pk}", response=FollowUpOut, operation_id="follow_up")
@allowed(_INVITES)
def show(request: Any, pk: uuid.UUID) -> FollowUp:
    """One of them."""
    return _found(request, pk)


@router.post("/{uuid:pk}/completion", response=FollowUpOut, operation_id="finish_follow_up")
@allowed(_INVITES)
def finish(request: Any, pk: uuid.UUID, body: FollowUpDoneIn) -> FollowUp:
    """It is done."""
    return finish_follow_up(_found(request, pk), body.way, body.said, by=request.actor)


@router.post("/{uuid:pk}/taking-over", response=FollowUpOut, operation_id="take_follow_up")
@allowed(_INVITES)
def take(request: Any, pk: uuid.UUID) -> FollowUp:
    """Go on with what somebody else owed."""
    found = _found(request, pk)
    return take_follow_up(found, owner_id=request.access.user_id, by=request.actor)


@router.post("/{uuid:pk}/refusal", response=FollowUpOut, operation_id="decline_follow_up")
@allowed(_INVITES)
def decline(request: Any, pk: uuid.UUID, body: FollowUpNotDoneIn) -> FollowUp:
    """It is not done."""
    return decline_follow_up(_found(request, pk), body.reason, by=request.actor)


@router.post("/{uuid:pk}/shares", response={201: MaterialShareOut}, operation_id="share_material")
@allowed(_INVITES)
def share(request: Any, pk: uuid.UUID, body: MaterialShareIn) -> Status[dict[str, Any]]:
    """Give an approved material; mail leaves, other ways come with their text."""
    found = _found(request, pk)
    material = needed(material_named(body.material), NOT_APPROVED)
    return Status(201, _share(share_material(found, material, body.channel, by=request.actor)))


@router.post(
    "/{uuid:pk}/questions", response={201: HandedOut}, operation_id="hand_medical_question"
)
@allowed(_INVITES)
def question(request: Any, pk: uuid.UUID, body: FollowUpQuestionIn) -> Status[HandedQuestion]:
    """A question about a product goes to medical affairs."""
    found = _found(request, pk)
    return Status(201, hand_medical_question(found, body.text, by=request.actor))


@router.post(
    "/{uuid:pk}/adverse-events", response={201: HandedOut}, operation_id="take_adverse_event"
)
@allowed(_INVITES)
def adverse_event(request: Any, pk: uuid.UUID, body: AdverseEventIn) -> Status[dict[str, Any]]:
    """An adverse event goes to drug safety."""
    found = _found(request, pk)
    said = {"received_at": body.received_at, "by": request.actor}
    event: AdverseEvent = take_adverse_event(found, body.product, body.text, **said)
    return Status(201, {"id": event.pk, "at": event.recorded_at})


def _found(request: Any, pk: uuid.UUID) -> FollowUp:
    rows = FollowUp.objects.visible_to(request.access).for_list()
    return get_object_or_404(rows, pk=pk)


def _share(given: Shared) -> dict[str, Any]:
    share = given.share
    return {
        "id": share.pk,
        "material_id": share.material_id,
        "channel": share.channel,
        "at": share.at,
        "text": given.text,
        "href": given.href,
    }
