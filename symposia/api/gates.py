"""May this token open this route? The same permissions as the pages ask for."""

from collections.abc import Callable, Mapping
from functools import partial, wraps
from typing import Any

from django.http import HttpResponse
from ninja.decorators import decorate_view

from symposia.accounts.permissions import Access, Permission
from symposia.activities.actions.wall import note_meeting
from symposia.activities.encounters import Met, ids_in, met_by, subject_shown
from symposia.api.problems import problem

Route = Callable[..., Any]


def allowed(permission: Permission, *, of_all: bool = False) -> Callable[[Route], Route]:
    """Only tokens of members who hold the permission, and for the whole organisation where what is
    done holds for all of it; asked before anything sent is read."""

    def gate(route: Route) -> Route:
        route.permission = permission  # type: ignore[attr-defined]
        return decorate_view(partial(_gated, permission, of_all, route.__module__))(route)

    return gate


def tells_a_secret(response: HttpResponse, where: str) -> None:
    """The answer is kept nowhere: whoever sends the same request again is led there instead."""
    response["Cache-Control"] = "no-store"
    response["Location"] = where


def _gated(permission: Permission, of_all: bool, module: str, run: Route) -> Route:
    @wraps(run)
    def gated(request: Any, *args: Any, **kwargs: Any) -> Any:
        # Without any access the operation itself answers that nobody is signed in.
        if request.access is not None and not _holds(request.access, permission, of_all):
            return problem(403, "Not allowed", f"This needs the permission {permission}.")
        if request.access is not None and (met := _met(request, permission, module, kwargs)):
            return problem(403, "Behind the wall", str(met.objection))
        return run(request, *args, **kwargs)

    return gated


def _holds(access: Access, permission: Permission, of_all: bool) -> bool:
    return access.everywhere(permission) if of_all else access.holds(permission)


def _met(request: Any, permission: Permission, module: str, given: Mapping[str, Any]) -> Met | None:
    """What the wall keeps from whoever asks, and the line of the journal that says so."""
    met = met_by(request.access, [permission], ids_in(given), subject_shown(module))
    if met:
        note_meeting(met, page=request.resolver_match.route[:80], by=request.actor)
    return met
