"""What a whole series has: its plan, and the people in control of the content of its sessions."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.activities.actions.series_plans import place_series_in_plan
from symposia.activities.actions.series_team import join_series_team, leave_series_team
from symposia.activities.models import SeriesTeamMember
from symposia.curriculum.models import Plan
from symposia.web.gates import requires
from symposia.web.office.activity_disclosures import TeamForm, person_meant
from symposia.web.office.asking import Question, ask, do, given
from symposia.web.office.plan_forms import ChoosePlanForm
from symposia.web.office.series import PLAN, series_or_404
from symposia.web.requests import UserRequest


@require_http_methods(["GET", "POST"])
@requires(PLAN, Permission.VIEW_CURRICULUM)
def plan(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Say which plan a series belongs to."""
    series = series_or_404(request, pk)
    first = {"plan": str(series.plan_id or "")}
    form = ChoosePlanForm(given(request), initial=first, access=request.access)
    back = reverse("series", args=[pk])

    def act(data: dict[str, Any]) -> str:
        plans = Plan.objects.visible_to(request.access)
        chosen = get_object_or_404(plans, pk=data["plan"]) if data["plan"] else None
        place_series_in_plan(series, chosen, by=request.actor)
        return back

    note = _("Sessions in planning follow, except those that somebody put into another plan.")
    question = Question(_("Plan of the series"), str(series), back, _("Save the plan"), note)
    return ask(request, form, question, act)


@require_http_methods(["GET", "POST"])
@requires(PLAN, Permission.VIEW_PEOPLE_OF_ACTIVITY)
def join(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Give somebody a content role in the whole series."""
    series = series_or_404(request, pk)
    back = reverse("series", args=[pk])

    def act(data: dict[str, Any]) -> str:
        person = person_meant(request, data["person"])
        join_series_team(series, person, role=data["role"], by=request.actor)
        return back

    note = _("In every session that is still planned, and in those to come.")
    question = Question(_("Add to the team of the series"), str(series), back, _("Save"), note)
    return ask(request, TeamForm(given(request)), question, act)


@require_POST
@requires(PLAN, Permission.VIEW_PEOPLE_OF_ACTIVITY)
def leave(request: UserRequest, pk: uuid.UUID, member_pk: uuid.UUID) -> HttpResponse:
    """Take somebody off the team; sessions that were submitted keep theirs."""
    series = series_or_404(request, pk)
    rows = SeriesTeamMember.objects.visible_to(request.access).select_related("contributor")
    member = get_object_or_404(rows, series=series, pk=member_pk)
    back = reverse("series", args=[pk])
    return do(request, lambda: leave_series_team(member, by=request.actor), back)
