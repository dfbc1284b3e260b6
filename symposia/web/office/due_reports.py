"""What is owed to bodies: one report, who sees to it, why it is set aside."""

import uuid
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from symposia.accounts.permissions import Permission
from symposia.reporting.actions.dues import reopen_report, take_report, waive_report
from symposia.reporting.bodies import declared
from symposia.reporting.due_lists import DUE_TONES
from symposia.reporting.due_rules import rule_of
from symposia.reporting.models import DueReport, DueState
from symposia.web.gates import requires
from symposia.web.office.asking import WhyForm, do
from symposia.web.requests import UserRequest
from symposia.web.walls import shown

_VIEW, _DO = Permission.VIEW_CREDITS, Permission.AWARD_CREDITS


@require_GET
@requires(_VIEW)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """What is owed, by which rule, and how it is done."""
    return _page(request, _due(request, pk))


@require_POST
@requires(_DO)
def waive(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Set it aside, with the reason."""
    due, form = _due(request, pk, _DO), WhyForm(request.POST)
    if not form.is_valid():
        return _page(request, due, why_form=form, status=422)
    act = partial(waive_report, due, reason=form.cleaned_data["reason"], by=request.actor)
    return do(request, act, reverse("due_report", args=[pk]), _("Set aside."))


@require_POST
@requires(_DO)
def reopen(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Owe it again."""
    act = partial(reopen_report, _due(request, pk, _DO), by=request.actor)
    return do(request, act, reverse("due_report", args=[pk]), _("It is owed again."))


@require_POST
@requires(_DO)
def take(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """See to it oneself."""
    act = partial(take_report, _due(request, pk, _DO), request.user, by=request.actor)
    return do(request, act, reverse("due_report", args=[pk]), _("You see to it now."))


def _page(
    request: UserRequest, due: DueReport, *, why_form: WhyForm | None = None, **more: Any
) -> HttpResponse:
    context = {
        "due": due,
        "activity": due.activity,
        "tone": DUE_TONES[due.state],
        "rule": rule_of(due.kind, due.activity.wall_ends.date()),
        "is_waived": due.state == DueState.WAIVED,
        "may_act": request.access.holds(_DO),
        "is_mine": due.owner_id == request.user.pk,
        "begin_href": _begin(due) if request.access.everywhere(_DO) else "",
        "why_form": why_form or WhyForm(),
    }
    return render(request, "office/reports/due.html", context, **more)


def _begin(due: DueReport) -> str:
    """Where the file is begun that tells of it."""
    asked = {"kind": due.kind, "year": str(due.activity.wall_ends.year)}
    if declared(due.kind).of_one:
        asked["activity"] = due.activity.number
    return f"{reverse('submission_new')}?{urlencode(asked)}"


def _due(request: UserRequest, pk: uuid.UUID, permission: Permission = _VIEW) -> DueReport:
    rows = DueReport.objects.visible_to(request.access, permission)
    found = get_object_or_404(rows.select_related("activity", "owner"), pk=pk)
    shown(request, found.activity, permission)
    return found
