"""Teams of series, and the plan that a series belongs to."""

import uuid
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from symposia.accounts.permissions import Permission
from symposia.activities.actions.series_plans import place_series_in_plan
from symposia.activities.actions.series_team import join_series_team, leave_series_team
from symposia.activities.models import Contributor, Series, SeriesTeamMember, TeamRole
from symposia.activities.series_lists import SERIES_TEAM
from symposia.api.gates import allowed
from symposia.api.lists import list_route
from symposia.curriculum.models import Plan

PLANS = Permission.PLAN_ACTIVITIES
router = Router(tags=["series"])
list_route(router, SERIES_TEAM)


class JoiningSeries(Schema):
    """Who joins the team of a series, in which content role."""

    series: uuid.UUID
    contributor: uuid.UUID
    role: TeamRole


class SeriesMemberOut(Schema):
    """A content role in every session of a series."""

    id: uuid.UUID
    series: uuid.UUID
    contributor: uuid.UUID
    role: str


class SeriesPlan(Schema):
    """The plan a series belongs to, or none."""

    plan: uuid.UUID | None


@router.post("", response={201: SeriesMemberOut}, operation_id="join_series_team")
@allowed(PLANS)
def join(request: Any, body: JoiningSeries) -> dict[str, Any]:
    """Give somebody a content role in a whole series."""
    series = get_object_or_404(Series.objects.visible_to(request.access, PLANS), pk=body.series)
    person = get_object_or_404(Contributor.objects.visible_to(request.access), pk=body.contributor)
    made = join_series_team(series, person, role=body.role, by=request.actor)
    ids = {"id": made.pk, "series": made.series_id, "contributor": made.contributor_id}
    return ids | {"role": made.role}


@router.delete("/{uuid:pk}", response={204: None}, operation_id="leave_series_team")
@allowed(PLANS)
def leave(request: Any, pk: uuid.UUID) -> Status[None]:
    """Take a content role in a series from a person."""
    series = Series.objects.visible_to(request.access, PLANS)
    rows = SeriesTeamMember.objects.visible_to(request.access).filter(series__in=series)
    member = get_object_or_404(rows.select_related("contributor"), pk=pk)
    leave_series_team(member, by=request.actor)
    return Status(204, None)


@router.put("/plans/{uuid:pk}", response=SeriesPlan, operation_id="place_series_in_plan")
@allowed(PLANS)
def plan(request: Any, pk: uuid.UUID, body: SeriesPlan) -> dict[str, Any]:
    """Let a series and its planned sessions belong to a plan."""
    series = get_object_or_404(Series.objects.visible_to(request.access, PLANS), pk=pk)
    plans = Plan.objects.visible_to(request.access)
    chosen = get_object_or_404(plans, pk=body.plan) if body.plan else None
    return {"plan": place_series_in_plan(series, chosen, by=request.actor).plan_id}
