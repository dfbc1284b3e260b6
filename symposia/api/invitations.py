"""Invitations: list, ask clinicians to come, withdraw."""

import uuid
from typing import Any, Literal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from pydantic import Field

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.api.gates import allowed, tells_a_secret
from symposia.api.lists import list_route
from symposia.directory.models import Clinician
from symposia.outreach.actions import invite_clinicians, withdraw_invitation
from symposia.outreach.actions.handing import hand_over_invitation
from symposia.outreach.lists import INVITATIONS
from symposia.outreach.models import Invitation
from symposia.outreach.queries import candidates_of
from symposia.outreach.selection import Sorted

router = Router(tags=["invitations"])
list_route(router, INVITATIONS)
# Longer lists are invited from the page, by a job.
MOST = 200


class NewInvitations(Schema):
    """Whom to ask to which activity."""

    activity: uuid.UUID
    clinicians: list[uuid.UUID] = Field(min_length=1, max_length=MOST)


class SkippedOut(Schema):
    """Who gets no invitation, and why."""

    clinician: uuid.UUID
    code: str
    reason: str


class InvitedOut(Schema):
    """What became of a list of clinicians."""

    invited: list[uuid.UUID]
    skipped: list[SkippedOut]


class Withdrawal(Schema):
    """Why an invitation is taken back."""

    reason: str = Field("", max_length=500)


class InvitationOut(Schema):
    """An invitation and its answer."""

    id: uuid.UUID
    activity: uuid.UUID
    clinician: uuid.UUID
    state: str


@router.post("", response={201: InvitedOut}, operation_id="invite_clinicians")
@allowed(Permission.INVITE)
def invite(request: Any, body: NewInvitations) -> Status[dict[str, Any]]:
    """Invite clinicians by e-mail; whoever cannot be invited is named with the reason."""
    activities = Activity.objects.visible_to(request.access, Permission.INVITE)
    activity = get_object_or_404(activities, pk=body.activity)
    people = candidates_of(request.access, body.clinicians)
    return Status(201, _out(invite_clinicians(activity, people, by=request.actor)))


class HandoverIn(Schema):
    """Whose invitation somebody passes on from the own phone, and how."""

    activity: uuid.UUID
    clinician: uuid.UUID
    channel: Literal["chat", "sms"]


class HandoverOut(Schema):
    """The approved text with the personal link, and the address that opens it on a phone."""

    invitation: uuid.UUID
    text: str
    href: str


@router.post("/handovers", response={201: HandoverOut}, operation_id="hand_over_invitation")
@allowed(Permission.INVITE)
def hand_over(request: Any, body: HandoverIn, response: HttpResponse) -> Status[dict[str, Any]]:
    """Take an invitation into one's own hands; nothing is sent from here."""
    tells_a_secret(response, "/api/v1/invitations")
    activities = Activity.objects.visible_to(request.access, Permission.INVITE)
    activity = get_object_or_404(activities, pk=body.activity)
    people = Clinician.objects.within(request.access, Permission.INVITE)
    clinician = get_object_or_404(people, pk=body.clinician)
    handed = hand_over_invitation(activity, clinician, body.channel, by=request.actor)
    return Status(
        201,
        {"invitation": handed.invitation.pk, "text": handed.text, "href": handed.href},
    )


@router.post("/{pk}/withdrawal", response=InvitationOut, operation_id="withdraw_invitation")
@allowed(Permission.INVITE)
def withdraw(request: Any, pk: uuid.UUID, body: Withdrawal) -> dict[str, Any]:
    """Take an invitation back; its link no longer takes answers."""
    invitations = Invitation.objects.visible_to(request.access, Permission.INVITE)
    found = get_object_or_404(invitations, pk=pk)
    gone = withdraw_invitation(found, by=request.actor, reason=body.reason)
    return {
        "id": gone.pk,
        "activity": gone.activity_id,
        "clinician": gone.clinician_id,
        "state": gone.state,
    }


def _out(answer: Sorted) -> dict[str, Any]:
    return {
        "invited": [clinician.pk for clinician in answer.invited],
        "skipped": [
            {
                "clinician": skipped.clinician.pk,
                "code": skipped.objection.code,
                "reason": str(skipped.objection),
            }
            for skipped in answer.skipped
        ],
    }
