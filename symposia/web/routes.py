"""Every route with the gate it wears: for the matrix in the documents and for tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from inspect import getclosurevars
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from symposia.accounts.permissions import Permission
from symposia.accounts.role_templates import ROLE_TEMPLATES

# Pages of the sign-in library wear its own gates; these are open before sign-in.
_LIBRARY = ("allauth.", "django.views.")


class Ungated(Exception):
    """A route has no gate: the product must not answer it."""


@dataclass(frozen=True)
class Route:
    """One address, whose view answers, and who may ask."""

    path: str
    name: str
    gate: str
    view: Any

    @property
    def permissions(self) -> frozenset[Permission]:
        """What one must hold, all of it; nothing where the gate asks for something else."""
        known = set(Permission)
        return frozenset(Permission(p) for p in self.gate.split(" + ") if p in known)

    @property
    def is_open(self) -> bool:
        return self.gate.startswith("open: ")


def routes(urlconf: str | None = None) -> list[Route]:
    """All routes, by address. Raises Ungated for a route that declares nothing."""
    found = {
        (r.path, "" if " " in r.path else r.name): r
        for r in _walk(get_resolver(urlconf).url_patterns, "")
    }
    return [found[key] for key in sorted(found)]


def _walk(patterns: Any, prefix: str) -> Iterator[Route]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern):
            yield from _of(pattern, path)


def _of(pattern: URLPattern, path: str) -> Iterator[Route]:
    view: Any = pattern.callback
    operations = _operations(view)
    name = pattern.name or ""
    if operations:
        for operation in operations:
            yield Route(f"{'|'.join(operation.methods)} {path}", name, _api_gate(operation), view)
        return
    yield Route(path, name, _gate(view, path), view)


def _operations(view: Any) -> list[Any]:
    """The operations of an API path: its view is a function made inside the path's object."""
    if isinstance(view, partial) or not view.__module__.startswith("ninja."):
        return []
    return list(getclosurevars(view).nonlocals["self"].operations)


def _gate(view: Any, path: str) -> str:  # noqa: PLR0911  # one answer per kind of gate
    if isinstance(view, partial):  # the API library's own pages are partials over the API
        return "open: description of the API, no data"
    if permissions := getattr(view, "permissions", None):
        return " + ".join(permissions)
    if getattr(view, "for_the_signed_in", False):
        return "signed in"
    if reason := getattr(view, "open_because", None):
        return f"open: {reason}"
    if view.__module__.startswith(_LIBRARY):
        if getattr(view, "login_required", True) is False:
            return "open: sign-in library, before anybody is known"
        return "signed in"
    raise Ungated(f"{path}: {view!r}")


def _api_gate(operation: Any) -> str:
    if permission := getattr(operation.view_func, "permission", None):
        return str(permission)
    raise Ungated(f"{operation.path}: {operation.view_func.__name__}")


def roles_with(permissions: frozenset[Permission]) -> list[str]:
    """The shipped roles that hold all of some permissions."""
    return [t.code for t in ROLE_TEMPLATES if permissions and permissions <= t.permissions]
