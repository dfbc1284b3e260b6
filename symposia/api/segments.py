"""Segments: saved filters and lists of people, and who is on them."""

import uuid
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from symposia.accounts.permissions import Permission
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.directory.actions.segments import (
    SegmentFacts,
    add_to_segment,
    change_segment,
    remove_from_segment,
    retire_segment,
    save_segment,
)
from symposia.directory.models import Clinician, Segment, SegmentKind
from symposia.directory.segment_lists import SEGMENT_MEMBERS, SEGMENTS
from symposia.directory.segments import members_of

router = Router(tags=["clinicians"])
list_route(router, SEGMENTS)
list_route(router, SEGMENT_MEMBERS, "/people")
MOST = 5_000


class SegmentSaid(Schema):
    """What a segment is called, what it is for, and who sees it."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=120)
    description: str = Field("", max_length=500)
    is_shared: bool = False


class SegmentIn(SegmentSaid):
    """A filter to keep (the query of the list of people), or a list to begin."""

    kind: SegmentKind = SegmentKind.LIST
    query: str = Field("", max_length=1000)


class PeopleIn(Schema):
    """People of the directory, by their keys."""

    clinicians: list[uuid.UUID] = Field(min_length=1, max_length=MOST)


class SegmentOut(Schema):
    """A segment, as kept."""

    id: uuid.UUID
    name: str
    description: str
    kind: str
    query: str
    is_shared: bool
    owner_name: str


class SegmentCountOut(Schema):
    """How many people it was about."""

    count: int


@router.post("", response={201: SegmentOut}, operation_id="save_segment")
@allowed(Permission.VIEW_DIRECTORY)
def save(request: Any, body: SegmentIn) -> Segment:
    """Keep a filter, or begin a list."""
    return save_segment(SegmentFacts(**body.dict()), by=request.actor, access=request.access)


@router.put("/{uuid:pk}", response=SegmentOut, operation_id="change_segment")
@allowed(Permission.VIEW_DIRECTORY)
def change(request: Any, pk: uuid.UUID, body: SegmentSaid) -> Segment:
    """Call it otherwise, say more of it, show it to the team or keep it to oneself."""
    segment = get_object_or_404(Segment.objects.visible_to(request.access), pk=pk)
    facts = SegmentFacts(**body.dict())
    return change_segment(segment, facts, access=request.access, by=request.actor)


@router.get("/{pk}/members", response=list[uuid.UUID], operation_id="members_of_segment")
@allowed(Permission.VIEW_DIRECTORY)
def members(request: HttpRequest, pk: uuid.UUID) -> list[uuid.UUID]:
    """The keys of the people of a segment today, of a filter as of a list; at most 5,000."""
    access = request.access  # type: ignore[attr-defined]
    segment = get_object_or_404(Segment.objects.visible_to(access), pk=pk)
    people = members_of(segment, access).order_by("search_text", "pk")
    return list(people.values_list("pk", flat=True)[:MOST])


@router.post("/{pk}/additions", response=SegmentCountOut, operation_id="add_to_segment")
@allowed(Permission.VIEW_DIRECTORY)
def add(request: Any, pk: uuid.UUID, body: PeopleIn) -> dict[str, int]:
    """Put people on a list."""
    segment, people = _both(request, pk, body)
    return {"count": len(add_to_segment(segment, people, access=request.access, by=request.actor))}


@router.post("/{pk}/removal", response=SegmentCountOut, operation_id="remove_from_segment")
@allowed(Permission.VIEW_DIRECTORY)
def remove(request: Any, pk: uuid.UUID, body: PeopleIn) -> dict[str, int]:
    """Take people off a list."""
    segment, people = _both(request, pk, body)
    count = remove_from_segment(segment, people, access=request.access, by=request.actor)
    return {"count": count}


@router.post("/{pk}/retirement", response=SegmentOut, operation_id="retire_segment")
@allowed(Permission.VIEW_DIRECTORY)
def retire(request: Any, pk: uuid.UUID) -> Segment:
    """Offer it no more."""
    segment = get_object_or_404(Segment.objects.visible_to(request.access), pk=pk)
    return retire_segment(segment, access=request.access, by=request.actor)


def _both(request: Any, pk: uuid.UUID, body: PeopleIn) -> tuple[Segment, list[Clinician]]:
    segment = get_object_or_404(Segment.objects.visible_to(request.access), pk=pk)
    people = Clinician.objects.visible_to(request.access).filter(pk__in=body.clinicians)
    return segment, list(people)
