"""Inviting: choose from the directory, then a campaign says who is skipped and sends."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.directory.models import Clinician, Segment
from symposia.outreach.actions import withdraw_invitation
from symposia.outreach.actions.campaigns import make_campaign
from symposia.outreach.audience import segments_for
from symposia.outreach.lists import INVITATIONS
from symposia.outreach.models import Invitation
from symposia.outreach.policies import objection_to_inviting
from symposia.outreach.queries import candidates_of, counts_of, latest_campaigns
from symposia.shared.refusals import Refused
from symposia.web.field.given import ids_of
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.requests import UserRequest


def listed(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the list of those invited: the activity, its counts, and whether one may invite."""
    activity = activity_or_404(request, activity_pk)
    return {
        **frame_of(request, activity, INVITATIONS.name),
        "answers": counts_of(activity),
        "campaigns": latest_campaigns(request.access, activity),
        "objection": objection_to_inviting(activity, at=now()),
        "may_invite": request.access.holds(Permission.INVITE),
    }


def choosing(request: UserRequest, pk: uuid.UUID) -> dict[str, Any]:
    """Around the directory with a box beside each clinician."""
    activity = _activity(request, pk)
    return {
        "activity": activity,
        "objection": objection_to_inviting(activity, at=now()),
        "filtered": request.GET.urlencode(),
        "segments": segments_for(request.access),
    }


@require_POST
@requires(Permission.INVITE)
def review(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Begin a campaign for those chosen; its page says who is skipped, and nothing is sent yet."""
    activity = _activity(request, pk)
    try:
        campaign = make_campaign(activity, by=request.actor, **_whom(request))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("activity_invite", pk)
    return redirect("campaign", campaign.pk)


@require_POST
@requires(Permission.INVITE)
def withdraw(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Take one invitation back."""
    invitations = Invitation.objects.visible_to(request.access, Permission.INVITE)
    invitation = get_object_or_404(invitations, pk=pk)
    reason = request.POST.get("reason", "").strip()[:500]
    try:
        withdraw_invitation(invitation, by=request.actor, reason=reason)
        messages.success(request, _("The invitation is withdrawn."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(INVITATIONS.name, invitation.activity_id)


def _activity(request: UserRequest, pk: uuid.UUID) -> Activity:
    return activity_or_404(request, pk, Permission.INVITE)


def _whom(request: UserRequest) -> dict[str, Any]:
    """The audience somebody chose: a segment, all who fit the filter (everybody where there is
    none), or who is ticked."""
    scope = request.POST.get("scope")
    if scope == "segment":
        rows = Segment.objects.visible_to(request.access)
        chosen = next(iter(ids_of(request.POST.getlist("segment"))), None)
        return {"segment": get_object_or_404(rows, pk=chosen)} if chosen else {}
    if scope == "all":
        return {"fitting": request.POST.get("filtered", ""), "everybody": True}
    return {"people": _chosen(request)}


def _chosen(request: UserRequest) -> list[Clinician]:
    """The clinicians somebody ticked; never any they may not see."""
    return candidates_of(request.access, ids_of(request.POST.getlist("clinician")))
