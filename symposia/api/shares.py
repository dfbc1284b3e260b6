"""Places of an activity that are counted apart."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.directory.models import Profession
from symposia.registrations.actions.shares import ShareFacts, change_share, set_places_apart
from symposia.registrations.lists import SHARES
from symposia.registrations.models import Attending, Share

router = Router(tags=["places"])
list_route(router, SHARES)


class NewShare(Schema):
    """A group by its profession or its name, or a form of attendance, and how many places."""

    activity: uuid.UUID
    name: str = Field("", max_length=120)
    profession: Profession | None = None
    form: Attending | None = None
    capacity: int = Field(ge=0, le=100_000)


class ShareCapacity(Schema):
    capacity: int = Field(ge=0, le=100_000)


class PlaceShareOut(Schema):
    """How full a share is."""

    id: uuid.UUID
    activity_id: uuid.UUID
    kind: str
    name: str
    profession: str
    form: str
    capacity: int
    taken: int


@router.post("", response={201: PlaceShareOut}, operation_id="set_places_apart")
@allowed(Permission.MANAGE_REGISTRATIONS)
def set_apart(request: Any, body: NewShare) -> Status[Share]:
    """Keep places for a group, or limit one form of attendance."""
    rows = Activity.objects.visible_to(request.access, Permission.MANAGE_REGISTRATIONS)
    activity = get_object_or_404(rows, pk=body.activity)
    facts = ShareFacts(body.name, body.profession or "", body.form or "")
    return Status(201, set_places_apart(activity, facts, body.capacity, by=request.actor))


@router.post("/{uuid:pk}/resizing", response=PlaceShareOut, operation_id="change_share")
@allowed(Permission.MANAGE_REGISTRATIONS)
def change(request: Any, pk: uuid.UUID, body: ShareCapacity) -> Share:
    """Keep more, or give places back to everybody."""
    rows = Share.objects.visible_to(request.access, Permission.MANAGE_REGISTRATIONS)
    return change_share(get_object_or_404(rows, pk=pk), body.capacity, by=request.actor)
