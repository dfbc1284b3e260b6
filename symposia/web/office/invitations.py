"""Inviting: choose from the directory, see who is skipped and why, then send."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.models import Activity
from symposia.directory.models import Clinician
from symposia.outreach.actions import withdraw_invitation
from symposia.outreach.lists import CANDIDATES, INVITATIONS
from symposia.outreach.models import Invitation
from symposia.outreach.policies import objection_to_inviting
from symposia.outreach.queries import candidates_of, counts_of
from symposia.outreach.selection import sort_out
from symposia.outreach.tasks import send_invitations
from symposia.registrations.queries import seats_of
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404, frame_of
from symposia.web.requests import UserRequest
from symposia.work.background import request_job

FOLDER = "office/invitations"


def listed(request: UserRequest, activity_pk: uuid.UUID) -> dict[str, Any]:
    """Around the list of those invited: the activity, its counts, and whether one may invite."""
    activity = activity_or_404(request, activity_pk)
    return {
        **frame_of(request, activity, INVITATIONS.name),
        "answers": counts_of(activity),
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
    }


@require_POST
@requires(Permission.INVITE)
def review(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Who would get an invitation and who would not; nothing is sent yet."""
    activity = _activity(request, pk)
    answer = sort_out(activity, _chosen(request))
    context = {
        "activity": activity,
        "answer": answer,
        "objection": objection_to_inviting(activity, at=now()),
        "ids": ",".join(str(clinician.pk) for clinician in answer.invited),
        "send_label": _send_label(len(answer.invited)),
        "seats": seats_of(activity),
    }
    return render(request, f"{FOLDER}/review.html", context)


@require_POST
@requires(Permission.INVITE)
def send(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Send them, as a job that one may leave."""
    activity = _activity(request, pk)
    people = _chosen(request)
    href = reverse(INVITATIONS.name, args=[activity.pk])
    objection = objection_to_inviting(activity, at=now())
    if objection or not people:
        messages.error(request, str(objection or _("Nobody is chosen.")))
        return redirect(href)
    request_job(
        send_invitations,
        kind="invitations",
        title=f"{activity.number}: {_send_label(len(people))}",
        by=request.actor,
        href=href,
        activity_id=str(activity.pk),
        clinician_ids=[str(clinician.pk) for clinician in people],
    )
    messages.success(
        request,
        ngettext(
            "%(n)d invitation is being sent.", "%(n)d invitations are being sent.", len(people)
        )
        % {"n": len(people)},
    )
    return redirect(href)


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


def _chosen(request: UserRequest) -> list[Clinician]:
    """The clinicians somebody ticked, or all that fit the filters; never any they may not see."""
    if request.POST.get("scope") == "all":
        given = _filters(request.POST.get("filtered", ""))
        return list(CANDIDATES.rows_for(request.access, given))
    return candidates_of(request.access, _ids(request.POST.getlist("clinician")))


def _ids(texts: Iterable[str]) -> list[uuid.UUID]:
    """Ids as a form sends them, one a box or all in one field; what is none is left out."""
    found = []
    for text in ",".join(texts).split(","):
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found


def _filters(text: str) -> dict[str, list[str]]:
    return dict(QueryDict(text).lists())


def _send_label(count: int) -> str:
    return ngettext("Send %(n)d invitation", "Send %(n)d invitations", count) % {"n": count}
