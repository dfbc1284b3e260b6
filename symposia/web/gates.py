"""May this role open this page? Every view wears exactly one of these gates."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase

from symposia.accounts.permissions import Access, Permission
from symposia.web.walls import keep_sights, turned_away

View = Callable[..., HttpResponseBase]


def requires(*permissions: Permission, of_all: bool = False) -> Callable[[View], View]:
    """Only members who hold them all, and for the whole organisation where what is done holds for
    all of it; everybody else gets the page that says whom to ask."""

    def gate(view: View) -> View:
        @wraps(view)
        def gated(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            for permission in permissions:
                if not _holds(request.access, permission, of_all):
                    raise PermissionDenied(str(permission))
            if (said := turned_away(request, view, permissions, kwargs)) is not None:
                return said
            response = view(request, *args, **kwargs)
            keep_sights(request, response)
            return response

        gated.permissions = permissions  # type: ignore[attr-defined]
        gated.of_all = of_all  # type: ignore[attr-defined]
        return gated

    return gate


def _holds(access: Access | None, permission: Permission, of_all: bool) -> bool:
    if access is None:
        return False
    return access.everywhere(permission) if of_all else access.holds(permission)


def signed_in(view: View) -> View:
    """Anybody who has signed in, member of an organisation or not: about themselves only."""
    view.for_the_signed_in = True  # type: ignore[attr-defined]
    return view


def open_to_all(reason: str) -> Callable[[View], View]:
    """A page without sign-in; the reason is printed in the permission matrix."""

    def gate(view: View) -> View:
        view.open_because = reason  # type: ignore[attr-defined]
        return login_not_required(view)

    return gate


def own_transaction(view: View) -> View:
    """The view opens `acting_in` itself (streams, personal links, the scan)."""
    view.own_transaction = True  # type: ignore[attr-defined]
    return view


def answers_with_a_secret(page: str, *parts: str) -> Callable[[View], View]:
    """The answer is kept nowhere: whoever sends the same request again is led to this page, whose
    address has these parts of the request's own."""

    def mark(view: View) -> View:
        view.page_instead_of_secret = page, parts  # type: ignore[attr-defined]
        return view

    return mark
