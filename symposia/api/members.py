"""Members: who works here, in which roles and until when, and who has left."""

import uuid
from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.actions import (
    add_member,
    agree_to_change,
    confirm_grant,
    drop_change,
    end_membership,
    place_member,
    remove_grant,
)
from symposia.accounts.lists import ACCESS_CHANGES, MEMBERS
from symposia.accounts.memberships import grant_of_id, role_of_code
from symposia.accounts.models import AccessChange, Grant, Membership, ScopeKind
from symposia.accounts.open_work import kinds_of_open_work
from symposia.accounts.permissions import Permission
from symposia.accounts.policies import objection_to_kinds, objection_to_reach
from symposia.accounts.queries import change_of_member, change_waiting_for
from symposia.accounts.succession import Succession, passings_of
from symposia.activities.models import Activity
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.directory.colleague_lists import COLLEAGUE_IMPORTS
from symposia.directory.models import Territory
from symposia.shared.refusals import refuse_if
from symposia.shared.times import day_ends

router = Router(tags=["members"])
list_route(router, MEMBERS)
list_route(router, ACCESS_CHANGES, "/changes")
list_route(router, COLLEAGUE_IMPORTS, "/files")


class GrantIn(Schema):
    """A role of the organisation by its code, its last day if it ends by itself, and the territory
    or the activity that it is limited to."""

    role: str = Field(max_length=40)
    until: date | None = None
    # Only one of them; neither is the whole organisation.
    territory: uuid.UUID | None = None
    activity: uuid.UUID | None = None


class GrantOut(Schema):
    """A role as it is held; one that waits is held once a second administrator agrees, and so is
    its change where one is named."""

    id: uuid.UUID
    role: str
    scope_kind: str
    scope_id: uuid.UUID | None
    valid_until: datetime | None
    waits_since: datetime | None
    change: uuid.UUID | None


class RemovalIn(Schema):
    """Why a role is taken away."""

    reason: str = Field(min_length=1, max_length=500)


class SuccessionIn(Schema):
    """Who goes on with what somebody had to do; of some kinds another one, or nobody yet."""

    successor: uuid.UUID | None = None
    otherwise: dict[str, uuid.UUID | None] = {}


class LeavingIn(SuccessionIn, RemovalIn):
    """Why somebody leaves, who goes on, and whether in spite of what stands against them."""

    in_spite: bool = False


class PassingOut(Schema):
    """One kind of open work: how much it is, whose it would be, and what stands against that."""

    kind: str
    label: str
    count: int
    handed_over: bool
    successor: uuid.UUID | None
    titles: list[str]
    against: list[str]
    # What of it waits for the leaver and for nobody else, in words.
    alone: str


class MembershipOut(Schema):
    """A membership as it stands; with a change that waits it has not ended yet."""

    id: uuid.UUID
    joined_at: datetime
    ended_at: datetime | None
    change: uuid.UUID | None


class PlaceIn(Schema):
    """What somebody is called here, and the membership of whom they report to."""

    title: str = Field(default="", max_length=120)
    manager: uuid.UUID | None = None


class PlaceOut(Schema):
    """A membership with its position and its manager."""

    id: uuid.UUID
    title: str
    manager: uuid.UUID | None = Field(alias="manager_id")


class AccessChangeOut(Schema):
    """What a second administrator agrees to, or not."""

    id: uuid.UUID
    kind: str
    state: str
    until: datetime | None
    reason: str
    asked_at: datetime
    asked_by_name: str
    decided_at: datetime | None
    decided_by_name: str


@router.post("/{uuid:pk}/grants", response={201: GrantOut}, operation_id="give_role")
@allowed(Permission.MANAGE_ACCESS)
def give(request: Any, pk: uuid.UUID, body: GrantIn) -> dict[str, Any]:
    """Give a member a role, or another end to one they hold; four eyes as on the page."""
    role = role_of_code(body.role)
    if role is None:
        raise Http404
    until = day_ends(body.until, request.organisation.zone) if body.until else None
    user, scope = _member(request, pk).user, _scope(request, body)
    return _out(add_member(user, role, valid_until=until, by=request.actor, **scope))


