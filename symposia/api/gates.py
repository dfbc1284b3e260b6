"""May this token open this route? The same permissions as the pages ask for."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from ninja.errors import AuthorizationError

from symposia.accounts.permissions import Permission

Route = Callable[..., Any]


def allowed(permission: Permission) -> Callable[[Route], Route]:
    """Only tokens of members who hold the permission."""

    def gate(route: Route) -> Route:
        @wraps(route)
        def gated(request: Any, *args: Any, **kwargs: Any) -> Any:
            if not request.access.holds(permission):
                raise AuthorizationError(message=f"This needs the permission {permission}.")
            return route(request, *args, **kwargs)

        gated.permission = permission  # type: ignore[attr-defined]
        return gated

    return gate
