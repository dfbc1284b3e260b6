"""Routes of approval: their versions, the editor, and a test run on what was submitted before."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from symposia.accounts.permissions import Permission
from symposia.accounts.queries import role_names
from symposia.approvals.actions import propose_ending, propose_route
from symposia.approvals.conditions import as_text
from symposia.approvals.models import Route
from symposia.approvals.queries import fact_paths, routes_in_force, tried_on_samples, versions_of
from symposia.audit.queries import entries_about
from symposia.shared.refusals import Refused
from symposia.web.gates import requires
from symposia.web.office.approval_route_forms import RouteEditor
from symposia.web.office.asking import do
from symposia.web.office.record_history import history_of
from symposia.web.requests import UserRequest

FOLDER = "office/approvals"


def listed(request: UserRequest) -> dict[str, Any]:
    """What one may do beside the list."""
    return {"may_manage": request.access.everywhere(Permission.MANAGE_RULES)}


@require_GET
@requires(Permission.VIEW_APPROVALS)
def show(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """One version with its steps, what it would ask of earlier subjects, and other versions."""
    route = _route(request, pk)
    context = {
        "route": route,
        "taken_if": as_text(route.taken_if),
        "approves_itself_if": as_text(route.approves_itself_if),
        "steps": [(step, as_text(step.only_if)) for step in route.route_steps],
        "samples": tried_on_samples(route, request.access),
        "versions": versions_of(route),
        "others": [each for each in routes_in_force(route.applies_to) if each.pk != route.pk],
        "role_names": role_names(),
        "entries": history_of(entries_about(route.pk)[:50]),
        "may_manage": request.access.everywhere(Permission.MANAGE_RULES) and not route.ended_at,
    }
    return render(request, f"{FOLDER}/route.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_RULES, of_all=True)
def new(request: UserRequest) -> HttpResponse:
    """A route of its own, for a kind of subject or for some of them."""
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@requires(Permission.MANAGE_RULES, of_all=True)
def edit(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """The next version of a route."""
    return _edit(request, _route(request, pk))


def _edit(request: UserRequest, route: Route | None) -> HttpResponse:
    """The form; tried on earlier subjects first, or proposed."""
    editor = RouteEditor(request.POST if request.method == "POST" else None, route)
    samples: list[Any] = []
    if request.method == "POST" and editor.is_valid():
        try:
            facts = editor.facts()
            if "publish" in request.POST:
                made = propose_route(facts, by=request.actor)
                messages.success(request, _("It waits for a second person, who reads and agrees."))
                return redirect("route_proposal", made.pk)
            samples = tried_on_samples(Route(**facts.values()), request.access)
        except Refused as refused:
            editor.head.add_error(None, str(refused))
    context = {
        "editor": editor,
        "route": route,
        "samples": samples,
        "tried": "try" in request.POST,
        "paths": fact_paths(editor.applies_to),
        "back": reverse("approval_route", args=[route.pk]) if route else reverse("approval_routes"),
    }
    status = 422 if request.method == "POST" and editor.has_errors else 200
    return render(request, f"{FOLDER}/route_form.html", context, status=status)


@require_POST
@requires(Permission.MANAGE_RULES, of_all=True)
def end(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask that a special route ends; a second person agrees."""
    route, back = _route(request, pk), reverse("route_proposals")
    done = _("It waits for a second person, who reads and agrees.")
    return do(request, lambda: propose_ending(route, by=request.actor), back, done)


def _route(request: UserRequest, pk: uuid.UUID) -> Route:
    return get_object_or_404(Route.objects.visible_to(request.access), pk=pk)
