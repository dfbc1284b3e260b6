"""Activities made from activities: clones, recordings, what they took over, how long they last."""

import uuid
from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.actions.cloning import CloneFacts, clone_activity
from symposia.activities.actions.enduring import (
    RecordingFacts,
    offer_recording,
    review_enduring,
    set_term,
)
from symposia.activities.actions.refreshing import look_at
from symposia.activities.enduring_lists import ENDURING
from symposia.activities.lasting import Term
from symposia.activities.models import Activity, EnduringTerm, Refresh, Type
from symposia.activities.origins import kinship_shown, taken_over_by
from symposia.activities.taking_over import objection_to_parts
from symposia.api.fields import WallTime
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.api.series import Looked, RefreshOut
from symposia.shared.refusals import refuse_if

router = Router(tags=["origins"])
list_route(router, ENDURING, "/enduring")


class NewClone(Schema):
    """What is new about a copy, and what it takes over."""

    title: str = Field(min_length=1, max_length=200)
    wall_starts: WallTime
    take: list[str] = Field(max_length=20)


class TermIn(Schema):
    """From when to when enduring material is offered, and by when it is reviewed."""

    released_on: date = Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))
    review_on: date = Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))
    ends_on: date = Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))


class NewRecording(TermIn):
    """A recording as enduring material."""

    title: str = Field(min_length=1, max_length=200)
    type: Type
    online_address: str = Field(max_length=500, pattern=r"^https?://[^\s\x00]+$")


class EnduringReview(Schema):
    """What a review of enduring material found."""

    outcome: str = Field(min_length=1, max_length=300)
    review_on: date = Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))


class KinshipOut(Schema):
    """Where an activity comes from, what was made from it, what it took over."""

    number: str
    origin: str
    kind: str
    made: list[str]
    taken_over: list[RefreshOut]


class TermOut(TermIn):
    reviewed_on: date | None
    outcome: str


@router.get("/activities/{uuid:pk}", response=KinshipOut, operation_id="kinship")
@allowed(Permission.VIEW_ACTIVITIES)
def kinship(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Where an activity comes from and what was made from it."""
    rows = Activity.objects.visible_to(request.access, Permission.VIEW_ACTIVITIES)
    return _out(request, get_object_or_404(rows, pk=pk))


@router.post(
    "/activities/{uuid:pk}/clones", response={201: KinshipOut}, operation_id="clone_activity"
)
@allowed(Permission.PLAN_ACTIVITIES)
def clone(request: Any, pk: uuid.UUID, body: NewClone) -> dict[str, Any]:
    """Plan another activity like it."""
    facts = CloneFacts(body.title, body.wall_starts)
    refuse_if(objection_to_parts(body.take, request.access))
    made = clone_activity(
        _activity(request, pk), facts, take=body.take, owner=request.user, by=request.actor
    )
    return _out(request, made)


@router.post(
    "/activities/{uuid:pk}/recordings",
    response={201: KinshipOut},
    operation_id="offer_recording",
)
@allowed(Permission.PLAN_ACTIVITIES)
def recording(request: Any, pk: uuid.UUID, body: NewRecording) -> dict[str, Any]:
    """Plan the recording as enduring material."""
    term = Term(body.released_on, body.review_on, body.ends_on)
    facts = RecordingFacts(body.title, body.type, body.online_address, term)
    source = _activity(request, pk)
    return _out(request, offer_recording(source, facts, owner=request.user, by=request.actor))


@router.put(
    "/activities/{uuid:pk}/refreshes/{uuid:refresh_pk}",
    response=KinshipOut,
    operation_id="look_at_activity",
)
@allowed(Permission.PLAN_ACTIVITIES)
def look(request: Any, pk: uuid.UUID, refresh_pk: uuid.UUID, body: Looked) -> dict[str, Any]:
    """Say that something taken over was looked at."""
    activity = _activity(request, pk)
    refresh = get_object_or_404(Refresh, activity=activity, pk=refresh_pk)
    look_at(refresh, note=body.note, by=request.actor)
    return _out(request, activity)


@router.put("/activities/{uuid:pk}/term", response=TermOut, operation_id="set_term")
@allowed(Permission.PLAN_ACTIVITIES)
def term_of_activity(request: Any, pk: uuid.UUID, body: TermIn) -> EnduringTerm:
    """Say from when to when it is offered."""
    return set_term(_activity(request, pk), Term(**body.dict()), by=request.actor)


@router.post(
    "/activities/{uuid:pk}/reviews", response={201: TermOut}, operation_id="review_enduring"
)
@allowed(Permission.PLAN_ACTIVITIES)
def review(request: Any, pk: uuid.UUID, body: EnduringReview) -> EnduringTerm:
    """Keep what a review of enduring material found."""
    rows = EnduringTerm.objects.visible_to(request.access)
    found = get_object_or_404(rows, activity=_activity(request, pk))
    return review_enduring(found, **body.dict(), by=request.actor)


def _activity(request: Any, pk: uuid.UUID) -> Activity:
    rows = Activity.objects.visible_to(request.access, Permission.PLAN_ACTIVITIES)
    return get_object_or_404(rows, pk=pk)


def _out(request: Any, activity: Activity) -> dict[str, Any]:
    found = kinship_shown(activity, request.access)
    return {
        "number": activity.number,
        "origin": found.origin.source.number if found.origin else "",
        "kind": found.origin.kind if found.origin else "",
        "made": [each.activity.number for each in found.made],
        "taken_over": taken_over_by(activity),
    }
