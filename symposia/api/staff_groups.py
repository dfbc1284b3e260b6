"""Groups of staff at the office: whose they are, who looks after them, who is on their list."""

import uuid
from datetime import date
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from symposia.accounts.memberships import member_of_user_id
from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.directory.actions.staff import (
    Appointment,
    StaffGroupFacts,
    appoint_manager,
    change_staff_group,
    end_listing,
    end_manager,
    list_staff,
    make_staff_group,
    retire_staff_group,
)
from symposia.directory.models import (
    Clinician,
    GroupManager,
    Institution,
    StaffGroup,
    StaffMember,
)
from symposia.directory.staff_lists import STAFF_GROUPS, STAFF_LISTED

router = Router(tags=["staff"])
list_route(router, STAFF_GROUPS)
list_route(router, STAFF_LISTED, "/members")
_KEEPS = Permission.MANAGE_REGISTRATIONS


class StaffGroupIn(Schema):
    """What a group is called, and whose staff it is."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=160)
    institution: uuid.UUID | None = None
    department: str = Field("", max_length=120)


class StaffGroupOut(Schema):
    """A group, as kept."""

    id: uuid.UUID
    name: str
    institution_id: uuid.UUID | None
    department: str


class StaffReasonIn(Schema):
    """Why."""

    reason: str = Field(min_length=1, max_length=500)


class GroupManagerIn(Schema):
    """Who looks after it, by the key of the user, from when until when, and what they read."""

    user: uuid.UUID
    from_on: date
    until_on: date | None = None
    sees_licences: bool = False


class GroupManagerOut(Schema):
    """Who looks after a group, from when until when."""

    id: uuid.UUID
    group_id: uuid.UUID
    from_on: date
    until_on: date | None
    sees_licences: bool


class GroupManagerEndIn(Schema):
    """The last day; without one it ends at once."""

    on: date | None = None
    reason: str = Field(min_length=1, max_length=500)


class StaffListingIn(Schema):
    """Who is put on the list, from when until when."""

    clinician: uuid.UUID
    from_on: date
    until_on: date | None = None


class StaffListingOut(Schema):
    """Somebody on the list of a group."""

    id: uuid.UUID
    group_id: uuid.UUID
    clinician_id: uuid.UUID
    from_on: date
    until_on: date | None


class StaffLastDayIn(Schema):
    """The last day of somebody on a list."""

    on: date


@router.post("", response={201: StaffGroupOut}, operation_id="make_staff_group")
@allowed(_KEEPS, of_all=True)
def make(request: Any, body: StaffGroupIn) -> Status[StaffGroup]:
    """Begin a group."""
    return Status(201, make_staff_group(_facts(request, body), by=request.actor))


@router.put("/{uuid:pk}", response=StaffGroupOut, operation_id="change_staff_group")
@allowed(_KEEPS, of_all=True)
def change(request: Any, pk: uuid.UUID, body: StaffGroupIn) -> StaffGroup:
    """Call it otherwise, or say whose staff it is."""
    return change_staff_group(_group(request, pk), _facts(request, body), by=request.actor)


@router.post("/{uuid:pk}/retirement", response=StaffGroupOut, operation_id="retire_staff_group")
@allowed(_KEEPS, of_all=True)
def retire(request: Any, pk: uuid.UUID, body: StaffReasonIn) -> StaffGroup:
    """Let nobody look after it any more."""
    return retire_staff_group(_group(request, pk), by=request.actor, reason=body.reason)


@router.post(
    "/{uuid:pk}/managers", response={201: GroupManagerOut}, operation_id="appoint_group_manager"
)
@allowed(_KEEPS, of_all=True)
def appoint(request: Any, pk: uuid.UUID, body: GroupManagerIn) -> Status[GroupManager]:
    """Put a group into somebody's hands."""
    group, colleague = _group(request, pk), member_of_user_id(body.user)
    if colleague is None:
        raise Http404
    days = Appointment(body.from_on, body.until_on, body.sees_licences)
    made = appoint_manager(group, colleague, days, access=request.access, by=request.actor)
    return Status(201, made)


@router.post(
    "/managers/{uuid:pk}/ending", response=GroupManagerOut, operation_id="end_group_manager"
)
@allowed(_KEEPS, of_all=True)
def end(request: Any, pk: uuid.UUID, body: GroupManagerEndIn) -> GroupManager:
    """Take a group out of somebody's hands, now or after a day."""
    manager = get_object_or_404(GroupManager.objects.visible_to(request.access), pk=pk)
    return end_manager(manager, on=body.on, reason=body.reason, by=request.actor)


@router.post("/{uuid:pk}/members", response={201: StaffListingOut}, operation_id="add_staff_member")
@allowed(_KEEPS, of_all=True)
def add(request: Any, pk: uuid.UUID, body: StaffListingIn) -> Status[StaffMember]:
    """Put somebody on the list."""
    group = _group(request, pk)
    people = Clinician.objects.within(request.access, _KEEPS)
    person = get_object_or_404(people, pk=body.clinician)
    return Status(201, list_staff(group, person, body.from_on, body.until_on, by=request.actor))


@router.post(
    "/members/{uuid:pk}/ending", response=StaffListingOut, operation_id="end_staff_listing"
)
@allowed(_KEEPS, of_all=True)
def leave(request: Any, pk: uuid.UUID, body: StaffLastDayIn) -> StaffMember:
    """Say the last day of somebody on the list."""
    member = get_object_or_404(StaffMember.objects.visible_to(request.access), pk=pk)
    return end_listing(member, body.on, by=request.actor)


def _facts(request: Any, body: StaffGroupIn) -> StaffGroupFacts:
    known = Institution.objects.visible_to(request.access)
    house = get_object_or_404(known, pk=body.institution) if body.institution else None
    return StaffGroupFacts(body.name, house, body.department)


def _group(request: Any, pk: uuid.UUID) -> StaffGroup:
    return get_object_or_404(StaffGroup.objects.visible_to(request.access), pk=pk)
