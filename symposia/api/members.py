"""Members: who works here, in which roles and until when, and who has left."""

import uuid
from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.actions import add_member, end_membership
from symposia.accounts.lists import MEMBERS
from symposia.accounts.memberships import role_of_code
from symposia.accounts.models import Membership
from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.shared.times import day_ends

router = Router(tags=["members"])
list_route(router, MEMBERS)


class GrantIn(Schema):
    """A role of the organisation by its code, and its last day if it ends by itself."""

    role: str = Field(max_length=40)
    until: date | None = None


class GrantOut(Schema):
    """A role as it is held; one that waits is held once a second administrator agrees."""

    id: uuid.UUID
    role: str
    valid_until: datetime | None
    waits_since: datetime | None


class LeavingIn(Schema):
    """Why somebody leaves."""

    reason: str = Field(min_length=1, max_length=500)


class MembershipOut(Schema):
    """A membership as it stands."""

    id: uuid.UUID
    joined_at: datetime
    ended_at: datetime | None


@router.post("/{uuid:pk}/grants", response={201: GrantOut}, operation_id="give_role")
@allowed(Permission.MANAGE_ACCESS)
def give(request: Any, pk: uuid.UUID, body: GrantIn) -> dict[str, Any]:
    """Give a member a role, or another end to one they hold; four eyes as on the page."""
    role = role_of_code(body.role)
    if role is None:
        raise Http404
    until = day_ends(body.until, request.organisation.zone) if body.until else None
    grant = add_member(_member(request, pk).user, role, valid_until=until, by=request.actor)
    return {
        "id": grant.pk,
        "role": role.code,
        "valid_until": grant.valid_until,
        "waits_since": grant.waits_since,
    }


@router.post("/{uuid:pk}/ending", response=MembershipOut, operation_id="end_membership")
@allowed(Permission.MANAGE_ACCESS)
def end(request: Any, pk: uuid.UUID, body: LeavingIn) -> Membership:
    """Roles, keys and open offers end with it, at once."""
    return end_membership(_member(request, pk), reason=body.reason, by=request.actor)


def _member(request: Any, pk: uuid.UUID) -> Membership:
    rows = Membership.objects.visible_to(request.access).standing().with_user()
    return get_object_or_404(rows, pk=pk)
