"""Invitations allotted to representatives: all one may see, and what oneself has left."""

import uuid
from datetime import date
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.outreach.actions.allotments import (
    AllotmentFacts,
    allot_invitations,
    end_allotment,
)
from symposia.outreach.allotted import all_allotted_to, representatives
from symposia.outreach.campaign_lists import ALLOTMENTS
from symposia.outreach.models import Allotment
from symposia.outreach.queries import candidates_of

router = Router(tags=["allotments"])
list_route(router, ALLOTMENTS)


class NewAllotment(Schema):
    """Who may send how many invitations of which activity, until when, to whom."""

    activity: uuid.UUID
    representative: uuid.UUID
    quantity: int = Field(ge=1, le=100_000)
    until_on: date
    approved: list[uuid.UUID] = Field(default=[], max_length=5000)


class AllotmentOut(Schema):
    """An allotment as it stands."""

    id: uuid.UUID
    state: str
    quantity: int
    given_back: int | None


class MyAllotmentOut(Schema):
    """What a representative has left of an activity's invitations, and the list approved."""

    activity: uuid.UUID
    number: str
    title: str
    quantity: int
    left: int
    until_on: date
    approved: list[uuid.UUID]


@router.get("/mine", response=list[MyAllotmentOut], operation_id="my_allotments")
@allowed(Permission.INVITE)
def mine(request: Any) -> list[dict[str, Any]]:
    """What oneself may still send, an activity a row."""
    return [
        {
            "activity": activity.pk,
            "number": activity.number,
            "title": activity.title,
            "quantity": allotted.quantity,
            "left": allotted.left,
            "until_on": allotted.until_on,
            "approved": sorted(allotted.approved),
        }
        for activity, allotted in all_allotted_to(request.access)
    ]


@router.post("", response={201: AllotmentOut}, operation_id="allot_invitations")
@allowed(Permission.PLAN_ACTIVITIES)
def allot(request: Any, body: NewAllotment) -> Status[Allotment]:
    """Let a representative send so many of an activity's invitations."""
    activities = Activity.objects.visible_to(request.access, Permission.PLAN_ACTIVITIES)
    activity = get_object_or_404(activities, pk=body.activity)
    person = next((p for p in representatives(now()) if p.pk == body.representative), None)
    if person is None:
        raise Http404
    approved = candidates_of(request.access, body.approved)
    facts = AllotmentFacts(body.quantity, body.until_on, approved)
    return Status(201, allot_invitations(activity, person, facts, by=request.actor))


@router.post("/{uuid:pk}/ending", response=AllotmentOut, operation_id="end_allotment")
@allowed(Permission.PLAN_ACTIVITIES)
def end(request: Any, pk: uuid.UUID) -> Allotment:
    """Give back at once what is not used."""
    found = get_object_or_404(Allotment.objects.planned_by(request.access).for_list(), pk=pk)
    return end_allotment(found, by=request.actor)
