"""Venues with their rooms, things that sessions need, and sessions moved in time and room."""

import uuid
from typing import Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.actions.sessions import NewTime, choose_equipment, move_session
from symposia.activities.actions.venues import (
    VenueFacts,
    add_equipment,
    add_room,
    add_venue,
    change_venue,
    choose_venue,
    remove_room,
    retire_equipment,
    retire_venue,
)
from symposia.activities.models import Activity, Equipment, Room, Session, Venue, VenueKind
from symposia.activities.small_rooms import SMALL_ROOMS
from symposia.activities.venue_choice import candidates_for
from symposia.activities.venue_lists import EQUIPMENT, VENUES
from symposia.api.fields import WallTime
from symposia.api.gates import allowed
from symposia.api.lists import list_route

router = Router(tags=["venues"])
list_route(router, VENUES)
list_route(router, EQUIPMENT, "/equipment")
list_route(router, SMALL_ROOMS, "/too-small")


class NewVenue(Schema):
    """What one must know of a venue."""

    name: str = Field(min_length=1, max_length=200)
    city: str = Field(min_length=1, max_length=120)
    country: str = Field(pattern="^[A-Z]{2}$")
    address: str = Field("", max_length=300)
    notes: str = Field("", max_length=2000)
    kind: VenueKind | Literal[""] = ""
    stars: int | None = Field(None, ge=1, le=7)
    # Known for luxury, sport or entertainment.
    is_renowned: bool | None = None


class ChangedVenue(NewVenue):
    """All facts of a venue, written on a version that was read before."""

    seen_version: int


class VenueChoice(Schema):
    """The venue an activity is to have, written on a version that was read before."""

    venue: uuid.UUID
    seen_version: int


class VerdictOut(Schema):
    """What one rule says of a venue, with its source."""

    rule: str
    result: str
    message: str
    citation: str
    is_to_verify: bool


class VenueCandidateOut(Schema):
    """A venue that may be chosen: the seats of its largest room, and what the rules say."""

    id: uuid.UUID
    name: str
    city: str
    seats: int | None
    is_too_small: bool
    result: str
    said: list[VerdictOut]


class ChosenVenueOut(Schema):
    """Where an activity takes place now."""

    id: uuid.UUID
    version: int
    venue_name: str
    city: str
    country: str


class NewRoom(Schema):
    """A room; the same name again changes its seats."""

    name: str = Field(min_length=1, max_length=80)
    seats: int | None = Field(None, ge=1, le=100_000)


class Retirement(Schema):
    reason: str = Field(min_length=1, max_length=300)


class NewThing(Schema):
    """A thing that sessions may need; where it stays, or nothing if it travels."""

    name: str = Field(min_length=1, max_length=120)
    venue: uuid.UUID | None = None


class Move(Schema):
    """Where a session goes, written on the version that was read before."""

    wall_starts: WallTime
    minutes: int = Field(ge=1, le=1440)
    place: uuid.UUID | None = None
    seen_version: int


class Things(Schema):
    equipment: list[uuid.UUID]


class RoomOut(Schema):
    id: uuid.UUID
    name: str
    seats: int | None


class VenueOut(Schema):
    id: uuid.UUID
    name: str
    address: str
    city: str
    country: str
    notes: str
    kind: str
    stars: int | None
    is_renowned: bool | None
    version: int
    retired_because: str
    rooms: list[RoomOut]


class ThingOut(Schema):
    id: uuid.UUID
    name: str


class MovedSessionOut(Schema):
    id: uuid.UUID
    title: str
    wall_starts: WallTime
    minutes: int
    creditable_minutes: int
    room: str
    version: int


@router.post("", response={201: VenueOut}, operation_id="add_venue")
@allowed(Permission.PLAN_ACTIVITIES)
def add(request: Any, body: NewVenue) -> dict[str, Any]:
    """Enter a venue."""
    return _out(add_venue(VenueFacts(**body.dict()), by=request.actor))


