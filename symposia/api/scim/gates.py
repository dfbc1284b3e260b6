"""May this key ask? And what it asked for, and what came of it, is kept for the organisation."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.decorators import decorate_view

from symposia.accounts.actions.synced import note_sync_step
from symposia.accounts.permissions import Permission
from symposia.accounts.synced import Term
from symposia.api.scim.answers import (
    Answer,
    ScimError,
    absent,
    as_json,
    error_answer,
    error_of,
)
from symposia.shared.actors import Actor
from symposia.shared.refusals import Refused

Route = Callable[..., Any]
Row = TypeVar("Row", bound=Model)
PERMISSION = Permission.SYNC_DIRECTORY


def synced(route: Route) -> Route:
    """Only keys of whoever may keep the connection with the organisation's directory."""
    route.permission = PERMISSION  # type: ignore[attr-defined]
    return decorate_view(_gated)(route)


def _gated(run: Route) -> Route:
    @wraps(run)
    def gated(request: Any, *args: Any, **kwargs: Any) -> Any:
        # Without any access the operation itself answers that nobody is signed in.
        if request.access is not None and not request.access.everywhere(PERMISSION):
            needed = _("This needs a key with the permission %(name)s.") % {"name": PERMISSION}
            return error_answer(ScimError(403, needed))
        return run(request, *args, **kwargs)

    return gated


def written(kind: str) -> Callable[[Route], Route]:
    """A route that changes something: whole or not at all, and noted either way."""

    def gate(route: Route) -> Route:
        @wraps(route)
        def run(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                with transaction.atomic():
                    answer: Answer = route(request, *args, **kwargs)
            except (Refused, ScimError) as no:
                error = error_of(no)
                _note(request, kind, Answer(error.status, notes=[error.detail]))
                return error_answer(error)
            _note(request, kind, answer)
            return as_json(request, answer)

        return run

    return gate


def found_or_absent(kind: str, rows: Callable[[list[Term]], QuerySet[Row]], pk: str) -> Row:
    """One resource by its id, as the directory may know it; what is no id is nobody's."""
    try:
        found = rows([("id", str(uuid.UUID(pk)))]).first()
    except ValueError:
        found = None
    if found is None:
        raise absent(kind)
    return found


def sync_actor(request: Any) -> Actor:
    """Who acts: the directory, by the key of the person who keeps the connection."""
    return Actor("token", request.actor.id, "Directory sync", str(request.user))


def _note(request: HttpRequest, kind: str, answer: Answer) -> None:
    note_sync_step(
        kind,
        str(request.method),
        of=answer.about or request.path.rpartition("/")[2],
        status=answer.status,
        note=" ".join(answer.notes),
        by=sync_actor(request),
    )
