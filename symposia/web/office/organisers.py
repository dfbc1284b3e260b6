"""Who organises an activity with us, and the council's approval they hold."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.actions.organisers import (
    enter_council_approval,
    name_organiser,
    remove_organiser,
)
from symposia.activities.models import Mode, Organiser
from symposia.activities.organisers import organiser_of
from symposia.activities.organising import NO_JOINT_PROVIDER, objection_to_approval
from symposia.activities.policies import objection_to_amending
from symposia.activities.signed import asked_again_by
from symposia.web.gates import requires
from symposia.web.office.activity_tabs import activity_or_404
from symposia.web.office.asking import Question, ask, do, given, warned_of
from symposia.web.office.type_forms import ApprovalForm, OrganiserForm
from symposia.web.requests import UserRequest


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def edit(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Name a joint provider, or the association that holds the council's approval."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    organiser = organiser_of(activity)
    first = {"part": organiser.part, "name": organiser.name} if organiser else {}
    back = reverse("activity", args=[pk])
    form = OrganiserForm(given(request), initial=first, mode=activity.mode)

    def act(_data: dict[str, Any]) -> str:
        name_organiser(activity, form.facts(), by=request.actor)
        return back

    alone = NO_JOINT_PROVIDER if activity.mode == Mode.PROMOTIONAL else None
    question = Question(
        _("Organised with"),
        activity.title,
        back,
        _("Save"),
        warned_of(asked_again_by(activity, "organiser"))
        or _("Nobody beside us, or one organisation. Another name voids the approval it held."),
        objection_to_amending(activity) or alone,
    )
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(Permission.PLAN_ACTIVITIES)
def approval(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Enter the council's approval number before the activity begins."""
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    organiser = get_object_or_404(Organiser, activity=activity)
    back = reverse("activity", args=[pk])
    first = {"council": organiser.council, "number": organiser.approval_number}
    form = ApprovalForm(given(request), initial=first)

    def act(_data: dict[str, Any]) -> str:
        enter_council_approval(organiser, form.approval(), by=request.actor)
        return back

    question = Question(
        _("Approval of a medical council"),
        activity.title,
        back,
        _("Save"),
        warned_of(asked_again_by(activity, "organiser"))
        or _("Without the number, entered before it begins, the meeting gives no credit."),
        objection_to_approval(activity, organiser, at=now()),
    )
    return ask(request, form, question, act)


@require_POST
@requires(Permission.PLAN_ACTIVITIES)
def remove(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    activity = activity_or_404(request, pk, Permission.PLAN_ACTIVITIES)
    organiser = get_object_or_404(Organiser, activity=activity)
    back = reverse("activity", args=[pk])
    return do(request, lambda: remove_organiser(organiser, by=request.actor), back)
