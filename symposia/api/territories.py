"""Territories: who holds them from when until when, and who held a doctor on a day."""

import uuid
from datetime import date
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.memberships import member_of_id, role_of_code
from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.directory.actions.assignments import Days, assign_territory, end_assignment
from symposia.directory.models import Assignment, Clinician, Territory
from symposia.directory.territories import holders_on
from symposia.directory.territory_lists import TERRITORIES

router = Router(tags=["territories"])
list_route(router, TERRITORIES)


class AssignmentIn(Schema):
    """A membership, a role by its code, the first day and the last one if there is one."""

    member: uuid.UUID
    role: str = Field(max_length=40)
    from_on: date
    until_on: date | None = None


class EndIn(Schema):
    """The last day of an assignment, and why it ends."""

    on: date
    reason: str = Field(min_length=1, max_length=500)


class AssignmentOut(Schema):
    """Who holds a territory in a role, from when until when."""

    id: uuid.UUID
    territory: uuid.UUID = Field(alias="territory_id")
    member: uuid.UUID = Field(alias="membership_id")
    person: str = Field(alias="membership.user.full_name")
    role: str = Field(alias="role.code")
    from_on: date
    until_on: date | None


@router.get("/{uuid:pk}/assignments", response=list[AssignmentOut], operation_id="assignments")
@allowed(Permission.VIEW_DIRECTORY)
def history(request: Any, pk: uuid.UUID) -> list[Assignment]:
    """Everybody who held a territory, holds it or will."""
    territory = get_object_or_404(Territory.objects.visible_to(request.access), pk=pk)
    return list(Assignment.objects.of(territory).with_people().order_by("-from_on", "pk"))


@router.post(
    "/{uuid:pk}/assignments", response={201: AssignmentOut}, operation_id="assign_territory"
)
@allowed(Permission.MANAGE_ACCESS)
def assign(request: Any, pk: uuid.UUID, body: AssignmentIn) -> Assignment:
    """Let somebody hold a territory; whoever holds it before hands it on the day before."""
    seen = Territory.objects.visible_to(request.access, Permission.MANAGE_ACCESS)
    territory = get_object_or_404(seen, pk=pk)
    member, role = member_of_id(body.member), role_of_code(body.role)
    if member is None or role is None:
        raise Http404
    days = Days(body.from_on, body.until_on)
    made = assign_territory(territory, member, role, days, by=request.actor)
    return Assignment.objects.with_people().get(pk=made.pk)


@router.post("/assignments/{uuid:pk}/ending", response={204: None}, operation_id="end_assignment")
@allowed(Permission.MANAGE_ACCESS)
def end(request: Any, pk: uuid.UUID, body: EndIn) -> Status[Any]:
    """Let a territory go after a day."""
    seen = Assignment.objects.visible_to(request.access, Permission.MANAGE_ACCESS)
    found = get_object_or_404(seen, pk=pk)
    end_assignment(found, body.on, reason=body.reason, by=request.actor)
    return Status(204, None)


@router.get("/holders/{uuid:pk}", response=list[AssignmentOut], operation_id="holders_on")
@allowed(Permission.VIEW_DIRECTORY)
def holders(request: Any, pk: uuid.UUID, on: date) -> list[Assignment]:
    """Who held a doctor's part of the map on a day."""
    clinician = get_object_or_404(Clinician.objects.visible_to(request.access), pk=pk)
    return list(holders_on(clinician, on))
