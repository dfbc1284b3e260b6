"""The organisation's own directory: its groups with their roles, and what it asked for."""

import uuid
from datetime import datetime
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.actions.synced_groups import map_group
from symposia.accounts.memberships import role_of_code
from symposia.accounts.models import DirectoryGroup
from symposia.accounts.permissions import Permission
from symposia.accounts.synced_lists import DIRECTORY_GROUPS, SYNC_STEPS
from symposia.api.gates import allowed
from symposia.api.lists import list_route

router = Router(tags=["members"])
list_route(router, DIRECTORY_GROUPS, "/groups")
list_route(router, SYNC_STEPS, "/steps")


class GroupRoleIn(Schema):
    """The code of a role, or none: then the group gives nothing."""

    role: str | None = Field(default=None, max_length=40)


class GroupRoleOut(Schema):
    """A group with what it gives, and in sentences what was left as it was."""

    id: uuid.UUID
    display_name: str
    role: str | None
    mapped_at: datetime | None
    notes: list[str]


@router.put("/groups/{uuid:pk}/role", response=GroupRoleOut, operation_id="map_directory_group")
@allowed(Permission.MANAGE_ACCESS)
def give(request: Any, pk: uuid.UUID, body: GroupRoleIn) -> dict[str, Any]:
    """Say which role a group gives; its people get it at once, four eyes as on the page."""
    group = get_object_or_404(DirectoryGroup.objects.visible_to(request.access), pk=pk)
    role = role_of_code(body.role) if body.role else None
    if body.role and role is None:
        raise Http404
    kept = map_group(group, role, by=request.actor)
    return {
        "id": kept.group.pk,
        "display_name": kept.group.display_name,
        "role": kept.group.role.code if kept.group.role else None,
        "mapped_at": kept.group.mapped_at,
        "notes": kept.notes,
    }
