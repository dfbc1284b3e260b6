"""Agencies that send people: entered, changed, and ended with everybody they sent."""

import uuid
from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.actions.agencies import (
    AgencyFacts,
    add_agency,
    change_agency,
    end_agency,
)
from symposia.activities.agency_lists import AGENCIES
from symposia.activities.models import Agency
from symposia.api.fields import EmailOrNothing
from symposia.api.gates import allowed
from symposia.api.lists import list_route

router = Router(tags=["activities"])
list_route(router, AGENCIES)


class AgencyIn(Schema):
    """Who it is and from when until when it works for us."""

    name: str = Field(min_length=1, max_length=200)
    active_from: date
    active_until: date | None = None
    contact: str = Field("", max_length=200)
    contact_email: EmailOrNothing = ""


class AgencyChangeIn(AgencyIn):
    """The same, and the version that it was read in."""

    seen_version: int = Field(ge=1, le=2**31 - 1)


class AgencyEndingIn(Schema):
    """Why its work ends, and the people from outside (their ids) for whom somebody looked at it."""

    reason: str = Field(min_length=1, max_length=500)
    people: list[uuid.UUID] = Field(max_length=1000)


class AgencyOut(Schema):
    """An agency as kept."""

    id: uuid.UUID
    name: str
    contact: str
    contact_email: str
    active_from: date
    active_until: date | None
    version: int
    ended_at: datetime | None


@router.post("", response={201: AgencyOut}, operation_id="add_agency")
@allowed(Permission.PLAN_ACTIVITIES)
def add(request: Any, body: AgencyIn) -> Agency:
    """Put an agency on the list."""
    return add_agency(AgencyFacts(**body.dict()), by=request.actor)


@router.put("/{uuid:pk}", response=AgencyOut, operation_id="change_agency")
@allowed(Permission.PLAN_ACTIVITIES)
def change(request: Any, pk: uuid.UUID, body: AgencyChangeIn) -> Agency:
    """Another contact, other days."""
    said = body.dict()
    seen = said.pop("seen_version")
    return change_agency(
        _managed(request, pk), AgencyFacts(**said), seen_version=seen, by=request.actor
    )


@router.post("/{uuid:pk}/ending", response=AgencyOut, operation_id="end_agency")
@allowed(Permission.PLAN_ACTIVITIES)
def end(request: Any, pk: uuid.UUID, body: AgencyEndingIn) -> Agency:
    """End the work of everybody it sent at once."""
    agency = _managed(request, pk)
    return end_agency(agency, reason=body.reason, seen=body.people, by=request.actor)


def _managed(request: Any, pk: uuid.UUID) -> Agency:
    return get_object_or_404(Agency.objects.managed_by(request.access), pk=pk)