@router.post("/grants/{uuid:pk}/confirmation", response=GrantOut, operation_id="confirm_role")
@allowed(Permission.MANAGE_ACCESS)
def confirm(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Agree, as a second administrator, that somebody holds a role that decides."""
    return _out(confirm_grant(_grant(pk), by=request.actor))


@router.post(
    "/grants/{uuid:pk}/removal", response={200: GrantOut, 204: None}, operation_id="take_role"
)
@allowed(Permission.MANAGE_ACCESS)
def remove(request: Any, pk: uuid.UUID, body: RemovalIn) -> Status[Any]:
    """Take a role away. One that manages access is held until a second administrator agrees: then
    the answer names the change that waits."""
    grant = _grant(pk)
    remove_grant(grant, reason=body.reason, by=request.actor)
    waits = change_waiting_for(grant)
    return Status(200, _out(grant)) if waits else Status(204, None)


@router.put("/{uuid:pk}/place", response=PlaceOut, operation_id="place_member")
@allowed(Permission.MANAGE_ACCESS)
def place(request: Any, pk: uuid.UUID, body: PlaceIn) -> Membership:
    """Say what somebody is called here and to whom they report; nobody says it of themselves."""
    manager = _member(request, body.manager) if body.manager else None
    return place_member(_member(request, pk), title=body.title, manager=manager, by=request.actor)


@router.post("/{uuid:pk}/ending", response=MembershipOut, operation_id="end_membership")
@allowed(Permission.MANAGE_ACCESS)
def end(request: Any, pk: uuid.UUID, body: LeavingIn) -> dict[str, Any]:
    """Roles, keys and open offers end with it, at once; of somebody who manages access once a
    second administrator agrees."""
    ended = end_membership(_member(request, pk), by=request.actor, **body.dict())
    change = change_of_member(ended)
    return {
        "id": ended.pk,
        "joined_at": ended.joined_at,
        "ended_at": ended.ended_at,
        "change": change.pk if change else None,
    }


@router.post(
    "/{uuid:pk}/ending/rehearsal", response=list[PassingOut], operation_id="preview_leaving"
)
@allowed(Permission.MANAGE_ACCESS)
def preview(request: Any, pk: uuid.UUID, body: SuccessionIn) -> list[dict[str, Any]]:
    """What would move if somebody left, and what stands against it; nothing changes."""
    member, succession = _member(request, pk), Succession(body.successor, body.otherwise)
    refuse_if(objection_to_kinds(body.otherwise, kinds_of_open_work()))
    found = passings_of(member.user_id, request.access, succession, at=now())
    return [
        {
            "kind": each.left.name,
            "label": str(each.left.work.label),
            "count": each.left.count,
            "handed_over": each.left.work.handed_over,
            "successor": each.successor.pk if each.successor else None,
            "titles": [title for _key, title in each.left.named],
            "against": [str(objection) for objection in each.objections],
            "alone": str(each.note or ""),
        }
        for each in found
    ]


@router.post(
    "/changes/{uuid:pk}/agreement", response=AccessChangeOut, operation_id="agree_to_access_change"
)
@allowed(Permission.MANAGE_ACCESS)
def agree(request: Any, pk: uuid.UUID) -> AccessChange:
    """What was asked for happens; whoever asked cannot agree."""
    return agree_to_change(_change(request, pk), by=request.actor)


@router.post(
    "/changes/{uuid:pk}/withdrawal", response=AccessChangeOut, operation_id="drop_access_change"
)
@allowed(Permission.MANAGE_ACCESS)
def drop(request: Any, pk: uuid.UUID) -> AccessChange:
    """Everything stays as it is."""
    return drop_change(_change(request, pk), by=request.actor)


def _scope(request: Any, body: GrantIn) -> dict[str, Any]:
    """What a role is limited to, if it exists for whoever gives it."""
    refuse_if(objection_to_reach(body.territory, body.activity))
    if body.activity:
        seen = Activity.objects.visible_to(request.access)
        found = get_object_or_404(seen, pk=body.activity)
        return {"scope_kind": ScopeKind.ACTIVITY, "scope_id": found.pk}
    if body.territory:
        places = Territory.objects.visible_to(request.access, Permission.MANAGE_ACCESS)
        return {
            "scope_kind": ScopeKind.TERRITORY,
            "scope_id": get_object_or_404(places, pk=body.territory).pk,
        }
    return {}


def _out(grant: Grant) -> dict[str, Any]:
    change = change_waiting_for(grant)
    return {
        "id": grant.pk,
        "role": grant.role.code,
        "scope_kind": grant.scope_kind,
        "scope_id": grant.scope_id,
        "valid_until": grant.valid_until,
        "waits_since": grant.waits_since,
        "change": change.pk if change else None,
    }


def _grant(pk: uuid.UUID) -> Grant:
    found = grant_of_id(pk)
    if found is None:
        raise Http404
    return found


def _change(request: Any, pk: uuid.UUID) -> AccessChange:
    return get_object_or_404(AccessChange.objects.visible_to(request.access), pk=pk)


def _member(request: Any, pk: uuid.UUID) -> Membership:
    rows = Membership.objects.visible_to(request.access).standing().with_user()
    return get_object_or_404(rows, pk=pk)
