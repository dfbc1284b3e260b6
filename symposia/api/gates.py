"""May this token open this route? The same permissions as the pages ask for."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from ninja.decorators import decorate_view

from symposia.accounts.permissions import Permission
from symposia.api.problems import problem

Route = Callable[..., Any]


def allowed(permission: Permission) -> Callable[[Route], Route]:
    """Only tokens of members who hold the permission; asked before anything sent is read."""

    def gate(route: Route) -> Route:
        route.permission = permission  # type: ignore[attr-defined]
        return decorate_view(partial(_gated, permission))(route)

    return gate


def _gated(permission: Permission, run: Route) -> Route:
    @wraps(run)
    def gated(request: Any, *args: Any, **kwargs: Any) -> Any:
        # Without any access the operation itself answers that nobody is signed in.
        if request.access is not None and not request.access.holds(permission):
            return problem(403, "Not allowed", f"This needs the permission {permission}.")
        return run(request, *args, **kwargs)

    return gated
