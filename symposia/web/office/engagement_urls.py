"""Addresses of what follows activities: follow-ups, materials, adverse events."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_GET

from symposia.accounts.permissions import Permission
from symposia.engagement.lists import FOLLOW_UPS, MATERIALS
from symposia.engagement.safety_lists import ADVERSE_EVENTS
from symposia.engagement.team_lists import OPENS, TEAM, WAITING
from symposia.web.gates import requires
from symposia.web.lists import list_urls
from symposia.web.office import adverse_events, engagement, materials
from symposia.web.requests import UserRequest


def beside_follow_ups(request: UserRequest) -> dict[str, Any]:
    """Beside the list: what may be given, and what was told of harm."""
    return {
        "may_see_materials": request.access.holds(Permission.VIEW_CURRICULUM),
        "may_see_events": request.access.holds(Permission.VIEW_EVALUATIONS),
    }


@require_GET
@requires(Permission.INVITE)
def territory_follow_ups(_request: UserRequest, pk: uuid.UUID, which: str) -> HttpResponse:
    """The rows behind a count of the team."""
    if which == WAITING:
        return redirect(f"{reverse('field_unanswered')}?territory={pk}")
    if which not in OPENS:
        raise Http404
    return redirect(f"{reverse('follow_ups')}?territory={pk}&{OPENS[which]}")


urlpatterns: list[URLPattern] = [
    *list_urls(
        "follow-ups/",
        FOLLOW_UPS,
        template="office/engagement/follow_ups.html",
        extra=beside_follow_ups,
    ),
    *list_urls("field/team/", TEAM),
    path("clinicians/<uuid:pk>/engagement/", engagement.timeline, name="clinician_engagement"),
    path(
        "territories/<uuid:pk>/follow-ups/<slug:which>/",
        territory_follow_ups,
        name="territory_follow_ups",
    ),
    *list_urls(
        "materials/",
        MATERIALS,
        template="office/engagement/materials.html",
        extra=materials.listed,
    ),
    path("materials/new/", materials.new, name="material_new"),
    path("materials/<uuid:pk>/", materials.material, name="material"),
    path("materials/<uuid:pk>/approval/", materials.approve, name="material_approval"),
    path("materials/<uuid:pk>/withdrawal/", materials.withdraw, name="material_withdrawal"),
    *list_urls(
        "adverse-events/",
        ADVERSE_EVENTS,
        template="office/engagement/adverse_events.html",
        extra=adverse_events.listed,
    ),
    path("adverse-events/<uuid:pk>/", adverse_events.event, name="adverse_event"),
    path("organisation/drug-safety/", adverse_events.mailbox, name="safety_mailbox"),
]