@router.get("/{uuid:pk}", response=VenueOut, operation_id="venue")
@allowed(Permission.VIEW_ACTIVITIES)
def venue(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One venue with its rooms."""
    return _out(_venue(request, pk))


@router.put("/{uuid:pk}", response=VenueOut, operation_id="change_venue")
@allowed(Permission.PLAN_ACTIVITIES)
def change(request: Any, pk: uuid.UUID, body: ChangedVenue) -> dict[str, Any]:
    """Mend what is known of a venue."""
    facts = VenueFacts(**body.dict(exclude={"seen_version"}))
    found = _venue(request, pk)
    return _out(change_venue(found, facts, seen_version=body.seen_version, by=request.actor))


@router.get(
    "/choices/{uuid:pk}", response=list[VenueCandidateOut], operation_id="venues_for_activity"
)
@allowed(Permission.PLAN_ACTIVITIES)
def choices(request: Any, pk: uuid.UUID) -> list[dict[str, Any]]:
    """The venues an activity may choose from, each judged by the rules of its day."""
    return [
        {
            "id": each.venue.pk,
            "name": each.venue.name,
            "city": each.venue.city,
            "seats": each.seats,
            "is_too_small": each.is_too_small,
            "result": each.result,
            "said": each.said,
        }
        for each in candidates_for(_planned(request, pk))
    ]


@router.post("/choices/{uuid:pk}", response=ChosenVenueOut, operation_id="choose_venue")
@allowed(Permission.PLAN_ACTIVITIES)
def choose(request: Any, pk: uuid.UUID, body: VenueChoice) -> Activity:
    """Hold an activity that is being planned at a venue."""
    there, activity = _venue(request, body.venue), _planned(request, pk)
    return choose_venue(activity, there, seen_version=body.seen_version, by=request.actor)


@router.post("/{uuid:pk}/retirement", response=VenueOut, operation_id="retire_venue")
@allowed(Permission.PLAN_ACTIVITIES)
def retire(request: Any, pk: uuid.UUID, body: Retirement) -> dict[str, Any]:
    """Choose a venue no longer."""
    return _out(retire_venue(_venue(request, pk), reason=body.reason, by=request.actor))


@router.post("/{uuid:pk}/rooms", response={201: RoomOut}, operation_id="add_room")
@allowed(Permission.PLAN_ACTIVITIES)
def room(request: Any, pk: uuid.UUID, body: NewRoom) -> Room:
    """Enter a room of a venue."""
    return add_room(_venue(request, pk), name=body.name, seats=body.seats, by=request.actor)


@router.delete("/rooms/{uuid:pk}", response={204: None}, operation_id="remove_room")
@allowed(Permission.PLAN_ACTIVITIES)
def room_remove(request: Any, pk: uuid.UUID) -> None:
    """Take away a room in which nothing takes place."""
    here = Venue.objects.visible_to(request.access)
    remove_room(get_object_or_404(Room, pk=pk, venue__in=here), by=request.actor)


@router.post("/equipment", response={201: ThingOut}, operation_id="add_equipment")
@allowed(Permission.PLAN_ACTIVITIES)
def thing(request: Any, body: NewThing) -> Equipment:
    """Enter a thing that sessions may need."""
    at = _venue(request, body.venue) if body.venue else None
    return add_equipment(body.name, venue=at, by=request.actor)


@router.post("/equipment/{uuid:pk}/retirement", response=ThingOut, operation_id="retire_equipment")
@allowed(Permission.PLAN_ACTIVITIES)
def thing_retire(request: Any, pk: uuid.UUID) -> Equipment:
    """Offer a thing no longer."""
    found = get_object_or_404(Equipment.objects.visible_to(request.access), pk=pk)
    return retire_equipment(found, by=request.actor)


@router.put("/sessions/{uuid:pk}/time", response=MovedSessionOut, operation_id="move_session")
@allowed(Permission.PLAN_ACTIVITIES)
def move(request: Any, pk: uuid.UUID, body: Move) -> Session:
    """Put a session at another time or in another room."""
    place = get_object_or_404(Room.objects.bookable(), pk=body.place) if body.place else None
    to = NewTime(body.wall_starts, body.minutes, place)
    found = _session(request, pk)
    return move_session(found, to, seen_version=body.seen_version, by=request.actor)


@router.put(
    "/sessions/{uuid:pk}/equipment", response=MovedSessionOut, operation_id="choose_equipment"
)
@allowed(Permission.PLAN_ACTIVITIES)
def things(request: Any, pk: uuid.UUID, body: Things) -> Session:
    """Say which things a session needs."""
    known = Equipment.objects.in_use()
    wanted = [get_object_or_404(known, pk=each) for each in body.equipment]
    return choose_equipment(_session(request, pk), wanted, by=request.actor)


def _session(request: Any, pk: uuid.UUID) -> Session:
    mine = Activity.objects.visible_to(request.access, Permission.PLAN_ACTIVITIES)
    return get_object_or_404(Session, pk=pk, activity__in=mine)


def _planned(request: Any, pk: uuid.UUID) -> Activity:
    mine = Activity.objects.visible_to(request.access, Permission.PLAN_ACTIVITIES)
    return get_object_or_404(mine, pk=pk)


def _venue(request: Any, pk: uuid.UUID) -> Venue:
    return get_object_or_404(Venue.objects.visible_to(request.access), pk=pk)


def _out(found: Venue) -> dict[str, Any]:
    names = [name for name in VenueOut.model_fields if name != "rooms"]
    return {name: getattr(found, name) for name in names} | {
        "rooms": list(found.rooms.order_by("name", "pk"))
    }
