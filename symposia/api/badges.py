"""Badges: sent to the printer, printed, taken out of the queue."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.attendance.actions.badges import (
    Look,
    design_badges,
    drop_badges,
    print_badges,
    queue_all_badges,
    queue_badge,
)
from symposia.attendance.badge_bands import LONGEST_WORD, Band
from symposia.attendance.badge_lists import BADGES
from symposia.attendance.badges import MOST_LINES
from symposia.attendance.models import Badge, BadgeField, BadgeRole, BadgeSize, BandColour
from symposia.registrations.models import Registration

router = Router(tags=["badges"])
list_route(router, BADGES)
_STAND = Permission.CHECK_IN


class NewBadge(Schema):
    """Whose badge, and why again."""

    registration: uuid.UUID
    reason: str = Field("", max_length=300)


class BadgeOut(Schema):
    """A badge on its way."""

    id: uuid.UUID
    registration: uuid.UUID
    state: str


class BandIn(Schema):
    """The word and the colour for those of one role."""

    role: BadgeRole
    word: str = Field(min_length=1, max_length=LONGEST_WORD)
    colour: BandColour


class LookIn(Schema):
    """Paper, what stands below the name in which order, the code, the bands."""

    size: BadgeSize
    shows: list[BadgeField] = Field(default_factory=list, max_length=MOST_LINES)
    has_code: bool = True
    band: str = Field("", max_length=30)
    bands: list[BandIn] = Field(default_factory=list, max_length=len(BadgeRole))


class LookOut(Schema):
    """How badges look."""

    size: str
    shows: list[str]
    has_code: bool
    band: str


class RunOut(Schema):
    """What went to the printer together."""

    run: uuid.UUID


@router.post("", response={201: BadgeOut}, operation_id="queue_badge")
@allowed(Permission.CHECK_IN)
def queue(request: Any, body: NewBadge) -> Status[Any]:
    """Send a badge to the printer."""
    rows = Registration.objects.visible_to(request.access, _STAND).select_related("activity")
    found = get_object_or_404(rows, pk=body.registration)
    return Status(201, _out(queue_badge(found, reason=body.reason, by=request.actor)))


class QueuedOut(Schema):
    """How many wait for the printer now who did not."""

    queued: int


@router.post("/activities/{pk}/badges", response={201: QueuedOut}, operation_id="queue_all_badges")
@allowed(Permission.CHECK_IN)
def queue_all(request: Any, pk: uuid.UUID) -> Status[Any]:
    """Send the badges of everybody with a place who has none to the printer."""
    queued = queue_all_badges(_activity(request, pk, _STAND), by=request.actor)
    return Status(201, {"queued": queued})


@router.post("/{pk}/dropping", response=BadgeOut, operation_id="drop_badge")
@allowed(Permission.CHECK_IN)
def drop(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Take a badge out of the queue."""
    badge = get_object_or_404(Badge.objects.visible_to(request.access, _STAND), pk=pk)
    drop_badges([badge], by=request.actor)
    badge.refresh_from_db()
    return _out(badge)


@router.post("/activities/{pk}/printing", response=RunOut, operation_id="print_badges")
@allowed(Permission.CHECK_IN)
def print_now(request: Any, pk: uuid.UUID) -> dict[str, uuid.UUID]:
    """Print what waits."""
    return {"run": print_badges(_activity(request, pk, _STAND), by=request.actor)}


@router.put("/activities/{pk}/design", response=LookOut, operation_id="design_badges")
@allowed(Permission.MANAGE_REGISTRATIONS)
def design(request: Any, pk: uuid.UUID, body: LookIn) -> Any:
    """Say how the badges of an activity look."""
    activity = _activity(request, pk, Permission.MANAGE_REGISTRATIONS)
    bands = [Band(each.role, each.word, each.colour) for each in body.bands]
    look = Look(body.size, list(body.shows), body.has_code, body.band, bands=bands)
    return design_badges(activity, look, by=request.actor)


def _activity(request: Any, pk: uuid.UUID, permission: Permission) -> Activity:
    return get_object_or_404(Activity.objects.visible_to(request.access, permission), pk=pk)


def _out(badge: Badge) -> dict[str, Any]:
    return {"id": badge.pk, "registration": badge.registration_id, "state": badge.state}
