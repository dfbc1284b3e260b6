"""Contributions over the API: the moderators' queue, and what is done about each."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Status

from symposia.accounts.permissions import Permission
from symposia.api.discussion_out import (
    ContributionChangeIn,
    ContributionOut,
    ContributionReportIn,
    HidingIn,
    LearnerIn,
    PinIn,
    ShowingIn,
    contribution_out,
)
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.learning.actions.contributions import (
    edit_contribution,
    report_contribution,
    withdraw_contribution,
)
from symposia.learning.actions.moderation import (
    hide_contribution,
    keep_contribution,
    pin_contribution,
    show_contribution,
)
from symposia.learning.discussing import Voice, said_where, voice_of_place
from symposia.learning.discussion_lists import CONTRIBUTIONS
from symposia.learning.models import Contribution
from symposia.registrations.models import Registration

router = Router(tags=["discussions"])
list_route(router, CONTRIBUTIONS)
WORKS, OFFICE = Permission.MANAGE_EVALUATIONS, Permission.MANAGE_REGISTRATIONS


@router.put("/{uuid:pk}", response=ContributionOut, operation_id="edit_contribution")
@allowed(OFFICE)
def edit(request: Any, pk: uuid.UUID, body: ContributionChangeIn) -> dict[str, Any]:
    """Change a learner's own words within a short while."""
    found, voice = _of_learner(request, pk, body.registration)
    seen = body.seen_version
    return contribution_out(
        edit_contribution(found, voice, body.text, seen_version=seen, by=request.actor)
    )


@router.post(
    "/{uuid:pk}/withdrawals", response={201: ContributionOut}, operation_id="withdraw_contribution"
)
@allowed(OFFICE)
def withdraw(request: Any, pk: uuid.UUID, body: LearnerIn) -> Status[dict[str, Any]]:
    """Take a learner's own words back."""
    found, voice = _of_learner(request, pk, body.registration)
    return Status(201, contribution_out(withdraw_contribution(found, voice, by=request.actor)))


@router.post("/{uuid:pk}/reports", response={201: ContributionOut}, operation_id="report_words")
@allowed(OFFICE)
def report(request: Any, pk: uuid.UUID, body: ContributionReportIn) -> Status[dict[str, Any]]:
    """Tell a moderator what a learner finds wrong."""
    found, voice = _of_learner(request, pk, body.registration)
    report_contribution(found, voice, body.reason, by=request.actor)
    return Status(201, contribution_out(found))


@router.post(
    "/{uuid:pk}/showings", response={201: ContributionOut}, operation_id="show_contribution"
)
@allowed(WORKS)
def let_show(request: Any, pk: uuid.UUID, body: ShowingIn) -> Status[dict[str, Any]]:
    """Show what waits, or what was hidden."""
    found, seen = _contribution(request, pk), body.seen_version
    kept = show_contribution(found, seen_version=seen, by=request.actor)
    return Status(201, contribution_out(kept))


@router.post(
    "/{uuid:pk}/hidings", response={201: ContributionOut}, operation_id="hide_contribution"
)
@allowed(WORKS)
def hide(request: Any, pk: uuid.UUID, body: HidingIn) -> Status[dict[str, Any]]:
    """Hide something, with a reason that its author reads."""
    found = hide_contribution(_contribution(request, pk), body.reason, by=request.actor)
    return Status(201, contribution_out(found))


@router.post(
    "/{uuid:pk}/clearances", response={201: ContributionOut}, operation_id="keep_contribution"
)
@allowed(WORKS)
def keep(request: Any, pk: uuid.UUID) -> Status[dict[str, Any]]:
    """Let stand what was reported."""
    found = keep_contribution(_contribution(request, pk), by=request.actor)
    return Status(201, contribution_out(found))


@router.post("/{uuid:pk}/pins", response={201: ContributionOut}, operation_id="pin_contribution")
@allowed(WORKS)
def pin(request: Any, pk: uuid.UUID, body: PinIn) -> Status[dict[str, Any]]:
    """Put a thread first, or back into its place."""
    found = pin_contribution(_contribution(request, pk), pinned=body.pinned, by=request.actor)
    return Status(201, contribution_out(found))


def _contribution(request: Any, pk: uuid.UUID) -> Contribution:
    return get_object_or_404(Contribution.objects.visible_to(request.access, WORKS), pk=pk)


def _of_learner(request: Any, pk: uuid.UUID, registration: uuid.UUID) -> tuple[Contribution, Voice]:
    """Something that a learner may come to, and that learner."""
    places = Registration.objects.visible_to(request.access, OFFICE).with_people()
    place = get_object_or_404(places, pk=registration)
    return get_object_or_404(said_where(place.activity), pk=pk), voice_of_place(place)
