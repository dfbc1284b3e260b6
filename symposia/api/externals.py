"""People from outside who work for an activity."""

import uuid
from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.actions.externals import (
    ExternalFacts,
    add_external,
    end_external,
    give_external_access,
)
from symposia.activities.external_lists import EXTERNALS
from symposia.activities.models import Activity, ExternalMember
from symposia.api.fields import EmailOrNothing
from symposia.api.gates import allowed
from symposia.api.lists import list_route

router = Router(tags=["activities"])
list_route(router, EXTERNALS)


class ExternalIn(Schema):
    """Who helps from outside, and for which activity."""

    activity: uuid.UUID
    name: str = Field(min_length=1, max_length=200)
    task: str = Field(min_length=1, max_length=200)
    agency: str = Field("", max_length=200)
    email: EmailOrNothing = ""


class AccessIn(Schema):
    """Until when somebody may sign in to the activity."""

    until: date


class ExternalEndingIn(Schema):
    """Why somebody does not work for it any more."""

    reason: str = Field(min_length=1, max_length=500)


class ExternalOut(Schema):
    """Somebody from outside, as kept."""

    id: uuid.UUID
    activity_id: uuid.UUID
    name: str
    email: str
    agency: str
    task: str
    access_until: date | None
    added_at: datetime
    ended_at: datetime | None


@router.post("", response={201: ExternalOut}, operation_id="add_external")
@allowed(Permission.PLAN_ACTIVITIES)
def add(request: Any, body: ExternalIn) -> ExternalMember:
    """Put somebody from outside on the team."""
    rows = Activity.objects.visible_to(request.access, Permission.PLAN_ACTIVITIES)
    activity = get_object_or_404(rows, pk=body.activity)
    facts = ExternalFacts(body.name, body.task, body.email, body.agency)
    return add_external(activity, facts, by=request.actor)


@router.post("/{uuid:pk}/access", response=ExternalOut, operation_id="give_external_access")
@allowed(Permission.PLAN_ACTIVITIES)
def let_in(request: Any, pk: uuid.UUID, body: AccessIn) -> ExternalMember:
    """Let them sign in to this activity alone, until a day."""
    return give_external_access(_external(request, pk), body.until, by=request.actor)


@router.post("/{uuid:pk}/ending", response=ExternalOut, operation_id="end_external")
@allowed(Permission.PLAN_ACTIVITIES)
def end(request: Any, pk: uuid.UUID, body: ExternalEndingIn) -> ExternalMember:
    """They do not work for it any more."""
    return end_external(_external(request, pk), reason=body.reason, by=request.actor)


def _external(request: Any, pk: uuid.UUID) -> ExternalMember:
    rows = ExternalMember.objects.visible_to(request.access, Permission.PLAN_ACTIVITIES)
    return get_object_or_404(rows, pk=pk)
