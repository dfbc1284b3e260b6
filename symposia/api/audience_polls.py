"""Polls of an audience: what a session asks the room, and what was answered."""

import uuid
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status
from pydantic import StringConstraints

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity, Session
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.learning.actions.audience_polls import (
    close_poll,
    open_poll,
    prepare_poll,
    remove_poll,
    show_results,
)
from symposia.learning.audience_lists import AUDIENCE_POLLS, POLL_ANSWERS
from symposia.learning.audience_polls import poll_read
from symposia.learning.audience_rules import (
    LARGEST_SCALE,
    LONGEST_OPTION,
    MOST_OPTIONS,
    SMALLEST_SCALE,
    PollFacts,
)
from symposia.learning.models import AudiencePoll, PollKind

router = Router(tags=["audience"])
list_route(router, AUDIENCE_POLLS)
list_route(router, POLL_ANSWERS, "/answers")
_VIEW, _MANAGE = Permission.VIEW_EVALUATIONS, Permission.MANAGE_EVALUATIONS
Option = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_OPTION)]


class NewPoll(Schema):
    """What a session will ask; of a scale the options are the words of its ends, or none."""

    activity: uuid.UUID
    session: uuid.UUID
    question: str = Field(min_length=1, max_length=200)
    kind: PollKind = PollKind.SINGLE
    options: list[Option] = Field(default_factory=list, max_length=MOST_OPTIONS)
    highest: int | None = Field(None, ge=SMALLEST_SCALE, le=LARGEST_SCALE)


class PollShowingIn(Schema):
    """Whether the room sees the results."""

    is_shown: bool


class AudienceResultOut(Schema):
    """How many chose an answer."""

    answer: str
    people: int
    percent: int


class PollOut(Schema):
    """A poll with its results."""

    id: uuid.UUID
    activity: uuid.UUID
    session: uuid.UUID
    question: str
    kind: str
    state: str
    is_shown: bool
    people: int
    mean: float | None
    results: list[AudienceResultOut]


@router.post("", response={201: PollOut}, operation_id="prepare_poll")
@allowed(Permission.MANAGE_EVALUATIONS)
def prepare(request: Any, body: NewPoll) -> Status[Any]:
    """Prepare what a session will ask."""
    session = session_asked(request, body.activity, body.session)
    facts = PollFacts(body.kind, body.question, body.options, body.highest)
    return Status(201, _poll_out(prepare_poll(session, facts, by=request.actor)))


@router.get("/{pk}", response=PollOut, operation_id="audience_poll")
@allowed(Permission.VIEW_EVALUATIONS)
def poll(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """One poll with its results."""
    return _poll_out(_poll(request, pk, _VIEW))


@router.post("/{pk}/opening", response=PollOut, operation_id="open_poll")
@allowed(Permission.MANAGE_EVALUATIONS)
def launch(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Ask it now."""
    found = _poll(request, pk, _MANAGE)
    open_poll(found, by=request.actor)
    return _poll_again(found)


@router.post("/{pk}/closing", response=PollOut, operation_id="close_poll")
@allowed(Permission.MANAGE_EVALUATIONS)
def close(request: Any, pk: uuid.UUID) -> dict[str, Any]:
    """Take no more answers."""
    found = _poll(request, pk, _MANAGE)
    close_poll(found, by=request.actor)
    return _poll_again(found)


@router.post("/{pk}/results", response=PollOut, operation_id="show_poll_results")
@allowed(Permission.MANAGE_EVALUATIONS)
def results(request: Any, pk: uuid.UUID, body: PollShowingIn) -> dict[str, Any]:
    """Let the room see the results, or take them from it."""
    found = _poll(request, pk, _MANAGE)
    show_results(found, is_shown=body.is_shown, by=request.actor)
    return _poll_again(found)


@router.delete("/{pk}", response={204: None}, operation_id="remove_poll")
@allowed(Permission.MANAGE_EVALUATIONS)
def remove(request: Any, pk: uuid.UUID) -> Status[None]:
    """Take away a poll that was never asked."""
    remove_poll(_poll(request, pk, _MANAGE), by=request.actor)
    return Status(204, None)


def session_asked(request: Any, activity_pk: uuid.UUID, session_pk: uuid.UUID) -> Session:
    """A session of an activity that whoever asks manages."""
    activity = get_object_or_404(
        Activity.objects.visible_to(request.access, _MANAGE), pk=activity_pk
    )
    rows = Session.objects.of(activity).select_related("activity")
    return get_object_or_404(rows, pk=session_pk)


def _poll(request: Any, pk: uuid.UUID, permission: Permission) -> AudiencePoll:
    return get_object_or_404(AudiencePoll.objects.visible_to(request.access, permission), pk=pk)


def _poll_again(found: AudiencePoll) -> dict[str, Any]:
    found.refresh_from_db()
    return _poll_out(found)


def _poll_out(found: AudiencePoll) -> dict[str, Any]:
    read = poll_read(found)
    return {
        "id": found.pk,
        "activity": found.activity_id,
        "session": found.session_id,
        "question": found.question,
        "kind": found.kind,
        "state": found.state,
        "is_shown": found.is_shown,
        "people": read.people,
        "mean": read.mean,
        "results": [
            {"answer": each.label, "people": each.people, "percent": each.percent}
            for each in read.results
        ],
    }
