"""Discussions over the API: opened, changed, told of, spoken in and followed, as on the pages."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Status

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.discussion_out import (
    ContributionIn,
    ContributionOut,
    DiscussionChangeIn,
    DiscussionNewIn,
    DiscussionOut,
    LearnerIn,
    RemarkIn,
    contribution_out,
    discussion_out,
)
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.learning.actions.contributions import Said, contribute
from symposia.learning.actions.discussions import (
    change_discussion,
    open_discussion,
    remove_discussion,
    tell_of_discussion,
)
from symposia.learning.actions.following import follow_discussion, stop_following
from symposia.learning.discussing import said_where, voice_of_office, voice_of_place
from symposia.learning.discussion_lists import DISCUSSIONS
from symposia.learning.models import Contribution, Discussion
from symposia.registrations.models import Registration

router = Router(tags=["discussions"])
list_route(router, DISCUSSIONS)
SEES, WORKS = Permission.VIEW_EVALUATIONS, Permission.MANAGE_EVALUATIONS
OFFICE = Permission.MANAGE_REGISTRATIONS


@router.post("", response={201: DiscussionOut}, operation_id="open_discussion")
@allowed(WORKS)
def new(request: Any, body: DiscussionNewIn) -> Status[dict[str, Any]]:
    """Give the people of an activity a space to talk in."""
    rows = Activity.objects.visible_to(request.access, WORKS)
    activity = get_object_or_404(rows, pk=body.activity)
    made = open_discussion(activity, body.facts(), by=request.actor)
    return Status(201, discussion_out(made, request.actor))


@router.get("/{uuid:pk}", response=DiscussionOut, operation_id="discussion")
@allowed(SEES)
def show(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """A discussion with everything that was said in it."""
    return discussion_out(_discussion(request, pk, SEES), request.actor)


@router.put("/{uuid:pk}", response=DiscussionOut, operation_id="change_discussion")
@allowed(WORKS)
def change(request: Any, pk: uuid.UUID, body: DiscussionChangeIn) -> dict[str, Any]:
    """Say otherwise what is discussed, until when, and how it is moderated."""
    found = _discussion(request, pk, WORKS)
    seen = body.seen_version
    changed = change_discussion(found, body.facts(), seen_version=seen, by=request.actor)
    return discussion_out(changed, request.actor)


@router.delete("/{uuid:pk}", response={204: None}, operation_id="remove_discussion")
@allowed(WORKS)
def remove(request: Any, pk: uuid.UUID) -> Status[None]:
    """Take a discussion away in which nobody has spoken."""
    remove_discussion(_discussion(request, pk, WORKS), by=request.actor)
    return Status(204, None)


@router.post("/{uuid:pk}/letters", response={201: DiscussionOut}, operation_id="tell_discussion")
@allowed(WORKS)
def tell(request: Any, pk: uuid.UUID) -> Status[dict[str, Any]]:
    """Write to everybody with a place, each with a link of their own."""
    found = tell_of_discussion(_discussion(request, pk, WORKS), by=request.actor)
    return Status(201, discussion_out(found, request.actor))


@router.post("/{uuid:pk}/remarks", response={201: ContributionOut}, operation_id="remark")
@allowed(WORKS)
def remark(request: Any, pk: uuid.UUID, body: RemarkIn) -> Status[dict[str, Any]]:
    """Say something as the organiser."""
    found, voice = _discussion(request, pk, WORKS), voice_of_office(request.actor)
    said = Said(body.text, _head(found, body.head), body.question)
    return Status(201, contribution_out(contribute(found, voice, said, by=request.actor)))


@router.post("/{uuid:pk}/contributions", response={201: ContributionOut}, operation_id="contribute")
@allowed(OFFICE)
def say(request: Any, pk: uuid.UUID, body: ContributionIn) -> Status[dict[str, Any]]:
    """Say something for a learner who told it otherwise: at a desk, in another tool."""
    found, place = _spoken(request, pk, body.registration)
    said = Said(body.text, _head(found, body.head), body.question)
    voice = voice_of_place(place)
    return Status(201, contribution_out(contribute(found, voice, said, by=request.actor)))


@router.post("/{uuid:pk}/followers", response={204: None}, operation_id="follow_discussion")
@allowed(OFFICE)
def follow(request: Any, pk: uuid.UUID, body: LearnerIn) -> Status[None]:
    """Let a learner hear what is new, once a day at most."""
    found, place = _spoken(request, pk, body.registration)
    follow_discussion(found, place, by=request.actor)
    return Status(204, None)


@router.delete(
    "/{uuid:pk}/followers/{uuid:registration_pk}",
    response={204: None},
    operation_id="stop_following",
)
@allowed(OFFICE)
def stop(request: Any, pk: uuid.UUID, registration_pk: uuid.UUID) -> Status[None]:
    """Let a learner hear no more of it."""
    found, place = _spoken(request, pk, registration_pk)
    stop_following(found, place, by=request.actor)
    return Status(204, None)


def _discussion(request: Any, pk: uuid.UUID, permission: Permission) -> Discussion:
    rows = Discussion.objects.visible_to(request.access, permission).select_related("activity")
    return get_object_or_404(rows, pk=pk)


def _spoken(request: Any, pk: uuid.UUID, place_pk: uuid.UUID) -> tuple[Discussion, Registration]:
    """A discussion and a learner of its activity, as the office works with learners."""
    places = Registration.objects.visible_to(request.access, OFFICE).with_people()
    place = get_object_or_404(places, pk=place_pk)
    rows = Discussion.objects.of(place.activity).select_related("activity")
    return get_object_or_404(rows, pk=pk), place


def _head(discussion: Discussion, pk: uuid.UUID | None) -> Contribution | None:
    if pk is None:
        return None
    return get_object_or_404(said_where(discussion.activity), pk=pk)
